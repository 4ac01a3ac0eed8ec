"""What one does to one's own account, beside what allauth does."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db import transaction
from django.db.models import F

from embedded import audit
from embedded.accounts import sessions
from embedded.accounts.models import Person, SignIn, User

DETAILS = ("display_name", "pronouns", "job_title", "phone")


@transaction.atomic
def change_details(*, by: Person, values: dict[str, str]) -> list[str]:
    """Keeps name, pronouns, job title and telephone number; gives the names of those that changed."""
    kept = Person.objects.select_for_update().get(pk=by.pk)
    changed = [name for name in DETAILS if getattr(kept, name) != values[name]]
    for name in changed:
        setattr(by, name, values[name])
    if changed:
        by.save(update_fields=changed)
        fields = {"fields": ", ".join(changed)}
        audit.record(by, "account.details_changed", "own account", "account", details=fields)
    return changed


@transaction.atomic
def end_sessions(*, by: Person | None, user: User, keep: str | None = None) -> None:
    """Signs the account out in every browser but that of the session key `keep`, whose caller goes on with
    `update_session_auth_hash`. `by` is None for whoever runs the service."""
    User.objects.filter(pk=user.pk).update(sessions_ended=F("sessions_ended") + 1)
    user.refresh_from_db(fields=["sessions_ended"])
    sessions.kill(list(SignIn.objects.filter(user=user).exclude(session_key=keep or "")))
    sessions.ended_everywhere.send(end_sessions, user=user, by=by)
    whose = "own account" if by else str(getattr(user, "person", "an account"))
    audit.record(by, "account.signed_out_everywhere", whose, "account" if by else "")


@transaction.atomic
def end_one(*, by: Person, sign_in: SignIn) -> None:
    """Signs the account out in one browser."""
    sessions.kill([sign_in])
    audit.record(by, "account.signed_out_elsewhere", "own account", "account")


@transaction.atomic
def switch(*, user: User, on: bool) -> None:
    """Switches an account off, so that nobody can sign in with it, or on again. By whoever runs the service."""
    User.objects.filter(pk=user.pk).update(is_active=on)
    audit.record(
        None,
        "account.switched_on" if on else "account.switched_off",
        str(getattr(user, "person", "an account")),
    )


@transaction.atomic
def take_second_step_away(*, user: User) -> bool:
    """Removes authenticator app, recovery codes and connections elsewhere and ends every session, for somebody who
    has lost what proved them.

    By whoever runs the service, from the command line; False when there was nothing to take.
    """
    removed, _ = Authenticator.objects.filter(user=user).delete()
    disconnected, _ = SocialAccount.objects.filter(user=user).delete()
    if removed or disconnected:
        User.objects.filter(pk=user.pk).update(sessions_ended=F("sessions_ended") + 1)
        sessions.ended_everywhere.send(take_second_step_away, user=user, by=None)
        audit.record(None, "account.second_step_reset", str(getattr(user, "person", "an account")))
    return bool(removed or disconnected)
