"""What may be done changes at once (P4): the same session, the part taken away, the next request refused."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from embedded.jobs import CannotBeDone
from embedded.links import revoke
from embedded.profile.actions import end_sessions
from programmes import invitations
from programmes.models import Membership, Residency, ResidencyOrganisation, Role, Theme
from programmes.registration.actions import save_page
from programmes.reports.build import compose
from programmes.team.actions import end_membership
from tests.house.addresses import Things, address_of, things_in
from tests.house.crawling import write_into
from tests.house.live import live_links
from tests.house.presses import press_of
from tests.house.principals import link_of, switch_off
from tests.reports.telling import ask, keep_made
from tests.world import World, client_of, join, make_organisation, make_person

TODAY = timezone.localdate()
Change = Callable[[Things], None]


def part_of(things: Things, role: str) -> Membership:
    return Membership.objects.get(person=things.world.people[role], role=role, end=None)


def ends(role: str) -> Change:
    """The lead ends somebody's part, as the page of the team does."""

    def change(things: Things) -> None:
        end_membership(membership=part_of(things, role), by=things.world.people["programme_lead"], on=TODAY)

    return change


def runs_out(role: str) -> Change:
    """The last day of a part was yesterday."""

    def change(things: Things) -> None:
        Membership.objects.filter(pk=part_of(things, role).pk).update(end=TODAY)

    return change


def is_switched_off(role: str) -> Change:
    return lambda things: switch_off(things.world.people[role])


def signs_out_everywhere(role: str) -> Change:
    def change(things: Things) -> None:
        person = things.world.people[role]
        assert person.user
        end_sessions(by=person, user=person.user)

    return change


def has_a_new_password(role: str) -> Change:
    def change(things: Things) -> None:
        user = things.world.people[role].user
        assert user
        user.set_password("a much longer sentence than before")
        user.save()

    return change


def moves_to_another_host(things: Things) -> None:
    host = ResidencyOrganisation.objects.filter(residency=things.world.residency, part="lead_host")
    host.update(organisation=make_organisation("Another Trust"))


def moves_to_another_theme(things: Things) -> None:
    """By the page of the registration, as the lead does it."""
    theme = Theme.objects.create(programme=things.world.programme, name="Another theme")
    residency = Residency.objects.get(pk=things.world.residency.pk)
    lead = things.world.people["programme_lead"]
    answers = {"theme_id": theme.pk, "topics": []}
    save_page(residency=residency, page="topics", answers=answers, version=residency.version, by=lead)


def is_lowered(things: Things) -> None:
    """The lead becomes a funder: the programme stays in sight, what leads do does not."""
    lead = things.world.people["programme_lead"]
    join(make_person("Next lead"), Role.PROGRAMME_LEAD, things.world.programme)
    end_membership(membership=part_of(things, "programme_lead"), by=lead, on=TODAY)
    join(lead, Role.FUNDER, things.world.programme)


# role, page that is open before, what happens meanwhile, what the next request is answered with
CHANGES: dict[str, tuple[str, str, Change, int]] = {
    "a part that is ended": ("host_manager", "residency", ends("host_manager"), 404),
    "a part whose last day has passed": (
        "academic_supervisor",
        "residency",
        runs_out("academic_supervisor"),
        404,
    ),
    "a post that is ended": ("researcher", "log", ends("researcher"), 404),
    "a role that is exchanged": ("programme_lead", "team", is_lowered, 403),
    "an account that is switched off": (
        "programme_lead",
        "dashboard",
        is_switched_off("programme_lead"),
        302,
    ),
    "a session that is ended elsewhere": ("researcher", "log", signs_out_everywhere("researcher"), 302),
    "a password that is changed elsewhere": ("researcher", "log", has_a_new_password("researcher"), 302),
    "a residency that moves to another host": ("rd_office", "access", moves_to_another_host, 404),
    "a residency that moves to another theme": ("theme_lead", "residency", moves_to_another_theme, 404),
}


@pytest.mark.parametrize("what", CHANGES)
def test_p4_the_next_request_is_refused_after(world: World, what: str) -> None:
    role, page, change, status = CHANGES[what]
    things = things_in(world)
    browser, address = world.client(role), address_of(page, things)
    assert browser.get(address).status_code == 200
    change(things)
    for answer in (browser.get(address), browser.get(address, headers={"hx-request": "true"})):
        assert answer.status_code == status
        assert b"canary" not in answer.content
        if status == 302:
            assert answer["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("what", ["a post that is ended", "a part that is ended"])
def test_p4_a_form_that_was_open_is_not_taken_either(world: World, what: str) -> None:
    role, _, change, status = CHANGES[what]
    things = things_in(world)
    press = press_of({"researcher": "log", "host_manager": "condition_met"}[role], things)
    browser = press.by(things)
    change(things)
    assert press.send(browser).status_code == status


def test_p4_an_invitation_that_is_withdrawn_opens_nothing(world: World) -> None:
    things, now = things_in(world), timezone.now()
    link = live_links(things)["invitation_open"]
    assert Client().get(link).status_code == 200
    browser = client_of(things.invitation.membership.person)
    assert browser.get(address_of("invitation_accept", things)).status_code == 200
    invitations.withdraw(things.invitation, by=world.people["programme_lead"], at=now, on=TODAY)
    assert Client().get(link).status_code == 410
    assert Client().post(link, {"press": "go"}).status_code == 410
    browser.post(address_of("invitation_accept", things), {"form_key": ""})
    assert not Membership.objects.filter(
        pk=things.invitation.membership_id, accepted_at__isnull=False
    ).exists()


def test_p4_a_link_that_is_ended_opens_nothing(world: World) -> None:
    for name, address in live_links(things_in(world)).items():
        browser = Client()
        assert browser.get(address).status_code == 200, name
        revoke(link_of(address))
        assert browser.get(address).status_code == 410, name
        assert browser.post(address, {"form_key": ""}).status_code == 410, name


def test_p4_words_that_name_somebody_no_more_are_gone_at_once(world: World) -> None:
    things, reader = things_in(world), world.people["academic_supervisor"]
    write_into(things, "For you alone", "people", reader)
    browser, address = world.client("academic_supervisor"), address_of("notes", things)
    assert b"For you alone" in browser.get(address).content
    things.activity.named_readers.remove(reader)
    assert b"For you alone" not in browser.get(address).content


def test_p4_a_report_that_waits_is_not_made_for_whoever_lost_the_part(world: World) -> None:
    """Asked for, then the part is ended: it is not made, and one that was made is not downloaded."""
    things = things_in(world)
    waiting, made = ask(world), keep_made(ask(world, prepared_for="Before"))
    browser = world.client("programme_lead")
    things.report = made
    assert browser.get(address_of("report_pdf", things)).status_code == 200
    is_lowered(things)
    with pytest.raises(CannotBeDone):
        compose(waiting)
    for name in ("report", "report_pdf"):
        assert browser.get(address_of(name, things)).status_code == 403
