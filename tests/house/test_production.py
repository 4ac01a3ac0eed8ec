"""Production does not start half made: the real settings, read by a process of its own, with one thing wrong."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from embedded.accounts.models import User
from embedded.env import DEFAULT_SECRET
from tests.conftest import POSTGRES

ROOT = Path(__file__).resolve().parents[2]
MADE = {
    "EMBEDDED_MODE": "production",
    "EMBEDDED_BASE_URL": "https://embedded.hosp.nhs.uk",
    "ALLOWED_HOSTS": "embedded.hosp.nhs.uk",
    "EMBEDDED_CONTACT_EMAIL": "help@hosp.nhs.uk",
    "EMBEDDED_FROM_EMAIL": "Embedded <no-reply@hosp.nhs.uk>",
    "EMAIL_HOST": "smtp.hosp.nhs.uk",
    "SECRET_KEY": "xK3" + "pW9-" * 16,
    "VAULT_KEY": "Tz7" + "qR2-" * 16,
    "BEHIND_TLS_PROXY": "true",
}


def run(*words: str, **changed: str | None) -> subprocess.CompletedProcess[str]:
    """A Python of its own with the settings of production, but for what is changed; None takes one away."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "REDIS_URL", "EMBEDDED_DATA_DIR")}
    database = {"DATABASE_URL": POSTGRES.url(connection.settings_dict["NAME"])}
    settings = kept | database | {"DJANGO_SETTINGS_MODULE": "embedded.settings"} | MADE | changed
    return subprocess.run(
        [sys.executable, *words],
        cwd=ROOT,
        env={name: value for name, value in settings.items() if value is not None},
        capture_output=True,
        text=True,
        check=False,
    )


def serve(**changed: str | None) -> subprocess.CompletedProcess[str]:
    """What the web server does first: it reads the settings, then asks whether it may start."""
    return run("-c", "import embedded.wsgi", **changed)


def test_check_for_deployment_has_nothing_to_say(db: None) -> None:
    done = run("manage.py", "check", "--deploy", "--fail-level", "WARNING")
    assert done.returncode == 0, done.stderr
    assert "no issues (0 silenced)" in done.stdout


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("SECRET_KEY", None, "Set SECRET_KEY"),
        ("SECRET_KEY", DEFAULT_SECRET, "Set SECRET_KEY"),
        ("SECRET_KEY", "short", "Set SECRET_KEY"),
        ("VAULT_KEY", None, "Set VAULT_KEY"),
        ("VAULT_KEY", DEFAULT_SECRET, "Set VAULT_KEY"),
        ("ALLOWED_HOSTS", "*", "Name the hosts in ALLOWED_HOSTS"),
        ("ALLOWED_HOSTS", "embedded.hosp.nhs.uk,*", "Name the hosts in ALLOWED_HOSTS"),
        ("ALLOWED_HOSTS", None, "Set ALLOWED_HOSTS"),
        ("EMBEDDED_BASE_URL", "http://embedded.hosp.nhs.uk", "Set EMBEDDED_BASE_URL"),
        ("EMBEDDED_MODE", "prod", "Set EMBEDDED_MODE"),
        ("DATABASE_URL", None, "Set DATABASE_URL"),
        ("REDIS_URL", None, "Set REDIS_URL"),
    ],
)
def test_one_wrong_setting_stops_it_by_name(db: None, name: str, value: str | None, told: str) -> None:
    done = serve(**{name: value})
    assert done.returncode != 0
    assert told in done.stderr


def test_the_same_secret_twice_stops_it(db: None) -> None:
    done = serve(VAULT_KEY=MADE["SECRET_KEY"])
    assert done.returncode != 0 and "VAULT_KEY" in done.stderr


@pytest.mark.django_db(transaction=True)
def test_demonstration_accounts_stop_it_and_without_them_it_starts() -> None:
    started = serve()
    assert started.returncode == 0, started.stderr
    User.objects.create_user("lead@demo.example", "x", is_demonstration=True)
    refused = serve()
    assert refused.returncode != 0
    assert "1 demonstration accounts are in this database" in refused.stderr
    migrated = run("manage.py", "migrate", "--check")
    assert migrated.returncode != 0


@pytest.mark.django_db(transaction=True)
def test_the_demonstration_cannot_be_told_in_production() -> None:
    done = run("manage.py", "seed_demo")
    assert done.returncode != 0 and not User.objects.exists()
