"""What is switched on by half, or for everybody, stops the start and is named."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured

from embedded.sso.environment import providers

A, B = "3f1c9b7e-0000-4000-8000-00000000000a", "3f1c9b7e-0000-4000-8000-00000000000b"
ENTRA = {"ENTRA_CLIENT_ID": "id", "ENTRA_CLIENT_SECRET": "secret", "ENTRA_TENANTS": A}
ORCID = {"ORCID_CLIENT_ID": "id", "ORCID_CLIENT_SECRET": "secret"}
OIDC = {
    "OIDC_NAME": "Hospital account",
    "OIDC_ISSUER": "https://login.hosp.example/realm",
    "OIDC_CLIENT_ID": "id",
    "OIDC_CLIENT_SECRET": "secret",
}
EVERYTHING = {**ENTRA, **ORCID, **OIDC}


@pytest.fixture(autouse=True)
def nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in EVERYTHING:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def say(monkeypatch: pytest.MonkeyPatch) -> object:
    def setting(values: dict[str, str]) -> None:
        for name, value in values.items():
            monkeypatch.setenv(name, value)

    return setting


def test_nothing_is_on_by_itself() -> None:
    assert providers() == ()


def test_everything_can_be_on(say: object) -> None:
    say(EVERYTHING)  # type: ignore[operator]
    found = providers()
    assert [provider.key for provider in found] == [f"entra-{A}", "orcid", "oidc"]
    assert [provider.whose for provider in found] == [
        "your NHS account (Microsoft)",
        "ORCID",
        "your Hospital account",
    ]
    assert found[0].issuer == f"https://login.microsoftonline.com/{A}/v2.0"
    assert found[0].hosts == {"login.microsoftonline.com"}
    assert found[1].issuer == "https://orcid.org"
    assert not any(provider.has_two_steps for provider in found)
    assert "secret" not in repr(found).replace("client_secret", "")


@pytest.mark.parametrize("group", [ENTRA, ORCID, OIDC])
def test_a_half_is_refused_and_what_is_missing_is_named(say: object, group: dict[str, str]) -> None:
    for missing in group:
        say({name: "" if name == missing else value for name, value in group.items()})  # type: ignore[operator]
        with pytest.raises(ImproperlyConfigured, match=f"Set {missing} too"):
            providers()


@pytest.mark.parametrize(
    "tenants",
    [
        "common",
        "organizations",
        "consumers",
        f"{A}=One,common=Two",
        "9188040d-6c67-4c5b-b112-36a304b66dad",
        "hosp.onmicrosoft.com",
        "*",
        f"{A},{B}",
        f"{A}=One,{A}=Two",
    ],
)
def test_tenants_that_mean_everybody_or_nobody_are_refused(say: object, tenants: str) -> None:
    say(ENTRA | {"ENTRA_TENANTS": tenants})  # type: ignore[operator]
    with pytest.raises(ImproperlyConfigured, match="TENANTS"):
        providers()


def test_several_tenants_are_several_issuers(say: object) -> None:
    say(ENTRA | {"ENTRA_TENANTS": f"{A}=NHS, {B.upper()}=University"})  # type: ignore[operator]
    say({"ENTRA_HAS_TWO_STEPS": "true"})  # type: ignore[operator]
    found = providers()
    assert [provider.tenant for provider in found] == [A, B]
    assert found[1].whose == "your University account (Microsoft)"
    assert all(provider.has_two_steps for provider in found)


@pytest.mark.parametrize(
    "issuer",
    [
        "http://login.hosp.example",
        "login.hosp.example",
        "https://",
        "https://me@login.hosp.example",
        "https://login.hosp.example/?x=1",
        "https://login.hosp.example/#x",
        "https://login.hosp.example/" + "x" * 200,
        "https://orcid.org",
    ],
)
def test_issuers_that_cannot_be_one_are_refused(say: object, issuer: str) -> None:
    say(ORCID | OIDC | {"OIDC_ISSUER": issuer})  # type: ignore[operator]
    with pytest.raises(ImproperlyConfigured, match="OIDC_ISSUER"):
        providers()


def test_orcid_cannot_be_vouched_for(say: object) -> None:
    """Nobody can say of all people with an ORCID that they have two steps; each token says it or does not."""
    say(ORCID | {"ORCID_HAS_TWO_STEPS": "true"})  # type: ignore[operator]
    assert not providers()[0].has_two_steps
