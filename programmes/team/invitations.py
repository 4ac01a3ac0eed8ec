"""The invitation that a browser holds: put into its session by a press, read when an account is made."""

from __future__ import annotations

from typing import Final

from allauth.account.signals import user_signed_up
from django.http import HttpRequest

from embedded import links
from embedded.accounts.models import Person, User
from programmes import invitations

HELD: Final = "invitation_token"
FIRST_LEAD: Final = "first_lead"


def hold(request: HttpRequest, token: str) -> None:
    request.session[HELD] = token


def invited_person(request: HttpRequest) -> Person | None:
    """The person behind the invitation that this browser holds, who has no account yet (settings.INVITATION_HOOK)."""
    token = request.session.get(HELD, "")
    invitation = invitations.open_invitation(token)
    person = invitation.membership.person if invitation else first_lead_behind(token)
    return person if person is not None and person.user_id is None else None


def first_lead_behind(token: str) -> Person | None:
    """The person for whom `manage.py first_lead` made a link; None once an account hangs on it."""
    link = links.find(FIRST_LEAD, token)
    if link is None:
        return None
    return Person.objects.filter(pk=link.subject, user=None).first()


def watch_sign_up() -> None:
    """Called once, when Django is ready."""
    user_signed_up.connect(account_made, dispatch_uid="invitation_account_made")


def account_made(sender: object, request: HttpRequest, user: User, **rest: object) -> None:
    """The account has taken over the person whose invitation this browser holds: that invitation's part and no more."""
    invitation = invitations.open_invitation(request.session.get(HELD, ""))
    if invitation is not None and invitation.membership.person.user_id == user.pk:
        invitations.keep_others_apart(invitation.membership)
