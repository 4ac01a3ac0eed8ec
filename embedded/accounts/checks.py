"""Production refuses to start with demonstration accounts in it, or with settings that were never made."""

from __future__ import annotations

import sys
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, ProgrammingError, connection
from django.db.backends.signals import connection_created

from embedded.accounts.models import User

EXAMPLE = ".example"


@register(Tags.security)
def made_for_production(app_configs: Any = None, **rest: Any) -> list[CheckMessage]:
    """In production: settings that still have the value they ship with (env.py guards the secrets)."""
    if not settings.PRODUCTION:
        return []
    wrong = {
        "EMBEDDED_BASE_URL": not settings.BASE_URL.startswith("https://"),
        "ALLOWED_HOSTS": set(settings.ALLOWED_HOSTS) <= {"localhost", "127.0.0.1", "[::1]"},
        "EMBEDDED_CONTACT_EMAIL": settings.CONTACT_EMAIL.endswith(EXAMPLE),
        "EMBEDDED_FROM_EMAIL": EXAMPLE in settings.DEFAULT_FROM_EMAIL,
        "EMAIL_HOST": not settings.EMAIL_HOST,
    }
    errors: list[CheckMessage] = [
        Error(f"Set {name}: it still has the value of a private machine.", id="embedded.E001")
        for name, is_wrong in wrong.items()
        if is_wrong
    ]
    if settings.VAULT_KEY == settings.SECRET_KEY:
        errors.append(Error("Set VAULT_KEY to another secret than SECRET_KEY.", id="embedded.E003"))
    return errors


@register(Tags.database)
def no_demonstration_accounts(
    app_configs: Any = None, databases: Any = None, **rest: Any
) -> list[CheckMessage]:
    """In production: accounts whose password is public. Runs with `migrate` and at the web server's start."""
    if not settings.PRODUCTION or not databases:
        return []
    try:
        found = User.objects.filter(is_demonstration=True).count()
    except ProgrammingError:
        return []  # no table yet, so nobody can sign in; a database that is away is an error like any other
    if not found:
        return []
    text = f"{found} demonstration accounts are in this database, with passwords that everybody knows."
    return [Error(text, hint="Use a database of its own for production.", id="embedded.E002")]


def refuse_to_start() -> None:
    """Called before the web server or a worker serves. ImproperlyConfigured, with every reason in one message.

    While the database is away nobody can be refused for what is in it, and pages say 503; it is asked as soon as it
    is there, before anything else.
    """
    errors = made_for_production()
    try:
        errors += no_demonstration_accounts(databases=["default"])
    except OperationalError:
        connection_created.connect(end_unless_fit)
    finally:
        connection.close()  # a server that forks after this must not share it
    if errors:
        raise ImproperlyConfigured(" ".join(f"{error.msg} {error.hint or ''}".strip() for error in errors))


def end_unless_fit(**_: Any) -> None:
    """Ends this process if the database that it has just reached is not for production."""
    connection_created.disconnect(end_unless_fit)
    if errors := no_demonstration_accounts(databases=["default"]):
        sys.exit(f"{errors[0].msg} {errors[0].hint}")
