"""Invitations: offered once, told by letter or by a link to copy, accepted once, withdrawn for good."""

from __future__ import annotations

import datetime
import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from embedded.accounts.models import Person, User
from embedded.audit.models import Event
from embedded.post.models import Letter
from programmes import invitations
from programmes.invitations import InvitationRefused
from programmes.models import Invitation, Membership, Placement, Role
from tests.world import World, make_person, make_world

NOW = timezone.now()
TODAY = timezone.localdate()


def offer(world: World, person: Person | None = None, **fields: Any) -> Invitation:
    person = person or invitations.person_called("Rae Newcomer", "rae@people.example")
    values = {
        "programme": world.programme,
        "role": Role.RESEARCHER,
        "place": world.residency,
        "by": world.people["programme_lead"],
        "at": NOW,
        "on": TODAY,
    }
    return invitations.offer(person=person, **(values | fields))


def token_in(text: str) -> str:
    return re.search(r"/invitation/(\S+)/", text)[1]  # type: ignore[index]


def make_user(email: str = "rae@people.example") -> User:
    return User.objects.create(email=email)


def test_offer_writes_a_letter_with_the_link(world: World) -> None:
    invitation = offer(world)
    letter = Letter.objects.get()
    assert letter.to == "rae@people.example" and "embedded researcher" in letter.text
    found = invitations.open_invitation(token_in(letter.text))
    assert found == invitation and invitation.sent_at == NOW
    assert not Membership.objects.filter(pk=invitation.membership_id).live_on(TODAY).exists()
    event = Event.objects.get(deed="invitation.made")
    assert "rae@people.example" not in str(event.details)


def test_offer_without_an_address_has_only_the_link_to_copy(world: World) -> None:
    invitation = offer(world, invitations.person_called("Nora Without", ""))
    assert not Letter.objects.exists() and invitations.state_of(invitation, NOW) == "Not sent yet"
    with pytest.raises(InvitationRefused, match="Copy the link"):
        invitations.resend(invitation, by=world.people["programme_lead"], at=NOW)
    link = invitations.link_to_copy(invitation, by=world.people["programme_lead"], at=NOW)
    assert invitations.open_invitation(token_in(link)) == invitation
    assert invitations.state_of(invitation, NOW) == "Link copied"


def test_offer_of_what_is_held_already_is_refused(world: World) -> None:
    offer(world)
    with pytest.raises(InvitationRefused, match="has been invited"):
        offer(world)
    with pytest.raises(InvitationRefused, match="already"):
        offer(world, world.people["researcher"])


def test_copied_link_ends_the_one_in_the_letter(world: World) -> None:
    invitation = offer(world)
    sent = token_in(Letter.objects.get().text)
    link = invitations.link_to_copy(invitation, by=world.people["programme_lead"], at=NOW)
    assert invitations.open_invitation(sent) is None
    assert invitations.open_invitation(token_in(link)) == invitation


def test_looking_changes_nothing_and_going_on_is_noted_once(world: World) -> None:
    invitation = offer(world)
    invitations.open_invitation(token_in(Letter.objects.get().text))
    invitation.refresh_from_db()
    assert invitation.opened_at is None
    invitations.note_opened(invitation, at=NOW)
    invitations.note_opened(invitation, at=NOW + datetime.timedelta(hours=1))
    assert invitation.opened_at == NOW and invitations.state_of(invitation, NOW) == "Opened"


def test_accepting_makes_the_account_the_invited_person(world: World) -> None:
    invitation, user = offer(world), make_user()
    for _ in range(2):
        membership = invitations.accept(invitation, user=user, at=NOW)
    assert membership.person.user == user and membership.person.display_name == "Rae Newcomer"
    assert Membership.objects.filter(pk=membership.pk).live_on(TODAY).exists()
    assert Event.objects.filter(deed="invitation.accepted").count() == 1


def test_accepting_with_an_account_of_one_s_own_takes_the_post_along(world: World) -> None:
    invitation = offer(world)
    Placement.objects.create(
        residency=world.residency, person=invitation.membership.person, wte="0.4", start=TODAY
    )
    holder = make_person("Rae Elsewhere")
    membership = invitations.accept(invitation, user=holder.user, at=NOW)
    assert membership.person == holder
    assert world.residency.placements.filter(person=holder).count() == 1


def test_accepting_what_somebody_else_accepted_is_refused(world: World) -> None:
    invitation = offer(world)
    invitations.accept(invitation, user=make_user(), at=NOW)
    with pytest.raises(InvitationRefused, match="accepted already"):
        invitations.accept(invitation, user=make_user("other@people.example"), at=NOW)


@pytest.mark.parametrize("ending", ["withdraw", "decline"])
def test_what_has_ended_cannot_be_accepted_and_can_be_offered_again(world: World, ending: str) -> None:
    invitation = offer(world)
    token = token_in(Letter.objects.get().text)
    if ending == "withdraw":
        invitations.withdraw(invitation, by=world.people["programme_lead"], at=NOW, on=TODAY)
    else:
        invitations.decline(invitation, at=NOW, on=TODAY)
    assert invitations.open_invitation(token) is None
    with pytest.raises(InvitationRefused):
        invitations.accept(invitation, user=make_user(), at=NOW)
    with pytest.raises(InvitationRefused):
        invitations.resend(invitation, by=world.people["programme_lead"], at=NOW)
    assert offer(world).pk != invitation.pk


def test_accepted_one_cannot_be_withdrawn(world: World) -> None:
    invitation = offer(world)
    invitations.accept(invitation, user=make_user(), at=NOW)
    with pytest.raises(InvitationRefused):
        invitations.withdraw(invitation, by=world.people["programme_lead"], at=NOW, on=TODAY)


def test_sent_again_is_a_second_letter_with_a_fresh_link(world: World) -> None:
    invitation = offer(world)
    first = token_in(Letter.objects.get().text)
    invitations.resend(invitation, by=world.people["programme_lead"], at=NOW)
    second = token_in(Letter.objects.exclude(text__contains=first).get().text)
    assert invitations.open_invitation(first) is None
    assert invitations.open_invitation(second) == invitation


def test_expired_one_says_so_and_can_be_sent_again(world: World) -> None:
    invitation = offer(world)
    later = NOW + datetime.timedelta(days=29)
    assert invitations.state_of(invitation, later) == "Expired"


def test_two_people_may_share_an_address(db: None) -> None:
    first = invitations.person_called("Ann Shared", "home@people.example")
    assert invitations.person_called("Bob Shared", "home@people.example") != first
    assert invitations.person_called("ann shared", "HOME@people.example") == first


@pytest.mark.django_db(transaction=True)
def test_accepted_at_the_same_time_by_two_is_accepted_by_one(transactional_db: None) -> None:
    world = make_world()
    invitation = offer(world)
    users = [make_user(f"user{number}@people.example") for number in range(6)]

    def accept(user: User) -> bool:
        try:
            invitations.accept(invitation, user=user, at=NOW)
        except InvitationRefused:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(accept, users)) == 1
