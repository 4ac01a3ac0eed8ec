"""Permissions change at once (P4): what somebody may no longer do is refused at their very next request."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from embedded.jobs import CannotBeDone
from programmes.models import ActivityMonth, Membership, Report, Residency, ResidencyOrganisation
from programmes.reports.build import compose
from programmes.team.actions import end_membership
from tests.house.addresses import Things, things_in
from tests.reports.telling import ask, keep_made
from tests.world import TODAY, World, make_organisation, make_programme


def end_of(role: str) -> Callable[[Things], None]:
    def end(things: Things) -> None:
        held = Membership.objects.get(person=things.world.people[role])
        lead = things.world.people["programme_lead"]
        end_membership(membership=held, by=lead, on=TODAY())

    return end


def account_off(role: str) -> Callable[[Things], None]:
    def off(things: Things) -> None:
        user = things.world.people[role].user
        assert user is not None
        user.is_active = False
        user.save(update_fields=["is_active"])

    return off


def to_another_host(things: Things) -> None:
    hosting = ResidencyOrganisation.objects.filter(residency=things.world.residency, part="lead_host")
    hosting.update(organisation=make_organisation("The next host"))


def to_another_theme(things: Things) -> None:
    Residency.objects.filter(pk=things.world.residency.pk).update(theme=None)


def to_another_programme(things: Things) -> None:
    """The database lets no residency go whose log is counted, so that goes first."""
    elsewhere = make_programme()
    ActivityMonth.objects.filter(residency=things.world.residency).delete()
    Residency.objects.filter(pk=things.world.residency.pk).update(programme=elsewhere)


def to_a_lesser_role(things: Things) -> None:
    Membership.objects.filter(person=things.world.people["programme_lead"]).update(role="funder")


# who · page within the residency ("" is its own) · what happens · the answer to the next request
CHANGES: list[tuple[str, str, Callable[[Things], None], int]] = [
    ("host_manager", "", end_of("host_manager"), 404),
    ("researcher", "log/", end_of("researcher"), 404),
    ("theme_lead", "uses/", to_another_theme, 404),
    ("host_manager", "access/", to_another_host, 404),
    ("rd_office", "access/", to_another_host, 404),
    ("programme_lead", "", to_another_programme, 404),
    ("programme_lead", "registration/", to_a_lesser_role, 404),
    ("researcher", "log/", account_off("researcher"), 302),
    ("programme_lead", "", account_off("programme_lead"), 302),
]


@pytest.mark.parametrize(("role", "tail", "change", "status"), CHANGES)
def test_p4_the_next_request_is_refused(
    world: World, role: str, tail: str, change: Callable[[Things], None], status: int
) -> None:
    things = things_in(world)
    browser: Client = world.client(role)
    assert browser.get(world.url(tail)).status_code == 200
    change(things)
    for answer in (browser.get(world.url(tail)), browser.post(world.url(tail), {"form_key": "x"})):
        assert answer.status_code == status or (answer.status_code == 405 and status == 404)
        assert b"canary" not in answer.content


@pytest.mark.parametrize("change", [end_of("theme_lead"), account_off("theme_lead")])
def test_p4_a_made_report_is_refused_to_who_may_no_longer_read_it(world: World, change: Any) -> None:
    things = things_in(world)
    theme = world.residency.theme
    report: Report = keep_made(ask(world, theme=theme, by="theme_lead"))
    browser = world.client("theme_lead")
    pdf = f"{report.get_absolute_url()}report.pdf"
    assert [browser.get(address).status_code for address in (report.get_absolute_url(), pdf)] == [200, 200]
    change(things)
    for address in (report.get_absolute_url(), pdf):
        assert browser.get(address).status_code in (302, 404)


@pytest.mark.parametrize("change", [end_of("programme_lead"), account_off("programme_lead")])
def test_p4_a_report_that_waits_is_not_made_for_who_may_no_longer_have_it(world: World, change: Any) -> None:
    things = things_in(world)
    report = ask(world)
    compose(report)
    Membership.objects.filter(person=world.people["programme_officer"]).update(role="programme_lead")
    change(things)
    with pytest.raises(CannotBeDone):
        compose(report)
