"""What changed since the last visit: when a visit begins, which deeds are told, and that no entry ever is."""

from __future__ import annotations

import datetime

import time_machine
from django.utils import timezone

from programmes.models import Activity, EndChange, ProgrammeVisit, StageChange
from tests.dashboards.pages import (
    address,
    busy_residency,
    days,
    make_report,
    page_of,
    part,
)
from tests.world import (
    World,
    make_residency,
)


def test_visit_begins_anew_after_half_an_hour(world: World) -> None:
    client, start = world.client("programme_lead"), timezone.now()
    moments = [0, 10, 30, 31, 50, 62]
    seen = []
    for minutes in moments:
        with time_machine.travel(start + datetime.timedelta(minutes=minutes), tick=False):
            client.get(address(world))
        visit = ProgrammeVisit.objects.get()
        seen.append((visit.began_at, visit.previous_at))

    def at(minutes: int) -> datetime.datetime:
        return (start + datetime.timedelta(minutes=minutes)).replace(microsecond=seen[0][0].microsecond)

    assert seen[:3] == [(at(0), None)] * 3
    assert seen[3:5] == [(at(31), at(0))] * 2
    assert seen[5] == (at(62), at(31))


def test_changes_are_those_since_the_visit_before(world: World) -> None:
    lead, now = world.client("programme_lead"), timezone.now()
    ProgrammeVisit.objects.create(
        programme=world.programme,
        person=world.people["programme_lead"],
        began_at=now,
        previous_at=now - datetime.timedelta(days=7),
    )
    by = world.people["programme_lead"]
    for step, ago in (("paused", 8), ("active", 6)):
        change = StageChange.objects.create(
            residency=world.residency,
            from_stage="active" if step == "paused" else "paused",
            to_stage=step,
            on=days(-ago),
            by=by,
        )
        StageChange.objects.filter(pk=change.pk).update(recorded_at=now - datetime.timedelta(days=ago))
    page = part(lead.get(address(world)).content.decode(), "changed")
    assert "Changed since your last visit" in page
    assert "Went on after a pause" in page
    assert "Paused" not in page


def test_changes_tell_every_deed_and_never_an_entry(world: World) -> None:
    residency = busy_residency(world)
    by = world.people["programme_lead"]
    StageChange.objects.create(
        residency=residency,
        from_stage="scoping",
        to_stage="approved",
        on=days(0),
        by=by,
        with_conditions=True,
    )
    EndChange.objects.create(
        residency=residency, old_end=days(9), new_end=days(60), on=days(0), by=by, why="Money"
    )
    page = part(page_of(world, tail="figures/"), "changes")
    for words in (
        "Approved with conditions",
        "Used in a decision: Night figures",
        "New project: Falls at night",
        "accepted the post",
        "The end was moved to",
    ):
        assert words in page, words
    whole = page_of(world) + page_of(world, tail="figures/")
    for entry in Activity.objects.all():
        assert entry.what not in whole


def test_bringing_in_is_one_change(world: World) -> None:
    residency = make_residency(world.programme, world.host, adopted_on=days(0))
    by = world.people["programme_lead"]
    for before, after in (("", "approved"), ("approved", "active")):
        StageChange.objects.create(
            residency=residency, from_stage=before, to_stage=after, on=days(-300), by=by
        )
    page = part(page_of(world), "changed")
    assert page.count("dash-lines__item") == 1
    assert "Brought in while it was running" in page


def test_report_of_another_is_told_only_to_those_who_lead_the_whole(world: World) -> None:
    for report in (0, 1):
        make_report(world, world.people["programme_lead"], report)
    assert part(page_of(world), "changed").count("A report is ready") == 2
    assert "A report is ready" not in part(page_of(world, "theme_lead"), "changed")
