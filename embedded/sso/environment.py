"""Which providers are switched on, as the environment says; what is half said or unsafe stops the start."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from embedded.env import env

ENTRA: Final = "https://login.microsoftonline.com"
ORCID: Final = "https://orcid.org"
TENANT: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
PRIVATE_ACCOUNTS: Final = (
    "9188040d-6c67-4c5b-b112-36a304b66dad"  # Microsoft's tenant of outlook.com and the like
)
LONGEST_ISSUER: Final = 200  # what the column of allauth's table holds


@dataclass(frozen=True)
class Provider:
    """One place that vouches for people. Its accounts are told apart by `issuer` and subject, never by address."""

    key: str  # stands in our addresses
    issuer: str  # exactly as its tokens name it; https
    name: str  # "NHS account (Microsoft)": what follows "your" on a button
    client_id: str
    client_secret: str = field(repr=False)
    tenant: str = ""  # Entra: the only `tid` that is let in
    has_two_steps: bool = False  # whoever runs this service says that every account there has a second factor
    more_hosts: tuple[str, ...] = ()  # where it keeps its keys, when that is not where its issuer is
    prompt: str = "login"  # how it is told to ask who is there, instead of taking whoever is signed in
    scope: str = "openid profile"

    @property
    def hosts(self) -> frozenset[str]:
        """The only hosts that are ever asked."""
        return frozenset({urlsplit(self.issuer).netloc, *self.more_hosts})

    @property
    def whose(self) -> str:
        """How people call what they have there: "your NHS account (Microsoft)", but "ORCID"."""
        return self.name if self.key == "orcid" else f"your {self.name}"


def providers() -> tuple[Provider, ...]:
    """Everything that is switched on, in the order of the buttons. Empty unless the environment says otherwise."""
    found = (*entra(), *orcid(), *other())
    issuers = [provider.issuer for provider in found]
    if len(set(issuers)) != len(issuers):
        raise ImproperlyConfigured("OIDC_ISSUER is switched on already by ENTRA_TENANTS or ORCID_CLIENT_ID.")
    return found


def orcid() -> Iterator[Provider]:
    """ORCID proves a second factor only through its member API, so nobody can vouch for all of its accounts."""
    if values := all_or_none("ORCID_CLIENT_ID", "ORCID_CLIENT_SECRET"):
        client_id, secret = values
        yield Provider("orcid", ORCID, "ORCID", client_id, secret, scope="openid")


def entra() -> Iterator[Provider]:
    """One provider for each tenant, because each tenant is an issuer of its own."""
    values = all_or_none("ENTRA_CLIENT_ID", "ENTRA_CLIENT_SECRET", "ENTRA_TENANTS")
    if not values:
        return
    client_id, secret, listed = values
    tenants = [tenant.strip().partition("=") for tenant in listed.split(",") if tenant.strip()]
    for tenant, _, name in tenants:
        if len(tenants) > 1 and not name.strip():
            raise ImproperlyConfigured(f"Name the tenants in ENTRA_TENANTS (id=Name); {tenant!r} has none.")
        known = named_tenant(tenant.strip().lower())
        yield Provider(
            f"entra-{known}",
            f"{ENTRA}/{known}/v2.0",
            f"{name.strip() or 'NHS'} account (Microsoft)",
            client_id,
            secret,
            tenant=known,
            has_two_steps=env.bool("ENTRA_HAS_TWO_STEPS", False),
            prompt="select_account",
        )


def named_tenant(tenant: str) -> str:
    """A tenant's id. Names that mean everybody (common, organizations, consumers) would let strangers in."""
    if not TENANT.fullmatch(tenant) or tenant == PRIVATE_ACCOUNTS:
        raise ImproperlyConfigured(
            f"ENTRA_TENANTS names {tenant!r}. Name each tenant by its id; common, organizations and consumers "
            "would let in everybody who has a Microsoft account."
        )
    return tenant


def other() -> Iterator[Provider]:
    """Any other provider that speaks OpenID Connect."""
    values = all_or_none("OIDC_NAME", "OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET")
    if not values:
        return
    name, issuer, client_id, secret = values
    parts = urlsplit(issuer)
    odd = parts.query or parts.fragment or "@" in parts.netloc or len(issuer) > LONGEST_ISSUER
    if parts.scheme != "https" or not parts.hostname or odd:
        raise ImproperlyConfigured(
            f"OIDC_ISSUER is {issuer!r}. Set it to the https address that the provider's tokens carry as iss."
        )
    yield Provider(
        "oidc",
        issuer,
        name,
        client_id,
        secret,
        has_two_steps=env.bool("OIDC_HAS_TWO_STEPS", False),
        more_hosts=tuple(env.list("OIDC_HOSTS", default=[])),
    )


def all_or_none(*names: str) -> tuple[str, ...]:
    """The values of settings that only make sense together; empty when none is set."""
    values = {name: env.str(name, "").strip() for name in names}
    missing = [name for name, value in values.items() if not value]
    if missing and len(missing) < len(names):
        given = ", ".join(name for name in names if name not in missing)
        raise ImproperlyConfigured(f"Set {' and '.join(missing)} too, or take away {given}.")
    return () if missing else tuple(values.values())
