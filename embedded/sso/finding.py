"""Which providers are on, and which connections an account has: the one reading that pages share."""

from __future__ import annotations

from urllib.parse import urlsplit

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import QuerySet
from django.http import Http404

from embedded.sso.environment import Provider


def switched_on() -> tuple[Provider, ...]:
    found: tuple[Provider, ...] = settings.SIGN_IN_PROVIDERS
    return found


def provider_at(key: str) -> Provider:
    """The provider of an address; one that is not switched on is not found."""
    for provider in switched_on():
        if provider.key == key:
            return provider
    raise Http404


def provider_of(issuer: str) -> Provider:
    """The provider of a connection; one that was switched off since is known by its host alone."""
    for provider in switched_on():
        if provider.issuer == issuer:
            return provider
    return Provider("", issuer, f"account at {urlsplit(issuer).hostname or issuer}", "", "")


def connections_of(user: AbstractBaseUser) -> QuerySet[SocialAccount]:
    found: QuerySet[SocialAccount] = SocialAccount.objects.filter(user_id=user.pk).order_by("pk")
    return found


def is_only_way_in(connection: SocialAccount) -> bool:
    """Whether its owner could not sign in any more without it: no password, no passkey, no other connection."""
    user = connection.user
    others = connections_of(user).exclude(pk=connection.pk)
    return not (
        user.has_usable_password()
        or Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN).exists()
        or others.filter(provider__in=[provider.issuer for provider in switched_on()]).exists()
    )
