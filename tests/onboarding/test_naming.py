"""Naming the person (V-12, V-14), accepting the post, starting with and without the permission in law (V-13)."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from embedded.audit.models import Event
from embedded.post.models import Letter
from programmes import clearance
from programmes.models import (
    AccessItem,
    OrganisationPart,
    Placement,
    Residency,
    ResidencyOrganisation,
    Role,
    Stage,
    StartOverride,
)
from tests.registration.filled import TODAY, boxes, chosen, key
from tests.world import World, client_of, join, make_organisation, make_person, make_residency

DAY = datetime.timedelta(days=1)


@pytest.fixture
def approved(world: World) -> Residency:
    return make_residency(world.programme, world.host, Stage.APPROVED)


def at(residency: Residency, tail: str) -> str:
    return f"/p/{residency.programme.slug}/r/{residency.code}/{tail}/"


def name_person(client: Client, residency: Residency, form_key: str = "", **fields: str) -> Any:
    assert residency.planned_start and residency.planned_end
    typed = {
        "form_key": form_key or key(),
        "name": "Rae Newcomer",
        "email": "rae@people.example",
        "days": "3",
    }
    typed |= boxes("start", residency.planned_start) | boxes("end", residency.planned_end)
    response = client.post(at(residency, "appoint"), typed | fields)
    residency.refresh_from_db()
    return response


def test_naming_makes_the_post_its_short_list_and_the_invitation(world: World, approved: Residency) -> None:
    client = world.client("host_manager")
    assert name_person(client, approved, **chosen("employer", world.university))["Location"] == at(
        approved, "access"
    )
    placement = approved.placements.get()
    assert (placement.wte, placement.start, placement.end, placement.employer) == (
        Decimal("0.60"),
        approved.planned_start,
        approved.planned_end,
        world.university,
    )
    assert approved.stage == Stage.ONBOARDING and approved.researcher_name == "Rae Newcomer"
    kinds = set(placement.access_items.values_list("kind", flat=True))
    assert "letter_of_access" in kinds and len(kinds) <= 6
    assert Letter.objects.get().to == "rae@people.example"
    membership = approved.memberships.get()
    assert (membership.role, membership.accepted_at) == (Role.RESEARCHER, None)
    assert Event.objects.filter(deed="residency.person_named").count() == 1


def test_naming_lists_at_most_six_things_at_each_host(world: World, approved: Residency) -> None:
    second = make_organisation("Made Up Council", "local_authority")
    ResidencyOrganisation.objects.create(residency=approved, organisation=second, part=OrganisationPart.HOST)
    name_person(world.client("host_manager"), approved)
    items = approved.placements.get().access_items
    assert items.filter(host=world.host).count() <= 6 and items.filter(host=second).count() <= 6


def test_naming_pressed_twice_is_one_post(world: World, approved: Residency) -> None:
    client, same = world.client("host_manager"), key()
    for _ in range(2):
        name_person(client, approved, form_key=same)
    assert approved.placements.count() == 1 and Letter.objects.count() == 1


@pytest.mark.parametrize(
    ("start", "end", "instruction"),
    [
        (-1, 0, "Start date must be the same as or after"),
        (0, 1, "End date must be the same as or before"),
        (0, 0, ""),
        (1, -1, ""),
    ],
)
def test_post_lies_within_the_residency_s_own_dates(
    world: World, approved: Residency, start: int, end: int, instruction: str
) -> None:
    """V-12."""
    assert approved.planned_start and approved.planned_end
    dates = boxes("start", approved.planned_start + start * DAY) | boxes(
        "end", approved.planned_end + end * DAY
    )
    page = name_person(world.client("host_manager"), approved, **dates)
    assert approved.placements.exists() is not bool(instruction)
    assert instruction in page.content.decode()


@pytest.mark.parametrize(
    ("fields", "wte"),
    [
        ({"days": "0.25"}, "0.05"),
        ({"days": "5"}, "1.00"),
        ({"days": "", "share": "0.05"}, "0.05"),
        ({"days": "", "share": "1"}, "1.00"),
        ({"days": "3", "share": "0.6"}, "0.60"),
    ],
)
def test_share_of_full_time_is_given_as_days_or_as_a_share(
    world: World, approved: Residency, fields: dict[str, str], wte: str
) -> None:
    """V-14: 0.05 to 1.00."""
    name_person(world.client("host_manager"), approved, **fields)
    assert approved.placements.get().wte == Decimal(wte)


@pytest.mark.parametrize(
    ("fields", "instruction"),
    [
        ({"days": "0.2"}, "Days a week must be between 0.25 and 5"),
        ({"days": "5.1"}, "Days a week must be between 0.25 and 5"),
        ({"days": "", "share": "0.04"}, "Share of full time must be between 0.05 and 1.00"),
        ({"days": "", "share": "1.01"}, "Share of full time must be between 0.05 and 1.00"),
        ({"days": ""}, "Enter the days a week, or the share of full time"),
        ({"days": "3", "share": "0.8"}, "these two do not say the same"),
        ({"name": ""}, "Enter the full name"),
        ({"email": "rae"}, "Enter an email address in the correct format"),
    ],
)
def test_naming_says_what_to_put_right(
    world: World, approved: Residency, fields: dict[str, str], instruction: str
) -> None:
    page = name_person(world.client("host_manager"), approved, **fields).content.decode()
    assert instruction in page and "<title>Error: " in page and not approved.placements.exists()


@pytest.mark.parametrize(("days", "right"), [("2", True), ("2.1", False)])
def test_posts_at_one_time_are_full_time_at_most(
    world: World, approved: Residency, days: str, right: bool
) -> None:
    """V-14: 0.60 is held already."""
    holder = world.people["researcher"]
    fields = {"name": holder.display_name, "email": holder.email, "days": days}
    page = name_person(world.client("host_manager"), approved, **fields).content.decode()
    assert approved.placements.exists() is right
    assert right or "With other posts in this programme that is 1.02 of full time" in page


def test_second_post_of_the_same_person_needs_no_second_invitation(world: World) -> None:
    residency, holder = world.residency, world.people["researcher"]
    fields = {"name": holder.display_name, "email": holder.email, "days": "1"}
    name_person(world.client("host_manager"), residency, **fields)
    assert residency.placements.count() == 2 and not Letter.objects.exists()
    assert residency.stage == Stage.ACTIVE


def test_posts_of_another_programme_are_not_told(
    world: World, other_world: World, approved: Residency
) -> None:
    holder = other_world.people["researcher"]
    fields = {"name": holder.display_name, "email": holder.email, "days": "5"}
    name_person(world.client("host_manager"), approved, **fields)
    assert approved.placements.get().wte == Decimal("1.00")


@pytest.mark.parametrize(("share", "warned"), [("0.8", False), ("0.81", True)])
def test_more_than_four_fifths_outside_the_academic_home_is_warned_of(
    world: World, approved: Residency, share: str, warned: bool
) -> None:
    """V-14."""
    client = world.client("host_manager")
    name_person(client, approved, days="", share=share, **chosen("employer", world.university))
    assert ("Agree what time is left for it" in client.get(at(approved, "access")).content.decode()) is warned


@pytest.mark.parametrize("stage", [Stage.IDEA, Stage.SCOPING, Stage.ENDED])
def test_nobody_is_named_before_it_is_approved_or_after_it_ended(world: World, stage: str) -> None:
    residency = make_residency(world.programme, world.host, stage)
    client = world.client("host_manager")
    assert "This cannot be done now" in client.get(at(residency, "appoint")).content.decode()
    name_person(client, residency)
    assert not residency.placements.exists()


@pytest.mark.parametrize("role", ["researcher", "rd_office", "hr", "academic_supervisor", "exec_sponsor"])
@pytest.mark.parametrize("tail", ["appoint", "start"])
def test_naming_and_starting_are_refused_to_those_who_do_not_set_up(
    world: World, role: str, tail: str
) -> None:
    assert world.client(role).get(at(world.residency, tail)).status_code == 403


@pytest.mark.parametrize("tail", ["appoint", "accept", "access", "start"])
def test_pages_of_a_stranger_are_not_found(world: World, other_world: World, tail: str) -> None:
    assert other_world.client("programme_lead").get(at(world.residency, tail)).status_code == 404


# accepting


def test_post_is_accepted_by_one_press_and_told(world: World) -> None:
    Placement.objects.filter(pk=world.placement.pk).update(accepted_on=None)
    client = world.client("researcher")
    assert "Accept the post" in client.get(at(world.residency, "accept")).content.decode()
    for _ in range(2):
        assert client.post(at(world.residency, "accept"))["Location"] == at(world.residency, "access")
    world.placement.refresh_from_db()
    assert world.placement.accepted_on == TODAY
    assert Event.objects.filter(deed="placement.accepted").count() == 1
    assert Letter.objects.filter(subject__endswith="has accepted the post").count() == 1


def test_accepting_says_how_to_reach_the_manager_first(world: World) -> None:
    Placement.objects.filter(pk=world.placement.pk).update(accepted_on=None)
    manager = {"host_manager_name": "Mary Ward", "host_manager_email": "mary@trust.example"}
    Residency.objects.filter(pk=world.residency.pk).update(**manager)
    page = world.client("researcher").get(at(world.residency, "accept")).content.decode()
    assert 'href="mailto:mary@trust.example">mary@trust.example</a>' in page


def test_post_is_accepted_by_its_own_person_only(world: World) -> None:
    assert world.client("programme_lead").get(at(world.residency, "accept")).status_code == 403
    other = make_person("Another Researcher")
    join(other, Role.RESEARCHER, world.programme, world.residency)
    assert client_of(other).get(at(world.residency, "accept")).status_code == 404


def test_after_accepting_one_sees_what_access_is_missing(world: World) -> None:
    clearance.list_needs(world.placement, [world.host])
    page = world.client("researcher").get(at(world.residency, "access")).content.decode()
    assert "6 things missing" in page and "Which permission? What to ask Made Up Trust" in page
    assert "Add another thing" not in page  # to see, not to change


# starting


@pytest.fixture
def ready(world: World) -> Residency:
    """Onboarding; the person employed by the university at an NHS trust, everything listed and missing."""
    residency = make_residency(world.programme, world.host, Stage.ONBOARDING)
    person = make_person("Rae Ready")
    placement = Placement.objects.create(
        residency=residency, person=person, employer=world.university, wte="0.4", start=TODAY
    )
    clearance.list_needs(placement, [world.host])
    return residency


def permit(residency: Residency, **fields: Any) -> None:
    values = {"state": "in_place", "issued_on": TODAY - DAY, "issuer": "R&D", "reference": "LOA 7"}
    AccessItem.objects.filter(placement__residency=residency, kind="letter_of_access").update(
        **(values | fields)
    )


def begin(client: Client, residency: Residency, form_key: str = "", **typed: str) -> Any:
    response = client.post(
        at(residency, "start"), {"form_key": form_key or key()} | boxes("on", TODAY) | typed, follow=True
    )
    residency.refresh_from_db()
    return response


def test_start_with_practical_things_missing_needs_no_reason(world: World, ready: Residency) -> None:
    """users.md decision 2: it starts, and says what is missing."""
    permit(ready)
    AccessItem.objects.filter(
        placement__residency=ready, kind__in=["badge", "research_passport", "local_induction"]
    ).update(state="in_place")
    client = world.client("host_manager")
    page = client.get(at(ready, "start")).content.decode()
    assert "It can start with 2 things missing" in page and "without permission" not in page
    assert "has started with 2 things missing" in begin(client, ready).content.decode()
    assert (ready.stage, ready.started_on) == (Stage.ACTIVE, TODAY)
    assert not StartOverride.objects.exists()


@pytest.mark.parametrize("role", ["host_manager", "programme_lead"])
def test_start_without_the_permission_asks_a_named_person_for_a_reason(
    world: World, ready: Residency, role: str
) -> None:
    """V-13."""
    client, post = world.client(role), ready.placements.get()
    page = begin(client, ready).content.decode()
    assert "Enter the reason for Rae Ready" in page and ready.stage == Stage.ONBOARDING
    begin(client, ready, **{f"why_{post.pk}": "The letter is signed and in the post"})
    assert ready.stage == Stage.ACTIVE
    override = StartOverride.objects.get()
    assert (override.by, override.why) == (world.people[role], "The letter is signed and in the post")
    assert Event.objects.filter(deed="residency.started_without_permission").count() == 1


def test_start_without_the_permission_is_not_for_those_who_may_not_override(
    world: World, ready: Residency
) -> None:
    officer = world.client("programme_officer")
    page = officer.get(at(ready, "start")).content.decode()
    assert "Ask the programme lead" in page and ">Start the residency</button>" not in page
    assert begin(officer, ready).status_code == 403
    assert ready.stage == Stage.ONBOARDING
    permit(ready)
    begin(officer, ready)
    assert ready.stage == Stage.ACTIVE


@pytest.mark.parametrize(("left", "lacking"), [(0, False), (-1, True)])
def test_start_counts_a_permission_on_its_last_day(
    world: World, ready: Residency, left: int, lacking: bool
) -> None:
    permit(ready, issued_on=TODAY - 90 * DAY, expires_on=TODAY + left * DAY)
    begin(world.client("host_manager"), ready)
    assert (ready.stage == Stage.ONBOARDING) is lacking


def test_start_of_somebody_whom_the_host_employs_needs_no_permission(world: World, ready: Residency) -> None:
    ready.placements.update(employer=world.host)
    begin(world.client("host_manager"), ready)
    assert ready.stage == Stage.ACTIVE and not StartOverride.objects.exists()


def test_start_pressed_twice_is_one_start(world: World, ready: Residency) -> None:
    permit(ready)
    client, same = world.client("host_manager"), key()
    for _ in range(2):
        assert begin(client, ready, form_key=same).status_code == 200
    assert ready.stage_changes.filter(to_stage=Stage.ACTIVE).count() == 1


def test_start_is_today_or_before(world: World, ready: Residency) -> None:
    permit(ready)
    page = begin(world.client("host_manager"), ready, **boxes("on", TODAY + DAY)).content.decode()
    assert "First day must be today or in the past" in page and ready.stage == Stage.ONBOARDING


def test_started_early_is_on_site_from_that_day(world: World, ready: Residency) -> None:
    """The planned day stands in the form; the post begins with what starts before it, and keeps what it was."""
    planned = TODAY + 6 * DAY
    Residency.objects.filter(pk=ready.pk).update(planned_start=planned)
    ready.placements.update(start=planned)
    permit(ready)
    client = world.client("host_manager")
    page = client.get(at(ready, "start")).content.decode()
    assert re.search(rf'name="on_day"[^>]*value="{planned.day}"', page)
    begin(client, ready)
    post = ready.placements.get()
    assert (ready.stage, post.start) == (Stage.ACTIVE, TODAY)
    assert (post.changes.get().old_start, post.changes.get().new_start) == (planned, TODAY)
    site = world.client("programme_lead").get(f"/p/{world.programme.slug}/on-site/").content.decode()
    assert "Rae Ready" in site


def test_started_early_leaves_later_posts_alone_and_nobody_above_full_time(
    world: World, ready: Residency
) -> None:
    """V-14 on the earlier day too."""
    permit(ready)
    first = ready.placements.get()
    ready.placements.update(start=TODAY + DAY, wte="0.6")
    later = make_person("Lee Later")
    Placement.objects.create(residency=ready, person=later, wte="0.4", start=TODAY + 9 * DAY)
    ready.placements.filter(person=later).update(employer=world.host)
    other = make_residency(world.programme, world.host, Stage.ACTIVE)
    held = Placement.objects.create(
        residency=other, person=first.person, wte="0.6", start=TODAY - DAY, end=TODAY + DAY
    )
    page = begin(world.client("host_manager"), ready).content.decode()
    assert "of full time" in page and ready.stage == Stage.ONBOARDING
    Placement.objects.filter(pk=held.pk).update(end=TODAY)
    begin(world.client("host_manager"), ready)
    assert ready.stage == Stage.ACTIVE
    assert [post.start for post in ready.placements.all()] == [TODAY, TODAY + 9 * DAY]
