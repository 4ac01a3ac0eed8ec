"""What one does to one's own account, beside what allauth does."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db import transaction
from django.db.models import F

from embedded import audit
from embedded.accounts.models import Person, User

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
def end_sessions(*, by: Person, user: User) -> None:
    """Signs the account out in every browser; the caller keeps its own signed in with `update_session_auth_hash`."""
    User.objects.filter(pk=user.pk).update(sessions_ended=F("sessions_ended") + 1)
    user.refresh_from_db(fields=["sessions_ended"])
    audit.record(by, "account.signed_out_everywhere", "own account", "account")


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
        audit.record(None, "account.second_step_reset", str(getattr(user, "person", "an account")))
    return bool(removed or disconnected)
