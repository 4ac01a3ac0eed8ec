"""What comes next is said before it is tried; the history says who changed what, and nothing private."""

from __future__ import annotations

import datetime
import html
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from embedded import audit
from programmes import adopting
from programmes.course import explaining
from programmes.course.actions import change_part
from programmes.entries.words import Words
from programmes.entries.writing import Entry, log_activity
from programmes.lifecycle import STEPS, move_end, take_step
from programmes.logbook import actions as logbook
from programmes.models import (
    AccessItem,
    AccessKind,
    Condition,
    Placement,
    Plan,
    PlanPresence,
    PlanVisit,
    Residency,
    Stage,
)
from programmes.onboarding import clearing
from programmes.registration.actions import save_page
from tests.registration.filled import TODAY, boxes, key, make_idea
from tests.world import World, client_of, join, make_organisation, make_person, make_residency

WEEK = datetime.timedelta(days=7)


def page(world: World, who: str, tail: str, residency: Residency | None = None) -> str:
    found = residency or world.residency
    answer = world.client(who).get(f"/p/{world.programme.slug}/r/{found.code}/{tail}/")
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


# What comes next


@pytest.mark.parametrize("stage", Stage.values)
def test_every_step_from_a_stage_is_explained(world: World, stage: str) -> None:
    residency = make_residency(world.programme, world.host, stage)
    told = page(world, "programme_lead", "course", residency)
    for step in STEPS.values():
        assert (explaining.MEANS[step.name] in told) == (stage in step.sources), step.name
        offered = f"/step/{step.name}/" in told
        assert offered == (stage in step.sources), step.name


def test_steps_that_others_take_are_told_without_a_link(world: World) -> None:
    told = page(world, "researcher", "course")
    assert "Programme lead, programme officer or theme lead" in told
    assert "/step/" not in told


def test_still_to_come_says_what_who_and_by_when(world: World) -> None:
    residency = make_residency(world.programme, world.host, Stage.APPROVED, host_manager_name="Mary Manager")
    due = TODAY + WEEK
    Condition.objects.create(
        residency=residency,
        what="Find a desk",
        owner_name="Sam Okoro",
        due=due,
        set_by=world.people["programme_lead"],
    )
    told = page(world, "host_manager", "course", residency)
    assert "Condition: Find a desk" in told and "Sam Okoro" in told and f"{due.day} {due:%B %Y}" in told
    assert "embedded researcher, with dates within" in told and "Mary Manager" in told  # V-12


@pytest.mark.parametrize("stage", ["idea", "scoping", "approved", "onboarding", "active"])
def test_v10_v11_v20_are_told_before_they_are_tried_and_stop_nobody(world: World, stage: str) -> None:
    """V-10 is for the decision, V-11 and V-20 until it starts; at approval each may become a condition."""
    residency = make_residency(world.programme, world.host, stage, host_manager_name="Mary Manager")
    told = page(world, "host_manager", "course", residency)
    v10 = "Plan it together: the host, the researcher&#39;s side and at least two members of the public"
    assert (v10 in told) == (stage in ("idea", "scoping"))
    assert ("then it becomes a condition" in told) == (stage in ("idea", "scoping"))
    v11 = "Agree a job description, or name the person"
    assert (v11 in told) == (stage in ("idea", "scoping", "approved"))
    v20 = "Sign an agreement on supervision, publication, data and how it can end"
    assert (v20 in told) == (stage not in ("active",))


def test_v11_that_is_a_condition_is_told_once(world: World) -> None:
    residency = make_residency(world.programme, world.host, Stage.APPROVED)
    what = "Agree a job description, or name the person"
    by = world.people["programme_lead"]
    Condition.objects.create(residency=residency, what=what, owner_name="Sam", due=TODAY, set_by=by)
    assert page(world, "host_manager", "course", residency).count(what) == 1


def test_v10_with_two_members_of_the_public_is_told_no_more(world: World) -> None:
    """Both sides: one is not enough, two are."""
    residency = make_residency(world.programme, world.host, Stage.SCOPING)
    plan = Plan.objects.create(residency=residency)
    by, at = world.people["host_manager"], timezone.now()
    visit = PlanVisit.objects.create(plan=plan, number=1, on=TODAY, typed_by=by, saved_at=at)
    for name, part in (("Mary", "host"), ("Rae", "academic"), ("Joan", "public")):
        PlanPresence.objects.create(visit=visit, name=name, part=part)
    assert "one more member of the public" in page(world, "host_manager", "course", residency)
    PlanPresence.objects.create(visit=visit, name="Ken", part="public")
    assert "Plan it together" not in page(world, "host_manager", "course", residency)


def test_v13_is_told_before_starting_and_names_the_permission(world: World) -> None:
    residency = make_residency(world.programme, world.host, Stage.ONBOARDING)
    person = make_person("Rae")
    post = Placement.objects.create(residency=residency, person=person, wte="0.5", start=TODAY)
    AccessItem.objects.create(placement=post, host=world.host, kind=AccessKind.LETTER_OF_ACCESS)
    AccessItem.objects.create(placement=post, host=world.host, kind=AccessKind.DESK, owner_name="Estates")
    told = page(world, "host_manager", "course", residency)
    letter = "Letter of access for Rae at Made Up Trust. Without it, starting needs a named person’s reason"
    assert letter in told
    assert "Desk for Rae at Made Up Trust" in told and "Estates" in told
    assert "Rae accepts the post" in told


def test_v13_of_another_host_is_not_told_to_an_office(world: World) -> None:
    other = make_organisation("Another Trust")
    residency = make_residency(world.programme, world.host, Stage.ONBOARDING)
    residency.organisations.create(organisation=other, part="host")
    post = Placement.objects.create(residency=residency, person=make_person(), wte="0.5", start=TODAY)
    AccessItem.objects.create(placement=post, host=other, kind=AccessKind.DESK)
    assert "Another Trust" in page(world, "host_manager", "course", residency)
    assert "Another Trust" not in page(world, "hr", "course", residency)


def test_v13_tells_a_public_partner_nothing_of_access(world: World) -> None:
    residency = make_residency(world.programme, world.host, Stage.ONBOARDING)
    post = Placement.objects.create(residency=residency, person=make_person(), wte="0.5", start=TODAY)
    AccessItem.objects.create(placement=post, host=world.host, kind=AccessKind.CRIMINAL_RECORD)
    partner = make_person("Joan Partner")
    join(partner, "public_partner", world.programme, residency)
    told = client_of(partner).get(f"/p/{world.programme.slug}/r/{residency.code}/course/").content.decode()
    assert "Criminal record" not in told


@pytest.mark.parametrize(("planned", "told"), [(None, True), (TODAY, False)])
def test_v15_the_plan_for_the_ending_is_still_to_come_until_it_is_there(
    world: World, planned: datetime.date | None, told: bool
) -> None:
    Residency.objects.filter(pk=world.residency.pk).update(exit_plan_on=planned)
    assert ("The plan for the ending" in page(world, "programme_lead", "course")) == told


def test_queries_of_both_pages_do_not_grow(world: World) -> None:
    """P37: with 1 and with 30 of what they list."""
    lead = world.client("programme_lead")

    def asked(tail: str) -> int:
        lead.get(world.url(tail))
        with CaptureQueriesContext(connection) as queries:
            assert lead.get(world.url(tail)).status_code == 200
        return len(queries)

    def more(times: int) -> None:
        for number in range(times):
            by = world.people["programme_lead"]
            move_end(
                world.residency,
                TODAY + (number + times) * WEEK,
                by=by,
                on=TODAY,
                why="Money",
                approved_by="X",
            )
            condition = Condition.objects.create(
                residency=world.residency, what="Desk", owner_name="S", due=TODAY, set_by=by
            )
            audit.record(
                by, "condition.met", "x", world.url().strip("/"), details={"condition": condition.pk}
            )
            take_step(world.residency, "pause", by=by, on=TODAY, why="x")
            take_step(world.residency, "resume", by=by, on=TODAY)

    more(1)
    few = {tail: asked(tail) for tail in ("course/", "history/", "posts/")}
    more(12)
    assert {tail: asked(tail) for tail in few} == few


# The history


def test_history_says_who_what_from_what_to_what_when_and_why(world: World) -> None:
    lead, residency = world.people["programme_lead"], world.residency
    again = TODAY + WEEK
    take_step(residency, "pause", by=lead, on=TODAY - WEEK, why="The ward moves", review_on=again)
    old = residency.planned_end
    assert old
    move_end(residency, old + WEEK, by=lead, on=TODAY, why="More money", approved_by="The board")
    told = page(world, "researcher", "history")
    assert "Programme lead paused it, from “running” to “paused”. To be looked at again on" in told
    assert "Reason: The ward moves" in told
    new = old + WEEK
    assert f"moved the end from {old.day} {old:%B %Y} to {new.day} {new:%B %Y}. The board approved it" in told
    about, told = TODAY - WEEK, told.split("paused it")
    assert told[0].rstrip().rsplit("<dt", 1)[1].count(f"{TODAY.day} {TODAY:%B %Y}") == 1
    assert f"The day it is about: {about.day} {about:%B %Y}" in told[1].split("<dt", 1)[0]


def test_history_tells_registration_from_what_to_what(world: World) -> None:
    manager = world.client("host_manager")
    idea = make_idea(world.programme, world.host, world.people["host_manager"])
    address = f"/p/{world.programme.slug}/r/{idea.code}/registration/dates/"
    start = TODAY + 10 * WEEK
    for days in ("2", "3"):
        idea.refresh_from_db()
        typed = (
            boxes("planned_start", start) | boxes("planned_end", start + 60 * WEEK) | {"days_a_week": days}
        )
        manager.post(address, typed | {"form_key": key(), "version": str(idea.version)})
    told = page(world, "host_manager", "history", idea)
    assert "the days a week from 2 to 3" in told
    assert f"the planned start from nothing to {start.day} {start:%B %Y}" in told
    assert "Host manager registered the idea" in told


def test_history_tells_words_and_money_from_what_to_what(world: World) -> None:
    """Money and addresses to those who may open the registration alone."""
    residency, by = Residency.objects.get(pk=world.residency.pk), world.people["host_manager"]
    old = residency.title
    saved: list[tuple[str, dict[str, Any]]] = [
        ("idea", {"title": "Falls at night", "site": "Ward 9"}),
        ("topics", {"theme_id": None, "topics": ["Frailty", "Falls"]}),
        (
            "money",
            {"money_amount": Decimal("1200.50"), "money_confirmed": "no", "money_who_pays": "The board"},
        ),
        ("purpose", {"problem": "A long story", "people_not_known": "Sam asks, by March"}),
    ]
    for which, answers in saved:
        save_page(residency=residency, page=which, answers=answers, version=residency.version, by=by)
    lead = world.people["programme_lead"]
    change = {
        "part": "host_manager",
        "name": "Mary",
        "by": lead,
        "today": TODAY,
        "at": timezone.now(),
        "on": TODAY,
    }
    change_part(residency=residency, email="m@old.example", version=residency.version, **change)
    change_part(residency=residency, email="m@new.example", version=residency.version, **change)
    told = html.unescape(page(world, "host_manager", "history"))
    for words in (
        f"the title from “{old}” to “Falls at night”",
        "the hospital, site or team from nothing to “Ward 9”",
        "the theme from “Ageing well” to nothing",
        "the topics from nothing to “Frailty, Falls”",
        "the amount from nothing to £1,200.50",
        "whether the money is confirmed from nothing to “not yet”",
        "who finds out what is not known from nothing to “Sam asks, by March”",
        "the words of “the problem”",
        "the host manager’s email address from m@old.example to m@new.example",
    ):
        assert words in told, words
    assert residency.part_changes.count() == 1
    others = html.unescape(page(world, "public_partner", "history"))
    assert "“Falls at night”" in others and "£1,200" not in others and "m@new" not in others


def test_history_never_holds_log_notes_or_dates_away(world: World) -> None:
    researcher = world.people["researcher"]
    words = Words("Secret talk\n\nPrivate thought")
    entry = Entry(date=TODAY, minutes=60, kind="relational", words=words)
    log_activity(residency=world.residency, entry=entry, by=researcher)
    logbook.be_away(start=TODAY, end=TODAY, by=researcher)
    for role in ("researcher", "programme_lead", "host_manager", "academic_supervisor"):
        told = page(world, role, "history")
        for words in ("Secret talk", "Private thought", "Entry", "logged", "away on"):
            assert words not in told, (role, words)


@pytest.mark.parametrize(
    ("role", "seen"), [("host_manager", True), ("researcher", True), ("hr", False), ("public_partner", False)]
)
def test_history_of_access_is_for_those_who_see_all_of_it(world: World, role: str, seen: bool) -> None:
    item = AccessItem.objects.create(
        placement=world.placement, host=world.host, kind=AccessKind.CRIMINAL_RECORD
    )
    standing = clearing.Standing("requested")
    clearing.record_item(item=item, standing=standing, by=world.people["host_manager"], version=1)
    assert ("riminal record check" in page(world, role, "history")) == seen


def test_history_is_paged_newest_first(world: World) -> None:
    lead = world.people["programme_lead"]
    for _ in range(20):
        take_step(world.residency, "pause", by=lead, on=TODAY, why="Again")
        take_step(world.residency, "resume", by=lead, on=TODAY)
    first = page(world, "programme_lead", "history")
    assert first.count("nhsuk-summary-list__row") == 30
    assert first.index("said that it goes on") < first.index("paused it")
    second = world.client("programme_lead").get(world.url("history/"), {"page": "2"}).content.decode()
    assert second.count("nhsuk-summary-list__row") == 10
    nonsense = world.client("programme_lead").get(world.url("history/"), {"page": "x"})
    assert nonsense.status_code == 200


def test_history_of_a_stranger_is_not_found(world: World, other_world: World) -> None:
    for tail in ("history/", "course/", "posts/", "looking-back/"):
        assert other_world.client("programme_lead").get(world.url(tail)).status_code == 404


def test_history_of_what_was_adopted_tells_where_the_paper_is(world: World) -> None:
    running = adopting.Running(
        title="Discharge",
        host=world.host,
        stage="running",
        start=TODAY - 20 * WEEK,
        end=TODAY + 40 * WEEK,
        researcher_name="Rae Newcomer",
        approved=adopting.EarlierStep(TODAY - 30 * WEEK, "R&D shared drive"),
    )
    found: Any = adopting.adopt(
        programme=world.programme,
        running=running,
        by=world.people["programme_lead"],
        on=TODAY,
        at=timezone.now(),
    )
    told = page(world, "programme_lead", "history", found)
    assert "approved it" in told and "Kept at R&amp;D shared drive" in told
    assert "brought it in while it was running" in told
