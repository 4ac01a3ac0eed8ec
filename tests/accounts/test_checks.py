"""Production does not start half made."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from embedded.accounts.checks import made_for_production, no_demonstration_accounts, refuse_to_start
from embedded.accounts.models import User
from tests.faults.conftest import speaking_to

MADE = {
    "PRODUCTION": True,
    "BASE_URL": "https://embedded.hosp.nhs.uk",
    "ALLOWED_HOSTS": ["embedded.hosp.nhs.uk"],
    "CONTACT_EMAIL": "help@hosp.nhs.uk",
    "DEFAULT_FROM_EMAIL": "Embedded <no-reply@hosp.nhs.uk>",
    "EMAIL_HOST": "smtp.hosp.nhs.uk",
    "SECRET_KEY": "one secret that is made for this test alone",
    "VAULT_KEY": "another secret, made for this test alone too",
}


@pytest.fixture
def production(settings: Any) -> Any:
    for name, value in MADE.items():
        setattr(settings, name, value)
    return settings


def test_a_production_that_is_made_starts(production: Any) -> None:
    refuse_to_start()


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("BASE_URL", "http://localhost:8000", "EMBEDDED_BASE_URL"),
        ("ALLOWED_HOSTS", ["localhost"], "ALLOWED_HOSTS"),
        ("CONTACT_EMAIL", "embedded@contact.example", "EMBEDDED_CONTACT_EMAIL"),
        ("DEFAULT_FROM_EMAIL", "Embedded <no-reply@embedded.example>", "EMBEDDED_FROM_EMAIL"),
        ("EMAIL_HOST", "", "EMAIL_HOST"),
        ("VAULT_KEY", "one secret that is made for this test alone", "VAULT_KEY"),
    ],
)
def test_a_default_stops_it_by_name(production: Any, name: str, value: object, told: str) -> None:
    setattr(production, name, value)
    with pytest.raises(ImproperlyConfigured, match=told):
        refuse_to_start()


def test_demonstration_accounts_stop_it(production: Any) -> None:
    User.objects.create_user("lead@demo.example", "x", is_demonstration=True)
    with pytest.raises(ImproperlyConfigured, match="1 demonstration accounts"):
        refuse_to_start()


def test_elsewhere_they_are_welcome(settings: Any) -> None:
    User.objects.create_user("lead@demo.example", "x", is_demonstration=True)
    assert made_for_production() == []
    assert no_demonstration_accounts(databases=["default"]) == []


def test_a_database_that_is_away_is_asked_when_it_is_there(
    transactional_db: None, production: Any, tmp_path: Path
) -> None:
    """The web server starts without it, and ends itself when it turns out to be that of a demonstration."""
    User.objects.create_user("lead@demo.example", "x", is_demonstration=True)
    with speaking_to(tmp_path):
        refuse_to_start()
    with pytest.raises(SystemExit, match="1 demonstration accounts"):
        User.objects.count()
    assert User.objects.count() == 1  # asked once: a process that ends does not come this far


def test_a_database_that_is_away_and_fit_is_served(
    transactional_db: None, production: Any, tmp_path: Path
) -> None:
    with speaking_to(tmp_path):
        refuse_to_start()
    assert User.objects.count() == 0
