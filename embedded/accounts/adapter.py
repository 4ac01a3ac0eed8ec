"""Who may make an account: somebody who was invited, and nobody else."""

from __future__ import annotations

import time
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.utils.module_loading import import_string

from embedded.accounts.models import Person


def invited_person(request: HttpRequest) -> Person | None:
    """The person whose open invitation this browser holds, as the function named in INVITATION_HOOK says."""
    if not settings.INVITATION_HOOK or not request.session.get("invitation_token"):
        return None
    found: Person | None = import_string(settings.INVITATION_HOOK)(request)
    return found


def signed_in_lately(request: HttpRequest) -> bool:
    """Whether a password was given within the time for which allauth asks for none again."""
    records = get_authentication_records(request, request.user)
    limit = time.time() - app_settings.REAUTHENTICATION_TIMEOUT
    return any(record.get("method") == "password" and record["at"] > limit for record in records)


class InvitedOnlyAdapter(DefaultAccountAdapter):
    """Sign-up is open only to the invited; an invitation's own address needs no second proof."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "Enter the email address and password of your account; these do not match",
        "enter_current_password": "Enter the password that you have now; this is not it",
        "incorrect_password": "Enter your password again; this is not it",
        "cannot_remove_primary_email": "Make another address the main one before you remove this one",
        "duplicate_email": "Enter another email address; this one is on your account already",
        "too_many_login_attempts": "Too many tries. Wait 5 minutes, then try again or set a new password",
        "rate_limited": "Too many tries. Wait a minute, then try again",
    }

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None, *rest: Any, **named: Any
    ) -> None:
        """What somebody has just done on purpose, signing in or out, needs no banner."""
        if (message_template or "").split("/")[-1] not in ("logged_in.txt", "logged_out.txt"):
            super().add_message(request, level, message_template, *rest, **named)

    def is_reauthentication_required(self, *, app: str, **rest: Any) -> bool:
        """The password just given at sign-in is enough to set up a first second step, and only for that."""
        first = app == "allauth.mfa" and not is_mfa_enabled(context.request.user)
        return not (first and signed_in_lately(context.request))

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        person = invited_person(request)
        if person is None:
            return False
        if person.email:
            self.stash_verified_email(request, person.email)  # allauth shows it in the form
        return True

    def is_email_verified(self, request: HttpRequest, email: str) -> bool:
        """The invitation was opened from that very mailbox, or its link was handed over by who knows them."""
        person = invited_person(request)
        return person is not None and person.email != "" and person.email.lower() == email.lower()

    def save_user(
        self, request: HttpRequest, user: AbstractBaseUser, form: Any, commit: bool = True
    ) -> AbstractBaseUser:
        """Makes the account, and gives it to the invited person if that person has none yet."""
        saved = super().save_user(request, user, form, commit)
        person = invited_person(request)
        if commit and person is not None:
            Person.objects.filter(pk=person.pk, user=None).update(user=saved)
        return saved
