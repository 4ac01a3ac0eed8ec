"""Production does not start half made."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from embedded.accounts.checks import made_for_production, no_demonstration_accounts, refuse_to_start
from embedded.accounts.models import User

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
