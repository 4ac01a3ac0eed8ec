"""What a private run tells its processes: where things are, its own secrets, and nothing of the outer machine's."""

from __future__ import annotations

import os
import secrets
import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from embedded.local.folder import DataFolder

SECRETS: Final = ("SECRET_KEY", "VAULT_KEY")
FOREIGN: Final = (
    "DATABASE_",
    "REDIS_",
    "DJANGO_",
    "PG",
    "CELERY",
    "GUNICORN",
    "PYTHON",
    "ALLOWED_HOSTS",
    "CSRF_",
)


def outer(of: Mapping[str, str] = os.environ) -> dict[str, str]:
    """The environment we were started in, less what would lead us to somebody else's servers."""
    return {name: value for name, value in of.items() if not name.startswith(FOREIGN)}


def made_secrets(place: DataFolder) -> dict[str, str]:
    """The secrets of this data folder: made once, then always the same, readable by their owner alone."""
    path = place.path / "secrets"
    if not path.exists():
        made = {name: secrets.token_urlsafe(48) for name in SECRETS}
        write_privately(path, "".join(f"{name}={value}\n" for name, value in made.items()))
    return dict(line.split("=", 1) for line in path.read_text().splitlines())


def write_privately(path: Path, text: str) -> None:
    """Writes a file that only its owner can read, whole or not at all, even if the power goes."""
    fresh = path.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as handle:
        handle.write(text)
        handle.flush()
        os.fsync(handle.fileno())
    fresh.replace(path)


def settings(
    place: DataFolder, *, port: int, database: str, redis: str, demonstration: bool
) -> dict[str, str]:
    """The settings of this run, and a file `env` to source for running manage.py beside it."""
    named = {
        "DJANGO_SETTINGS_MODULE": "embedded.settings",
        "DATABASE_URL": database,
        "REDIS_URL": redis,
        "EMBEDDED_MODE": "demonstration" if demonstration else "development",
        "EMBEDDED_BASE_URL": f"http://localhost:{port}",
        "EMBEDDED_DATA_DIR": str(place.path / "data"),
        "EMBEDDED_STATIC_ROOT": str(place.path / "static"),
        **made_secrets(place),
    }
    lines = [f"export {name}={shlex.quote(value)}\n" for name, value in named.items()]
    write_privately(place.path / "env", "".join(lines))
    return outer() | named


def kept(place: DataFolder) -> dict[str, str]:
    """The settings of the last start of this folder, for a command that runs beside it or after it."""
    words = shlex.split((place.path / "env").read_text())
    return outer() | dict(word.split("=", 1) for word in words if "=" in word)
