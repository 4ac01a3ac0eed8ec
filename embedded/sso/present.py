"""Connections made for the page about oneself."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.base_user import AbstractBaseUser

from embedded.accounts.elsewhere import TWO_STEPS
from embedded.sso.environment import Provider
from embedded.sso.finding import connections_of, provider_of, switched_on


@dataclass(frozen=True)
class Made:
    pk: int
    provider: Provider
    label: str  # the name there by which its owner knows the account
    two_steps: bool


@dataclass(frozen=True)
class Connections:
    made: tuple[Made, ...]
    possible: tuple[Provider, ...]

    @property
    def prove(self) -> bool:
        """Whether one of them is the second step, too."""
        return any(one.two_steps and one.provider.key for one in self.made)


def connections(user: AbstractBaseUser) -> Connections:
    """What the account is connected with, and what else it could be."""
    made = tuple(
        Made(
            found.pk,
            provider_of(found.provider),
            str(found.extra_data.get("label", "")),
            bool(found.extra_data.get(TWO_STEPS)),
        )
        for found in connections_of(user)
    )
    taken = {one.provider.issuer for one in made}
    return Connections(made, tuple(one for one in switched_on() if one.issuer not in taken))
