"""Offers of a membership: made, sent, copied as a link, accepted, withdrawn. For every errand that invites."""

from __future__ import annotations

import datetime
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from embedded import audit, links, post
from embedded.accounts.models import Person, User
from programmes.models import (
    Invitation,
    Membership,
    Organisation,
    Placement,
    Programme,
    Residency,
    Role,
    Theme,
)

PURPOSE: Final = "invitation"


class InvitationRefused(Exception):
    """It cannot be done; the text is an instruction that a page can show."""


def person_called(name: str, email: str) -> Person:
    """The person of that name and address, or a new one: two people may share an address (users.md §5)."""
    name, email = name.strip(), email.strip().lower()
    found = (
        Person.objects.filter(display_name__iexact=name, email__iexact=email)
        if email
        else Person.objects.none()
    )
    return found.order_by("pk").first() or Person.objects.create(display_name=name, email=email)


@transaction.atomic
def offer(
    *,
    person: Person,
    programme: Programme,
    role: str,
    by: Person,
    at: datetime.datetime,
    on: datetime.date,
    place: Theme | Organisation | Residency | None = None,
    on_behalf_of: Person | None = None,
) -> Invitation:
    """Offers a membership from the day `on` and writes the letter; without an address there is only the link to
    copy. `place` narrows it to a theme, an organisation or a residency. InvitationRefused if it is held already."""
    narrowed = {
        "theme": place if isinstance(place, Theme) else None,
        "organisation": place if isinstance(place, Organisation) else None,
        "residency": place if isinstance(place, Residency) else None,
    }
    held = Membership.objects.filter(
        person=person, programme=programme, role=role, end=None, **narrowed
    ).first()
    if held is not None:
        state = "is" if held.accepted_at else "has been invited as"
        raise InvitationRefused(
            f"{person} {state} {Role(role).label.lower()} already. Choose another role or person."
        )
    membership = Membership.objects.create(
        person=person,
        programme=programme,
        role=role,
        start=on,
        invited_by=by,
        **narrowed,
    )
    link, token = links.issue(PURPOSE, str(membership.pk), by=by)
    invitation = Invitation.objects.create(membership=membership, email=person.email, link=link)
    _record(invitation, "invitation.made", by, on_behalf_of)
    _send(invitation, token, at)
    return invitation


def is_asked(residency: Residency, email: str, role: str) -> bool:
    """Whether somebody of that address holds the role here, or has been invited to it."""
    held = residency.memberships.filter(role=role, end=None)
    return held.filter(Q(person__email__iexact=email) | Q(invitations__email__iexact=email)).exists()


@transaction.atomic
def invite_supervisors(residency: Residency, *, by: Person, at: datetime.datetime, on: datetime.date) -> None:
    """Invites each academic supervisor who is named with an address, unless they have been invited already."""
    for name, email in supervisors_to_invite(residency):
        offer(
            person=person_called(name, email),
            programme=residency.programme,
            role=Role.ACADEMIC_SUPERVISOR,
            place=residency,
            by=by,
            at=at,
            on=on,
        )


def supervisors_to_invite(residency: Residency) -> list[tuple[str, str]]:
    """(name, address) of the academic supervisors who have not been invited; without an address they cannot be."""
    named = (
        (residency.academic_supervisor_name, residency.academic_supervisor_email),
        (residency.second_supervisor_name, residency.second_supervisor_email),
    )
    return [
        (name, email)
        for name, email in dict.fromkeys(named)
        if name and email and not is_asked(residency, email, Role.ACADEMIC_SUPERVISOR)
    ]


def open_invitation(token: str) -> Invitation | None:
    """The invitation behind a link, or None alike for never existed, expired and withdrawn. Changes nothing: mail
    scanners open links too."""
    link = links.find(PURPOSE, token)
    if link is None:
        return None
    return (
        Invitation.objects.filter(link=link)
        .select_related(
            "membership__person",
            "membership__programme",
            "membership__theme",
            "membership__organisation",
            "membership__residency",
            "membership__invited_by",
        )
        .first()
    )


def note_opened(invitation: Invitation, *, at: datetime.datetime) -> None:
    """Keeps the first moment at which somebody went on from the link; called for a press, never for a look."""
    Invitation.objects.filter(pk=invitation.pk, opened_at=None).update(opened_at=at)
    invitation.refresh_from_db(fields=["opened_at"])


@transaction.atomic
def accept(invitation: Invitation, *, user: User, at: datetime.datetime) -> Membership:
    """Makes the membership live for whoever holds the account. An account without a person becomes the invited
    one; one that has a person already takes the membership, and the post that goes with it, over to that person.
    Accepting twice is accepting once; InvitationRefused when it was withdrawn or declined."""
    invitation = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    membership = invitation.membership
    if invitation.withdrawn_at or invitation.declined_at or membership.end is not None:
        raise InvitationRefused("This invitation was withdrawn. Ask whoever invited you for a new one.")
    if invitation.accepted_at:
        if membership.person.user_id != user.pk:
            raise InvitationRefused(
                "This invitation was accepted already. Sign in with the account that accepted it."
            )
        return membership
    _settle_person(membership, user)
    membership.accepted_at = at
    membership.save(update_fields=["person", "accepted_at"])
    invitation.accepted_at = at
    invitation.opened_at = invitation.opened_at or at
    invitation.save(update_fields=["accepted_at", "opened_at"])
    links.use(invitation.link)
    _record(invitation, "invitation.accepted", membership.person, None)
    return membership


@transaction.atomic
def decline(invitation: Invitation, *, at: datetime.datetime, on: datetime.date) -> None:
    """The invited person says no; the inviter sees it and may invite somebody else."""
    _close(invitation, "declined_at", at, on)
    _record(invitation, "invitation.declined", invitation.membership.person, None)


@transaction.atomic
def withdraw(invitation: Invitation, *, by: Person, at: datetime.datetime, on: datetime.date) -> None:
    """Ends the link and the offer. InvitationRefused once it was accepted."""
    _close(invitation, "withdrawn_at", at, on)
    _record(invitation, "invitation.withdrawn", by, None)


@transaction.atomic
def resend(invitation: Invitation, *, by: Person, at: datetime.datetime) -> None:
    """Writes the letter again with a fresh link; the old link ends."""
    if not invitation.email:
        raise InvitationRefused("There is no email address. Copy the link instead.")
    _send(invitation, _fresh_token(invitation, by), at)
    _record(invitation, "invitation.sent_again", by, None)


@transaction.atomic
def link_to_copy(invitation: Invitation, *, by: Person, at: datetime.datetime) -> str:
    """A fresh link, shown this once, for those whose mail is quarantined; the old link ends."""
    token = _fresh_token(invitation, by)
    invitation.link_copied_at = at
    invitation.save(update_fields=["link_copied_at"])
    _record(invitation, "invitation.link_copied", by, None)
    return address_of(token)


def address_of(token: str) -> str:
    """The whole address of an invitation's page."""
    return settings.BASE_URL + reverse("invitation_open", args=[token])


def state_of(invitation: Invitation, at: datetime.datetime) -> str:
    """How the invitation stands, in words: read from its dates."""
    stages = (
        (invitation.accepted_at, "Accepted"),
        (invitation.declined_at, "Declined"),
        (invitation.withdrawn_at, "Withdrawn"),
        (invitation.link.expires_at <= at, "Expired"),
        (invitation.opened_at, "Opened"),
        (invitation.link_copied_at, "Link copied"),
        (invitation.sent_at, "Sent"),
    )
    return next((words for reached, words in stages if reached), "Not sent yet")


@transaction.atomic
def keep_others_apart(membership: Membership) -> None:
    """Called when an account takes the invited person over: whatever else waits for an answer under that name stays
    with a person of its own, and only its own link opens it. Whoever may copy one link could otherwise answer all."""
    person = membership.person
    others = Membership.objects.filter(person=person, accepted_at=None, end=None).exclude(pk=membership.pk)
    waiting = list(others.select_related("programme"))
    if not waiting:
        return
    apart = Person.objects.create(
        display_name=person.display_name, email=person.email, is_demonstration=person.is_demonstration
    )
    places = {one.residency_id for one in waiting if one.residency_id} - {membership.residency_id}
    Placement.objects.filter(person=person, residency__in=places, accepted_on=None).update(person=apart)
    others.update(person=apart)
    for one in waiting:
        what = f"{apart}, {one.get_role_display()}"
        audit.record(person, "invitation.kept_apart", what, f"p/{one.programme.slug}")


def _settle_person(membership: Membership, user: User) -> None:
    """Puts the account and the invited person together."""
    invited, holder = membership.person, Person.objects.filter(user=user).first()
    if holder is None and invited.user_id is None:
        keep_others_apart(membership)
        invited.user = user
        invited.save(update_fields=["user"])
        return
    if holder is None:
        holder = Person.objects.create(user=user, email=user.email, display_name=invited.display_name)
    if holder.pk == invited.pk:
        return
    if Membership.objects.filter(
        person=holder,
        programme=membership.programme,
        theme=membership.theme,
        organisation=membership.organisation,
        residency=membership.residency,
        role=membership.role,
        end=None,
    ).exists():
        raise InvitationRefused(f"{holder} is {membership.get_role_display().lower()} already.")
    if membership.residency_id:
        Placement.objects.filter(person=invited, residency_id=membership.residency_id).update(person=holder)
    membership.person = holder


def _fresh_token(invitation: Invitation, by: Person) -> str:
    _refuse_if_settled(invitation)
    invitation.link, token = links.renew(invitation.link, by=by)
    invitation.save(update_fields=["link"])
    return token


def _close(invitation: Invitation, field: str, at: datetime.datetime, on: datetime.date) -> None:
    _refuse_if_settled(invitation)
    setattr(invitation, field, at)
    invitation.save(update_fields=[field])
    membership = invitation.membership
    membership.end = max(on, membership.start)
    membership.save(update_fields=["end"])
    links.revoke(invitation.link)


def _refuse_if_settled(invitation: Invitation) -> None:
    Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    invitation.refresh_from_db(fields=["accepted_at", "declined_at", "withdrawn_at"])
    if invitation.accepted_at:
        raise InvitationRefused("This invitation was accepted already.")
    if invitation.declined_at or invitation.withdrawn_at:
        raise InvitationRefused("This invitation has ended. Invite again.")


def _send(invitation: Invitation, token: str, at: datetime.datetime) -> None:
    if not invitation.email:
        return
    membership = invitation.membership
    post.write(
        to=invitation.email,
        subject=f"{membership.invited_by} invites you to {membership.programme}",
        template="invitation",
        context={
            "person": membership.person.display_name,
            "inviter": str(membership.invited_by or membership.programme.lead_organisation),
            "role": _role_words(membership),
            "place": _place_words(membership),
            "programme": membership.programme.name,
            "address": address_of(token),
        },
        key=f"invitation/{invitation.link_id}",
    )
    invitation.sent_at = at
    invitation.save(update_fields=["sent_at"])


def letter_problem(invitation: Invitation) -> str:
    """Why its letter could not be sent, in a sentence; "" while all is well."""
    return post.problem_of(f"invitation/{invitation.link_id}")


def _role_words(membership: Membership) -> str:
    """The role as the programme calls it."""
    if membership.role == Role.RESEARCHER:
        return membership.programme.researcher_word
    return membership.get_role_display()


def _place_words(membership: Membership) -> str:
    residency = membership.residency
    return residency.title if residency else str(membership.place)


def _record(invitation: Invitation, deed: str, by: Person, on_behalf_of: Person | None) -> None:
    membership = invitation.membership
    place = f"p/{membership.programme.slug}"
    if membership.residency:
        place += f"/r/{membership.residency.code}"
    audit.record(
        by,
        deed,
        f"{membership.person}, {membership.get_role_display()}",
        place,
        on_behalf_of=on_behalf_of,
        details={"role": membership.role},
    )
