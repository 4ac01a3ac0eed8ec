"""Invitations from offer to part, programmes and their words, ending a part, the first lead."""

from __future__ import annotations

import datetime
import re
from io import StringIO
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from embedded.accounts.models import Person, User
from embedded.post.models import Letter
from programmes import invitations
from programmes.models import Invitation, Membership, Programme, Role, Theme
from tests.world import World, client_of, make_person

PASSWORD = "three-words-apart-9"


def invite(world: World, role: str = "hr", by: str = "programme_lead", **fields: Any) -> Any:
    values = {
        "form_key": str(uuid4()),
        "name": "Ines Costa",
        "email": "ines@trust.example",
        "organisation": world.host.display_name,
        "organisation-chosen": f"own:{world.host.code}",
    }
    address = f"/p/{world.programme.slug}/team/invite/?role={role}"
    return world.client(by).post(address, values | fields, follow=True)


def letter_link(pattern: str = r"(/invitation/\S+)") -> str:
    found = re.search(pattern, Letter.objects.latest("pk").text)
    assert found
    return found.group(1)


def page_of(world: World, invitation: Invitation) -> str:
    return f"/p/{world.programme.slug}/team/invitations/{invitation.pk}/"


def test_an_invitation_has_a_state_and_a_letter(world: World) -> None:
    page = invite(world).content.decode()
    assert "Sent" in page
    assert "ines@trust.example" in page
    invitation = Invitation.objects.get()
    assert invitation.membership.organisation == world.host
    assert Letter.objects.filter(to="ines@trust.example").count() == 1


def test_the_invited_make_an_account_and_take_part(world: World) -> None:
    invite(world)
    browser, link = Client(), letter_link()
    for _ in range(3):
        assert "You are invited" in browser.get(link).content.decode()
    assert Invitation.objects.get().opened_at is None
    signup = browser.post(link, {"press": "accept"})
    assert signup.status_code == 302
    assert "/accounts/signup/" in signup["Location"]
    browser.post(signup["Location"], {"email": "ines@trust.example", "password1": PASSWORD})
    user = User.objects.get(email="ines@trust.example")
    invitation = Invitation.objects.get()
    assert user.person == invitation.membership.person
    assert user.emailaddress_set.get().verified, "the letter was opened: no second one to confirm the address"
    answer = client_of(user.person).post(f"/invitations/{invitation.pk}/accept/")
    assert answer.status_code == 302
    membership = Membership.objects.get(person=user.person)
    assert membership.accepted_at is not None


def test_sign_up_is_closed_without_an_invitation(world: World) -> None:
    Client().post("/accounts/signup/", {"email": "any@body.example", "password1": PASSWORD})
    assert not User.objects.filter(email="any@body.example").exists()


def test_copy_link_shows_a_fresh_link_and_ends_the_older_one(world: World) -> None:
    invite(world)
    old, lead = letter_link(), world.client("programme_lead")
    page = lead.post(page_of(world, Invitation.objects.get()), {"press": "copy"}).content.decode()
    fresh = re.search(r"/invitation/[\w-]+/", page)
    assert fresh
    assert Client().get(fresh.group()).status_code == 200
    assert Client().get(old).status_code == 410
    assert "Link copied" in lead.get(f"/p/{world.programme.slug}/team/").content.decode()


def test_without_an_address_there_is_only_the_link(world: World) -> None:
    letters = Letter.objects.count()
    page = invite(world, email="").content.decode()
    assert "No email address" in page
    assert Letter.objects.count() == letters


def test_withdrawing_ends_the_link(world: World) -> None:
    invite(world)
    link = letter_link()
    world.client("programme_lead").post(page_of(world, Invitation.objects.get()), {"press": "withdraw"})
    assert Client().get(link).status_code == 410


def test_declining_is_seen_by_the_inviter(world: World) -> None:
    invite(world)
    assert "Thank you for saying so" in Client().post(letter_link(), {"press": "decline"}).content.decode()
    page = world.client("programme_lead").get(page_of(world, Invitation.objects.get())).content.decode()
    assert "Declined" in page


def test_pressed_twice_is_one_invitation(world: World) -> None:
    key = str(uuid4())
    invite(world, form_key=key)
    invite(world, form_key=key)
    assert Invitation.objects.count() == 1


def test_an_expired_link_says_the_same_as_none(world: World) -> None:
    invite(world)
    link = Invitation.objects.get().link
    link.made_at -= datetime.timedelta(days=40)
    link.expires_at = timezone.now() - datetime.timedelta(seconds=1)
    link.save()
    old, never = Client().get(letter_link()), Client().get("/invitation/k1_never/")
    assert (old.status_code, never.status_code) == (410, 410)


@pytest.mark.parametrize("role", ["programme_lead", "theme_lead"])
def test_an_officer_cannot_make_leads(world: World, role: str) -> None:
    address = f"/p/{world.programme.slug}/team/invite/?role={role}"
    assert "What part will they play?" in world.client("programme_officer").get(address).content.decode()
    assert "What part will they play?" not in world.client("programme_lead").get(address).content.decode()


def test_a_theme_lead_invites_to_own_residencies_only(world: World) -> None:
    page = world.client("theme_lead").get(f"/p/{world.programme.slug}/team/invite/").content.decode()
    assert "Public partner" in page
    assert "Programme officer" not in page


@pytest.mark.parametrize("role", ["host_manager", "researcher", "hr", "funder"])
def test_others_cannot_invite(world: World, role: str) -> None:
    assert world.client(role).get(f"/p/{world.programme.slug}/team/invite/").status_code == 403


def test_invitations_of_another_programme_are_a_404(world: World, other_world: World) -> None:
    invite(world)
    invitation = Invitation.objects.get()
    lead = other_world.client("programme_lead")
    assert lead.get(page_of(world, invitation)).status_code == 404
    assert lead.get(page_of(other_world, invitation)).status_code == 404
    assert lead.post(f"/invitations/{invitation.pk}/accept/").status_code == 404


def test_ending_a_part_works_at_once(world: World) -> None:
    membership = Membership.objects.get(person=world.people["hr"])
    client = world.client("hr")
    assert client.get(world.url()).status_code == 200
    world.client("programme_lead").post(f"/p/{world.programme.slug}/team/{membership.pk}/end/")
    assert client.get(world.url()).status_code == 404


def test_the_last_lead_stays(world: World) -> None:
    lead = Membership.objects.get(person=world.people["programme_lead"])
    page = world.client("programme_lead").post(f"/p/{world.programme.slug}/team/{lead.pk}/end/", follow=True)
    assert "Invite another programme lead first" in page.content.decode()
    lead.refresh_from_db()
    assert lead.end is None


def programme_form(world: World, **fields: Any) -> dict[str, Any]:
    values = {
        "form_key": str(uuid4()),
        "name": "Care Closer to Home",
        "lead_organisation": world.university.display_name,
        "lead_organisation-chosen": f"own:{world.university.code}",
        "start_day": 1,
        "start_month": 4,
        "start_year": 2026,
        "scheme": "arc",
        "themes": "Ageing well\n\nFirst 1,000 days\nAgeing well",
        "residency_word": "placement",
        "residencies_word": "placements",
        "researcher_word": "researcher in residence",
        "researchers_word": "researchers in residence",
    }
    return values | fields


def test_a_programme_starts_with_themes_and_its_own_words(world: World) -> None:
    founder = make_person("Founder", may_start_programmes=True)
    answer = client_of(founder).post("/programmes/new/", programme_form(world), follow=True)
    assert answer.status_code == 200
    programme = Programme.objects.get(name="Care Closer to Home")
    assert (programme.slug, programme.code_prefix) == ("care-closer-to-home", "CCTH")
    assert [theme.name for theme in programme.themes.all()] == ["Ageing well", "First 1,000 days"]
    assert Membership.objects.get(programme=programme).role == "programme_lead"
    page = client_of(founder).get(f"/p/{programme.slug}/residencies/").content.decode()
    assert "Register a placement" in page


@pytest.mark.parametrize(
    ("role", "status"), [("programme_lead", 200), ("programme_officer", 403), ("hr", 403)]
)
def test_who_may_start_a_programme(world: World, role: str, status: int) -> None:
    assert world.client(role).get("/programmes/new/").status_code == status


def test_themes_in_use_stay_when_the_programme_changes(world: World) -> None:
    form = programme_form(world, version=1, themes="New theme")
    world.client("programme_lead").post(f"/p/{world.programme.slug}/settings/", form)
    assert set(Theme.objects.filter(programme=world.programme).values_list("name", flat=True)) == {
        "Ageing well",
        "New theme",
    }


def test_the_first_lead_of_an_empty_installation(db: None) -> None:
    printed = StringIO()
    call_command("first_lead", stdout=printed)
    found = re.search(r"(/start/\S+)", printed.getvalue())
    assert found
    browser = Client()
    named = {"form_key": str(uuid4()), "name": "Ada Rees", "email": "ada@arc.example"}
    signup = browser.post(found.group(1), named)
    assert "/accounts/signup/" in signup["Location"]
    browser.post(signup["Location"], {"email": "ada@arc.example", "password1": PASSWORD})
    person = Person.objects.get(display_name="Ada Rees")
    assert person.user is not None
    assert client_of(person).get("/programmes/new/").status_code == 200
    assert Client().get(found.group(1)).status_code == 410
    again = StringIO()
    call_command("first_lead", stdout=again)
    assert "There are accounts already" in again.getvalue()


@pytest.mark.parametrize("press", ["copy", "resend", "withdraw"])
def test_an_officer_cannot_take_the_link_of_a_lead_who_is_invited(world: World, press: str) -> None:
    """Whoever may not give a part may not hold its link: opened by the officer, it would make the officer a lead."""
    waiting = offered(world, world, Role.PROGRAMME_LEAD)
    officer = world.client("programme_officer")
    assert b'value="copy"' not in officer.get(page_of(world, waiting)).content
    assert officer.post(page_of(world, waiting), {"press": press}).status_code == 403
    assert b'value="copy"' in world.client("programme_lead").get(page_of(world, waiting)).content


def offered(theirs: World, by: World, role: str, place: Any = None) -> Invitation:
    """Ines Costa is invited, by the lead of either programme."""
    return invitations.offer(
        person=invitations.person_called("Ines Costa", "ines@trust.example"),
        programme=theirs.programme,
        role=role,
        place=place,
        by=by.people["programme_lead"],
        at=timezone.now(),
        on=timezone.localdate(),
    )


def test_a_copied_link_answers_no_other_invitation_of_that_name(world: World, other_world: World) -> None:
    """A lead elsewhere invites the same name, copies the link and makes the account: what waits here stays here."""
    here = offered(world, world, Role.PROGRAMME_LEAD)
    theirs = offered(other_world, other_world, Role.HR, other_world.host)
    address = invitations.link_to_copy(theirs, by=other_world.people["programme_lead"], at=timezone.now())
    browser = Client()
    signup = browser.post(address, {"press": "accept"})["Location"]
    browser.post(signup, {"email": "mallory@elsewhere.example", "password1": PASSWORD})
    account = User.objects.get(email="mallory@elsewhere.example")
    theirs.refresh_from_db()
    assert theirs.membership.person == account.person
    signed_in = client_of(account.person)
    assert signed_in.post(f"/invitations/{here.pk}/accept/").status_code == 404
    here.refresh_from_db()
    assert here.membership.person.user is None
    assert here.membership.accepted_at is None
    assert signed_in.get(f"/p/{world.programme.slug}/").status_code == 404


def test_each_link_of_two_is_accepted_by_the_same_account(world: World, other_world: World) -> None:
    """Both letters, opened one after the other by the person they were written to."""
    first, second = offered(world, world, Role.FUNDER), offered(other_world, other_world, Role.FUNDER)
    user = User.objects.create(email="ines@trust.example")
    for one in (first, second):
        invitations.accept(Invitation.objects.get(pk=one.pk), user=user, at=timezone.now())
    assert set(Membership.objects.filter(person=user.person).values_list("programme", flat=True)) == {
        world.programme.pk,
        other_world.programme.pk,
    }


def test_a_programme_may_ask_for_half_days_alone(world: World) -> None:
    lead, settings = world.client("programme_lead"), f"/p/{world.programme.slug}/settings/"
    for version, ticked in ((1, True), (2, False)):
        form = programme_form(world, version=version) | ({"half_days_only": "on"} if ticked else {})
        lead.post(settings, form)
        world.programme.refresh_from_db()
        assert world.programme.half_days_only is ticked
    founder = client_of(make_person("Founder", may_start_programmes=True))
    assert b"half-days" not in founder.get("/programmes/new/").content
