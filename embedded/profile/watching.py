"""Writes to the audit trail what happens to accounts: allauth tells, we record."""

from __future__ import annotations

from typing import Any

from allauth.account import signals as account
from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from allauth.mfa import signals as mfa
from allauth.mfa.models import Authenticator
from allauth.socialaccount import signals as elsewhere
from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.base_user import AbstractBaseUser
from django.dispatch import Signal
from django.http import HttpRequest

from embedded import audit
from embedded.accounts.elsewhere import PROVED
from embedded.accounts.models import Person, SignIn, User
from embedded.accounts.second_factor import FACTORS, SETTLED
from embedded.accounts.sessions import ended_everywhere, kill
from embedded.profile.actions import end_sessions

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
    mfa.authenticator_removed.connect(factor_taken_away, dispatch_uid="factor_taken_away")
    elsewhere.social_account_added.connect(connected, dispatch_uid="connected")
    elsewhere.social_account_removed.connect(disconnected, dispatch_uid="disconnected")
    for signal in (account.password_changed, account.password_set, account.password_reset):
        signal.connect(others_end, dispatch_uid="others_end")
    account.email_added.connect(tell_of_addition, dispatch_uid="tell_of_addition")
    account.email_removed.connect(tell_of_removal, dispatch_uid="tell_of_removal")
    account.email_changed.connect(contact_follows, dispatch_uid="contact_follows")


def recorder(deed: str) -> Any:
    """A receiver that records one deed of whoever owns the account."""

    def receive(sender: object, user: AbstractBaseUser | None = None, **rest: object) -> None:
        person = person_of(user)
        if person is not None:
            audit.record(person, deed, "own account", "account")

    return receive


def address_confirmed(sender: object, email_address: EmailAddress, **rest: object) -> None:
    person = person_of(email_address.user)
    if person is not None:
        audit.record(person, "account.address_confirmed", "own account", "account")


def factor_taken_away(
    sender: object, request: HttpRequest, user: AbstractBaseUser, authenticator: Authenticator, **rest: object
) -> None:
    """Every other session ends, and this one forgets that it was settled: whoever needs one sets it up next."""
    person = person_of(user)
    if person is None or not isinstance(user, User) or authenticator.type not in FACTORS:
        return
    end_sessions(by=person, user=user, keep=request.session.session_key)
    update_session_auth_hash(request, user)
    request.session.pop(SETTLED, None)


def connected(sender: object, request: HttpRequest, sociallogin: SocialLogin, **rest: object) -> None:
    audit.record(person_of(sociallogin.user), "account.connected", "own account", "account")


def disconnected(sender: object, request: HttpRequest, socialaccount: SocialAccount, **rest: object) -> None:
    """What came in by the connection goes out with it: every other session ends, and this one proves itself anew."""
    person = person_of(socialaccount.user)
    if person is None:
        return
    audit.record(person, "account.disconnected", "own account", "account")
    end_sessions(by=person, user=socialaccount.user, keep=request.session.session_key)
    update_session_auth_hash(request, socialaccount.user)
    for mark in (SETTLED, PROVED):
        request.session.pop(mark, None)


def others_end(sender: object, request: HttpRequest, user: AbstractBaseUser, **rest: object) -> None:
    """A new password ends every sign-in made with the old one; Django refuses them, the list forgets them."""
    kill(list(SignIn.objects.filter(user_id=user.pk).exclude(session_key=request.session.session_key or "")))
    ended_everywhere.send(others_end, user=user, by=person_of(user))


def contact_follows(
    sender: object, user: AbstractBaseUser, to_email_address: EmailAddress, **rest: object
) -> None:
    """The person is written to at the account's main address; both addresses are told, allauth tells the former."""
    Person.objects.filter(user_id=user.pk).update(email=to_email_address.email)
    get_adapter().send_notification_mail(
        "account/email/email_now_main", user, {"to_email": to_email_address.email}, to_email_address.email
    )


def tell_of_addition(
    sender: object, user: AbstractBaseUser, email_address: EmailAddress, **rest: object
) -> None:
    """The main address hears of a new one before that is confirmed; the new one gets the link (allauth)."""
    get_adapter().send_notification_mail("account/email/email_added", user, {"email": email_address.email})


def tell_of_removal(
    sender: object, user: AbstractBaseUser, email_address: EmailAddress, **rest: object
) -> None:
    """The address that was taken away hears of it too, if it was ever its owner's; allauth tells the main one."""
    if email_address.verified:
        get_adapter().send_notification_mail(
            "account/email/email_deleted", user, {"deleted_email": email_address.email}, email_address.email
        )


def person_of(user: AbstractBaseUser | None) -> Person | None:
    return Person.objects.filter(user_id=user.pk).first() if user is not None and user.pk else None
