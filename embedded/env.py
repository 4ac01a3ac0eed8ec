"""Reads settings from the environment and says plainly which one is missing or wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import environ
from django.core.exceptions import ImproperlyConfigured

ROOT: Final = Path(__file__).resolve().parent.parent
MODES: Final = ("production", "demonstration", "development", "test")
DEFAULT_SECRET: Final = "only-for-a-private-machine-never-for-production"  # noqa: S105

env = environ.Env()


def mode() -> str:
    """One of MODES; unset means development, so that production is always asked for by name."""
    value = env.str("EMBEDDED_MODE", "development")
    if value not in MODES:
        raise ImproperlyConfigured(f"Set EMBEDDED_MODE to one of {', '.join(MODES)}; it is {value!r}.")
    return value


def secret(name: str, production: bool) -> str:
    """A secret by name. Production refuses to start without it or with the one that ships in the code."""
    value = env.str(name, "")
    if production and (len(value) < 32 or value == DEFAULT_SECRET):
        raise ImproperlyConfigured(
            f"Set {name} to a secret of at least 32 characters that is used nowhere else "
            '(python -c "import secrets; print(secrets.token_urlsafe(48))").'
        )
    return value or DEFAULT_SECRET


def needed(name: str) -> str:
    """A setting that has no default: its absence is said by name."""
    value = env.str(name, "")
    if not value:
        raise ImproperlyConfigured(f"Set {name} in the environment; .env.example says what it is for.")
    return value
