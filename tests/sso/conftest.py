"""Ada, who is connected, a provider on loopback, and a browser that goes there and comes back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
import requests
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.core.cache import cache
from django.http import HttpRequest
from django.test import Client

from embedded.accounts.models import Person, User
from embedded.sso.environment import Provider
from tests.sso.provider import CLIENT, SECRET, Issuer, serving

PASSWORD = "plum trumpet gravel"
EMAIL = "ada@people.example"
TENANT = "3f1c9b7e-0000-4000-8000-00000000000a"
ENTRA = f"entra-{TENANT}"


def everybody(person: Person) -> bool:
    """A rule for SECOND_FACTOR_NEEDED."""
    return True


def whoever_holds_the_token(request: HttpRequest) -> Person | None:
    """A rule for INVITATION_HOOK: the token is the name of the person."""
    return Person.objects.filter(display_name=request.session["invitation_token"], user=None).first()


@pytest.fixture(scope="session")
def loopback(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[dict[str, Issuer], Path]]:
    folder = tmp_path_factory.mktemp("provider")
    with serving(folder) as issuers:
        yield issuers, folder / "localhost.pem"


@pytest.fixture
def issuers(
    loopback: tuple[dict[str, Issuer], Path], db: None, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> dict[str, Issuer]:
    """The three issuers, honest, with nobody there; the product is told of them all."""
    served, pem = loopback
    for name, issuer in served.items():
        served[name].__dict__.update(Issuer(issuer.url, issuer.key, issuer.kid).__dict__)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(pem))
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.SECOND_FACTOR_NEEDED = ""
    settings.INVITATION_HOOK = "tests.sso.conftest.whoever_holds_the_token"
    settings.BASE_URL = "http://testserver"
    one = Provider("oidc", served["one"].url, "Hospital account", CLIENT, SECRET)
    settings.SIGN_IN_PROVIDERS = (
        one,
        replace(one, key="other", issuer=served["two"].url, name="University account"),
        replace(
            one,
            key=ENTRA,
            issuer=served["entra"].url,
            name="NHS account (Microsoft)",
            tenant=TENANT,
            prompt="select_account",
        ),
    )
    cache.clear()
    return served


@pytest.fixture
def one(issuers: dict[str, Issuer]) -> Issuer:
    return issuers["one"]


@pytest.fixture
def ada(issuers: dict[str, Issuer]) -> User:
    """Ada has a password, and is connected with issuer one as ada-1 and with the tenant as ada-entra."""
    user = User.objects.create_user(EMAIL, PASSWORD)
    EmailAddress.objects.create(user=user, email=EMAIL, primary=True, verified=True)
    Person.objects.create(user=user, display_name="Ada Wong", email=EMAIL)
    SocialAccount.objects.create(user=user, provider=issuers["one"].url, uid="ada-1")
    SocialAccount.objects.create(user=user, provider=issuers["entra"].url, uid="ada-entra")
    return user


@dataclass
class Traveller:
    """A browser: the product's cookies, and a way to the provider and back."""

    client: Client
    pem: str

    def leave(self, key: str = "oidc", purpose: str = "login", **more: str) -> str:
        """Presses the button; gives the address to which the browser is sent."""
        page = self.client.post(f"/accounts/with/{key}/", {"purpose": purpose, **more})
        assert page.status_code == 200, page.content.decode()
        address: str = page["Refresh"].removeprefix("0; url=")
        return address

    def there(self, address: str) -> str:
        """The provider's answer: where the browser is sent back to."""
        answer = requests.get(address, allow_redirects=False, timeout=5, verify=self.pem)
        assert answer.status_code == 302, answer.text
        return answer.headers["Location"].removeprefix("http://testserver")

    def travel(self, key: str = "oidc", purpose: str = "login", **more: str) -> Any:
        """All the way there and back; gives the product's answer."""
        return self.client.get(self.there(self.leave(key, purpose, **more)))

    def is_in(self) -> bool:
        return "_auth_user_id" in self.client.session

    def sign_in(self) -> None:
        answer = self.client.post("/accounts/login/", {"login": EMAIL, "password": PASSWORD})
        assert answer.status_code == 302, answer.content.decode()

    def confirm(self) -> None:
        self.client.post("/accounts/reauthenticate/", {"password": PASSWORD})


@pytest.fixture
def traveller(issuers: dict[str, Issuer], loopback: tuple[dict[str, Issuer], Path]) -> Traveller:
    return Traveller(Client(), str(loopback[1]))


@pytest.fixture
def stranger(traveller: Traveller) -> Traveller:
    """Somebody else, at another computer."""
    return Traveller(Client(), traveller.pem)
