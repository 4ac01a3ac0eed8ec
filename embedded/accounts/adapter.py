"""Who may make an account: somebody who was invited, and nobody else."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.utils import timezone

from embedded.accounts.elsewhere import AskElsewhereAdapter, ask_elsewhere
from embedded.accounts.inviting import invited_person
from embedded.accounts.known_devices import number_for
from embedded.accounts.models import Person, Tries
from embedded.accounts.second_factor import FACTORS
from embedded.accounts.throttles import (
    CONFIRMING,
    PASSWORD_BY_ADDRESS,
    PASSWORD_BY_DEVICE,
    PASSWORD_BY_PLACE,
    Taken,
    same_address,
    take,
)
from embedded.errors import TooMany

TRIED_TOO_OFTEN = (
    "The password was tried too often. A passkey, or signing in through your organisation, works all the while; "
    "so does a new password: choose “I have forgotten my password” on the sign-in page."
)


def signed_in_lately(request: HttpRequest) -> bool:
    """Whether a password was given, or the account made, within the time for which allauth asks for none again."""
    records = get_authentication_records(request, request.user)
    limit = time.time() - app_settings.REAUTHENTICATION_TIMEOUT
    joined = getattr(request.user, "date_joined", None)
    if joined is not None and joined.timestamp() > limit:
        return True
    return any(r.get("method") in ("password", "socialaccount") and r["at"] > limit for r in records)


def has_old_factor(user: AbstractBaseUser) -> bool:
    """Whether an authenticator app or a passkey was set up earlier than just now."""
    just_now = timezone.now() - timedelta(seconds=app_settings.REAUTHENTICATION_TIMEOUT)
    old = Authenticator.objects.filter(user=user, type__in=FACTORS, created_at__lt=just_now)
    return bool(old.exists())


def at_home(address: str) -> str:
    """The same page at the address that this installation is known by."""
    return settings.BASE_URL + urlunsplit(("", "", *urlsplit(address)[2:]))


class InvitedOnlyAdapter(AskElsewhereAdapter):
    """Sign-up is open only to the invited; an invitation's own address needs no second proof."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "Enter the email address and password of your account; these do not match",
        "enter_current_password": "Enter the password that you have now; this is not it",
        "incorrect_password": "Enter your password again; this is not it",
        "cannot_remove_primary_email": "Make another address the main one before you remove this one",
        "duplicate_email": "Enter another email address; this one is on your account already",
        "max_email_addresses": "Remove an address before you add another; an account has %d at most",
        "too_many_login_attempts": "Too many tries. Wait 5 minutes, then try again, or use a passkey",
        "rate_limited": "Too many tries. Wait a minute, then try again",
    }

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None, *rest: Any, **named: Any
    ) -> None:
        """What somebody has just done on purpose, signing in or out, needs no banner."""
        if (message_template or "").split("/")[-1] not in ("logged_in.txt", "logged_out.txt"):
            super().add_message(request, level, message_template, *rest, **named)

    def is_safe_url(self, url: str | None) -> bool:
        """An address that cannot be read at all, such as "https://[::1", is none to be led to."""
        try:
            return bool(super().is_safe_url(url))
        except ValueError:
            return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Letters say the name of the service, and whom to ask. Their links lead to our own address, whatever
        host the request said that it was for (P35)."""
        ours = {"service_name": settings.SERVICE_NAME, "contact_email": settings.CONTACT_EMAIL}
        links = {name: at_home(value) for name, value in context.items() if name.endswith("_url")}
        super().send_mail(template_prefix, email, ours | context | links)

    def is_reauthentication_required(self, *, app: str, **rest: Any) -> bool:
        """The password just given at sign-in is enough to set up the second step, and only for that."""
        request = context.request
        if app != "allauth.mfa" or not signed_in_lately(request):
            ask_elsewhere(request)
        return not (app == "allauth.mfa" and signed_in_lately(request) and not has_old_factor(request.user))

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """allauth's ways to confirm that it is you, in our words."""
        ours = {
            "reauthenticate": "Use my password",
            "mfa_reauthenticate": "Use a code",
            "mfa_reauthenticate:webauthn": "Use a passkey",
        }
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        return [way | {"description": ours.get(way["id"], way["description"])} for way in methods]

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Counts a try before the password is looked at, and refuses with 429; allauth's own count is not used."""
        self._taken = self._take(request, credentials.get("email", ""))
        if self._taken.wait:
            raise TooMany(TRIED_TOO_OFTEN, self._taken.wait)

    def _take(self, request: HttpRequest, address: str) -> Taken:
        if request.user.is_authenticated:
            return take([(CONFIRMING, str(request.user.pk))])
        number = number_for(request, address)
        own = take([(PASSWORD_BY_DEVICE, number)]) if number else None
        if own and not own.wait:
            return own
        return take(
            [(PASSWORD_BY_ADDRESS, same_address(address)), (PASSWORD_BY_PLACE, self.get_client_ip(request))]
        )

    def _rollback_login_failed_rl_usage(self) -> None:
        """allauth calls this when the password was right: right ones are not counted, however many come."""
        self._taken.give_back()

    def _delete_login_attempts_cached_email(self, request: HttpRequest, **credentials: Any) -> None:
        """A new password by letter starts the count of its address anew."""
        Tries.objects.filter(key=PASSWORD_BY_ADDRESS.key(same_address(credentials.get("email", "")))).delete()

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return invited_person(request) is not None

    def save_user(
        self, request: HttpRequest, user: AbstractBaseUser, form: Any, commit: bool = True
    ) -> AbstractBaseUser:
        """Makes the account, and gives it to the invited person if that person has none yet. The address that was
        invited needs no second proof: the letter was opened, or its link handed over by somebody who knows them."""
        person = invited_person(request)
        saved = super().save_user(request, user, form, commit)
        if commit and person is not None:
            linked = Person.objects.filter(pk=person.pk, user=None).update(user=saved)
            if linked and person.email.lower() == form.cleaned_data["email"].lower():
                self.stash_verified_email(request, person.email)
        return saved
