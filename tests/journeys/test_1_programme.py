"""Journey 1: a lead starts a programme with themes and invites a host manager, who accepts by the letter's link."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

from allauth.mfa.totp.internal import auth

from programmes.models import Invitation, Membership, Programme, Role
from tests.journeys.conftest import Visitor, Way, letter_to, link_in
from tests.journeys.earlier import HOST, UNIVERSITY, places, today
from tests.world import make_person

PASSWORD = "plum trumpet gravel"
MANAGER = "mira.manager@marsh-end.example"


def test_a_programme_is_started_and_its_first_manager_comes_in(
    visit: Callable[..., Visitor], way: Way
) -> None:
    places()
    lead = visit(make_person("Lena Lead", may_start_programmes=True))
    start_a_programme(lead)
    invite_a_manager(lead)
    come_in_by_the_letter(visit())
    lead.go(f"/p/{Programme.objects.get().slug}/team/")
    assert lead.page.locator("main").inner_text().count("Takes part") == 2
    lead.over()


def start_a_programme(lead: Visitor) -> None:
    lead.go("/programmes/new/")
    lead.over()
    lead.keys.type("What is the programme called?", "Side by Side")
    lead.keys.organisation("Which organisation leads it?", "fenw", UNIVERSITY, script=lead.way.script)
    lead.keys.date("When does it start?", today())
    lead.keys.select("Who funds it?", "NIHR Applied Research Collaboration")
    lead.keys.type("Themes", "Ageing well\nStarting well")
    lead.keys.press("Save")
    programme = Programme.objects.get()
    assert [theme.name for theme in programme.themes.order_by("name")] == ["Ageing well", "Starting well"]
    assert lead.path == f"/p/{programme.slug}/team/"
    lead.over()


def invite_a_manager(lead: Visitor) -> None:
    lead.keys.press("Invite somebody")
    lead.over()
    lead.keys.choose("Host manager", "What part will they play?")
    lead.keys.press("Continue")
    lead.over()
    lead.keys.type("Their name", "Mira Manager")
    lead.keys.type("Their email address", MANAGER)
    lead.keys.organisation("Organisation", "marsh", HOST, script=lead.way.script)
    lead.keys.press("Send the invitation")
    lead.says("Sent")
    lead.over()
    if lead.way.name == "wide":  # those whose mail is held back get the link in another way
        lead.keys.press("Copy link")
        lead.says("It is shown this once")
        lead.over()
        lead.keys.follow("People")
        lead.keys.follow("Link copied: invitation of Mira Manager")
        lead.keys.press("Send it again")


def come_in_by_the_letter(manager: Visitor) -> None:
    manager.go(link_in(letter_to(MANAGER)))
    manager.says("You are invited to Side by Side")
    manager.over()
    assert Invitation.objects.get().opened_at is None, "a look at the link changes nothing"
    manager.keys.press("Go on")
    manager.says("Make your account")
    manager.over()
    manager.keys.type("Choose a password", PASSWORD)
    manager.keys.press("Make my account")
    set_up_second_factor(manager)
    manager.over()
    manager.keys.press("Answer the invitation to Side by Side")
    manager.over()
    manager.keys.press("Accept")
    manager.says("You are now part of Side by Side")
    manager.over()
    membership = Membership.objects.get(role=Role.HOST_MANAGER)
    assert membership.accepted_at and membership.organisation
    assert membership.organisation.display_name == HOST


def set_up_second_factor(manager: Visitor) -> None:
    manager.says("Set up two-step sign in")
    manager.over()
    manager.keys.unfold("I cannot scan it")
    found = re.search(r"\b[A-Z2-7]{32}\b", manager.page.locator("code.app-key").inner_text())
    assert found
    code = auth.format_hotp_value(auth.hotp_value(found[0], int(time.time()) // 30))
    manager.keys.type("Code from the app", code)
    manager.keys.press("Switch on two-step sign in")
    manager.says("Your recovery codes")
    manager.over()
    manager.keys.press("I have kept them, continue")
