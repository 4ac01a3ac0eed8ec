"""Writes to the audit trail what happens to accounts: allauth tells, we record."""

from __future__ import annotations

from typing import Any

from allauth.account import signals as account
from allauth.account.models import EmailAddress
from allauth.mfa import signals as mfa
from django.contrib.auth.base_user import AbstractBaseUser
from django.dispatch import Signal

from embedded import audit
from embedded.accounts.models import Person

WATCHED: tuple[tuple[Signal, str], ...] = (
    (account.user_signed_up, "account.made"),
    (account.user_logged_in, "account.signed_in"),
    (account.user_logged_out, "account.signed_out"),
    (account.password_set, "account.password_set"),
    (account.password_changed, "account.password_changed"),
    (account.password_reset, "account.password_reset"),
    (account.email_added, "account.address_added"),
    (account.email_changed, "account.main_address_changed"),
    (account.email_removed, "account.address_removed"),
    (mfa.authenticator_added, "account.second_step_switched_on"),
    (mfa.authenticator_removed, "account.second_step_switched_off"),
    (mfa.authenticator_reset, "account.recovery_codes_made"),
    (mfa.authentication_failed, "account.second_step_failed"),
)


def start() -> None:
    """Called once, when Django is ready."""
    for signal, deed in WATCHED:
        signal.connect(recorder(deed), weak=False, dispatch_uid=deed)
    account.email_confirmed.connect(address_confirmed, dispatch_uid="account.address_confirmed")
    account.email_changed.connect(contact_follows, dispatch_uid="contact_follows")


def recorder(deed: str) -> Any:
    """A receiver that records one deed of whoever owns the account."""

    def receive(sender: object, user: AbstractBaseUser | None = None, **rest: object) -> None:
        person = person_of(user)
        if person is not None:
            audit.record(person, deed, "own account")

    return receive


def address_confirmed(sender: object, email_address: EmailAddress, **rest: object) -> None:
    person = person_of(email_address.user)
    if person is not None:
        audit.record(person, "account.address_confirmed", "own account")


def contact_follows(
    sender: object, user: AbstractBaseUser, to_email_address: EmailAddress, **rest: object
) -> None:
    """The person is written to at the account's main address."""
    Person.objects.filter(user_id=user.pk).update(email=to_email_address.email)


def person_of(user: AbstractBaseUser | None) -> Person | None:
    return Person.objects.filter(user_id=user.pk).first() if user is not None and user.pk else None
