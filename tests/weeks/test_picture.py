"""One's own picture: one's own entries, beside what was agreed, and nobody else's figures."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from embedded.vault import Sealer
from programmes.measures.engagement import KIND_CODES
from programmes.measures.own import Spent, by_kind, by_place, by_project
from programmes.models import AgreedShare, Project, Request, UseInDecision
from programmes.weeks.picture import first_day, picture_of
from tests.weeks.test_all import DAY, TODAY, logged
from tests.world import World, join

SPENT = st.builds(
    Spent,
    st.sampled_from(KIND_CODES),
    st.sampled_from(["", "host"]),
    st.sampled_from(["", "A"]),
    st.integers(1, 960),
)


def picture(world: World, **options: Any) -> Any:
    person, span = world.people["researcher"], options.pop("span", "all")
    return picture_of(person, world.residency, span, TODAY(), belongs=options.pop("belongs", True))


@settings(deadline=None)
@given(st.lists(SPENT))
def test_every_minute_is_in_one_kind_one_place_and_one_project(spent: list[Spent]) -> None:
    total = sum(one.minutes for one in spent)
    kinds = by_kind(spent, {})
    assert sum(one.minutes for one in kinds) == total and len(kinds) == 7
    assert sum(by_place(spent).values()) == sum(by_project(spent).values()) == total
    assert sum(one.share or 0 for one in kinds) == pytest.approx(1 if total else 0)


@pytest.mark.parametrize(
    ("span", "first"), [("3", datetime.date(2025, 11, 1)), ("12", datetime.date(2025, 2, 1)), ("all", None)]
)
def test_a_span_ends_with_this_month(span: str, first: datetime.date | None) -> None:
    assert first_day(span, datetime.date(2026, 1, 31)) == first


def test_kinds_stand_beside_what_was_agreed_last(world: World) -> None:
    logged(world, minutes=60)
    logged(world, minutes=30, kind="bid_development")
    logged(world, minutes=30, kind="project_management", place="host")
    for kind, percent, days in (
        ("relational", 20, -90),
        ("educational", 80, -90),  # given up ten days ago
        ("relational", 40, -10),
        ("relational", 90, 1),
    ):
        since = TODAY() + days * DAY
        AgreedShare.objects.create(residency=world.residency, kind=kind, percent=percent, since=since)
    found = picture(world)
    shown = {one.kind: (one.minutes, one.share, one.agreed) for one in found.kinds}
    assert shown["Teaching and coaching"] == (0, 0, None)
    assert shown["Meeting and connecting people"] == (60, 0.5, 40)
    assert shown["Planning, approvals, reporting and bids"] == (60, 0.5, None)
    assert found.sentence == "Meeting and connecting people: 50% of your time, 40% agreed."
    assert found.places == [("At the host", "30 min"), ("Not said", "1 h 30 min")]
    page = world.client("researcher").get("/log/picture/").content.decode()
    assert (
        "The upright line is what was agreed" in page and page.count("<line ") == 2
    )  # its white edge is one
    assert "40%" in page and "Not agreed" in page and "…" not in page


def test_nobody_elses_entries_are_in_it(world: World) -> None:
    other = world.people["academic_supervisor"]
    join(other, "researcher", world.programme, world.residency)
    logged(world, minutes=60)
    logged(world, minutes=600, by=other)
    assert picture(world).total == 60
    for role in set(world.people) - {"researcher", "academic_supervisor"}:
        page = world.client(role).get(f"/log/picture/?residency={world.residency.pk}").content.decode()
        assert "you have had no post yet" in page and "Logged" not in page


def test_only_the_span_is_counted(world: World) -> None:
    first = first_day("3", TODAY())
    assert first
    for date, minutes in ((first, 10), (first - DAY, 100)):
        logged(world, days=(TODAY() - date).days, minutes=minutes)
    assert (picture(world, span="3").total, picture(world, span="all").total) == (10, 110)


def test_what_was_asked_for_is_counted_by_its_answer(world: World) -> None:
    person = world.people["researcher"]
    for answer in ("yes", "no", "no", "not_now", "waiting"):
        Request.objects.create(
            person=person,
            residency=world.residency,
            asked_on=TODAY(),
            what=Sealer(person).seal("A favour"),
            answer=answer,
            answered_on=None if answer == "waiting" else TODAY(),
        )
    assert picture(world).asked == (
        "You were asked for 5 things: 1 yes, 1 not now, 2 no, 1 waiting for an answer."
    )


def test_who_left_sees_the_uses_that_they_recorded(world: World) -> None:
    for what, by in (("Mine", "researcher"), ("Theirs", "host_manager")):
        UseInDecision.objects.create(
            residency=world.residency,
            what=what,
            decision="Keep it",
            decided_by="The board",
            decided_on=TODAY(),
            recorded_by=world.people[by],
            recorded_at=timezone.now(),
        )
    assert {one.what for one in picture(world).uses} == {"Mine", "Theirs"}
    assert {one.what for one in picture(world, belongs=False).uses} == {"Mine"}
    world.people["researcher"].memberships.update(end=TODAY() - DAY)
    page = world.client("researcher").get("/log/picture/").content.decode()
    assert "Mine: Keep it" in page and "Theirs" not in page


def test_projects_by_title(world: World) -> None:
    project = Project.objects.create(
        residency=world.residency, title="Falls", started_on=TODAY(), added_by=world.people["researcher"]
    )
    logged(world, project=project)
    logged(world)
    assert picture(world).projects == [("Falls", "30 min"), ("No project", "30 min")]
