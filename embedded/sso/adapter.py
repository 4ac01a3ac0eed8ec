"""What allauth is told about sign-ins from elsewhere: nobody gets in by an address, nobody unasked."""

from __future__ import annotations

from typing import Any, Final

from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialLogin
from allauth.socialaccount.providers.base.provider import Provider as AllauthProvider
from allauth.socialaccount.providers.base.provider import ProviderAccount
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import reverse

from embedded.accounts.elsewhere import TWO_STEPS
from embedded.accounts.inviting import invited_person
from embedded.accounts.models import Person
from embedded.sso import pages
from embedded.sso.asking import CONNECT, SIGN_UP
from embedded.sso.environment import Provider
from embedded.sso.finding import provider_of
from embedded.sso.tokens import proves_two_steps

LONGEST_LABEL: Final = 100


class Elsewhere(AllauthProvider):
    """One of our providers, as allauth asks about it; its name in allauth's tables is the issuer."""

    id = "elsewhere"
    uses_apps = False
    account_class = ProviderAccount

    def __init__(self, request: HttpRequest, place: Provider) -> None:
        super().__init__(request)
        self.place, self.name = place, place.name

    @property
    def sub_id(self) -> str:
        return self.place.issuer

    def serialize(self) -> dict[str, Any]:
        return {"id": self.place.issuer}


def login_from(
    request: HttpRequest, place: Provider, claims: dict[str, Any], kept: dict[str, Any]
) -> SocialLogin:
    """A sign-in for allauth to complete. Kept of the token are issuer, subject, a name to know it by, two steps or not;
    no address, because none is ever looked at."""
    two_steps = proves_two_steps(place, claims)
    account = SocialAccount(
        provider=place.issuer,
        uid=claims["sub"],
        extra_data={"label": label_of(place, claims), TWO_STEPS: two_steps},
    )
    user = get_account_adapter().new_user(request)
    login = SocialLogin(user=user, account=account, provider=Elsewhere(request, place))
    login.state = {name: kept[name] for name in ("process", "purpose", "next")} | {TWO_STEPS: two_steps}
    return login


def label_of(place: Provider, claims: dict[str, Any]) -> str:
    """What its owner calls the account there; for ORCID that is the number."""
    said = (
        claims["sub"]
        if place.key == "orcid"
        else claims.get("preferred_username") or claims.get("name") or ""
    )
    return "".join(sign for sign in str(said) if sign.isprintable())[:LONGEST_LABEL]


class ElsewhereAdapter(DefaultSocialAccountAdapter):
    """Named by SOCIALACCOUNT_ADAPTER. Providers come from the settings alone, never from the database."""

    def get_provider(self, request: HttpRequest, provider: str, client_id: str | None = None) -> Elsewhere:
        return Elsewhere(request, provider_of(provider))

    def list_providers(self, request: HttpRequest) -> list[Any]:
        return []

    def list_apps(self, request: HttpRequest, provider: Any = None, client_id: Any = None) -> list[Any]:
        return []

    def authenticate_by_email(self, sociallogin: SocialLogin) -> None:
        """Never: an address there is whatever somebody there has written (P16)."""

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: SocialAccount) -> str:
        return reverse("account")

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Whoever is unknown is told what to do, unless an invitation is being accepted: then its address counts."""
        if sociallogin.is_existing or sociallogin.state["purpose"] == CONNECT:
            return
        person = invited_person(request) if sociallogin.state["purpose"] == SIGN_UP else None
        if person is None or not person.email:
            place = provider_of(sociallogin.account.provider)
            raise ImmediateHttpResponse(pages.unknown(request, place))
        sociallogin.user.email = person.email.lower()
        sociallogin.email_addresses = [EmailAddress(email=person.email.lower(), verified=True, primary=True)]

    def save_user(self, request: HttpRequest, sociallogin: SocialLogin, form: Any = None) -> AbstractBaseUser:
        """Makes the account of the invited person."""
        person = invited_person(request)
        user: AbstractBaseUser = super().save_user(request, sociallogin, form)
        if person is None or not Person.objects.filter(pk=person.pk, user=None).update(user=user):
            raise PermissionDenied("The invitation was taken in the meantime.")
        return user
