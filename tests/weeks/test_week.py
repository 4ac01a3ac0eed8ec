"""The week grid: saved whole or not at all, V-60, V-61, two windows, everybody else's left alone."""

from __future__ import annotations

import datetime
import re
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from embedded.vault import Sealer
from programmes.entries.words import Words, text_of
from programmes.entries.writing import Entry, change_activity, remove_activity
from programmes.models import Activity, PlannedEntry, Project, Readers
from programmes.weeks.boxes import Box, Place, Row
from programmes.weeks.calendar import WEEK, Week
from tests.weeks.test_all import DAY, TODAY, logged
from tests.world import World, join, make_organisation, make_residency, make_world

MONDAY = Week.of(TODAY()).monday - WEEK  # a week that is over
ADDRESS = f"/log/week/{Week(MONDAY).name}/"


def ago(monday: datetime.date, day: int = 0) -> int:
    return (TODAY() - monday).days - day


def box(world: World, day: int = 0, entry: Activity | None = None, kind: str = "relational") -> str:
    row = Row(world.residency.pk, world.host.pk, kind, 0)
    kept = (entry.pk, entry.version, entry.minutes) if entry else (0, 0, 0)
    return Box(Place(row, day), *kept).name


def typed(**boxes: str) -> dict[str, Any]:
    return {"form_key": str(uuid4())} | boxes


def send(client: Client, boxes: dict[str, Any], address: str = ADDRESS) -> str:
    return client.post(address, typed() | boxes, follow=True).content.decode()


def boxes_on(page: str) -> dict[str, str]:
    return dict(re.findall(r'name="(c\.[^"]+)" value="([^"]*)"', page))


def test_a_week_is_saved_at_once_and_said_back(world: World) -> None:
    logged(world, days=ago(MONDAY) + 7)  # so that the row is one that is used
    client = world.client("researcher")
    offered = boxes_on(client.get(ADDRESS).content.decode())
    assert list(offered) == [box(world, day) for day in range(7)]
    page = send(client, {box(world, 0): "90", box(world, 2): "half a day", box(world, 4): ""})
    assert "Saved: 2 new" in page
    found = Activity.objects.filter(date__gte=MONDAY).order_by("date")
    assert [(one.date, one.minutes, one.kind, one.host, one.sealed) for one in found] == [
        (MONDAY, 90, "relational", world.host, None),
        (MONDAY + 2 * DAY, 225, "relational", world.host, None),
    ]
    assert "5 h 15 min" in page


def test_a_change_keeps_everything_else_of_the_entry(world: World) -> None:
    reader = world.people["academic_supervisor"]
    first, second = (
        logged(world, "Mine alone", ago(MONDAY)),
        logged(world, "Shared", ago(MONDAY, 1), place="host"),
    )
    shared = Words("Shared", Readers.PEOPLE, [reader])
    entry = Entry(second.date, 30, "relational", shared, place="host", sign="seen", output="briefing")
    second = change_activity(activity=second, entry=entry, version=1, by=world.people["researcher"])
    page = send(world.client("researcher"), {box(world, 0, first): "1:00", box(world, 1, second): "2h"})
    assert "Saved: 2 changed" in page
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.minutes, text_of(first, Sealer(first.person))) == (60, "Mine alone")
    assert (second.minutes, second.what, second.place, second.sign, second.output) == (
        120,
        "Shared",
        "host",
        "seen",
        "briefing",
    )
    assert list(second.named_readers.all()) == [reader]


def test_what_is_written_otherwise_is_not_changed(world: World) -> None:
    entry = logged(world, "Words", ago(MONDAY))
    assert "Nothing had changed" in send(world.client("researcher"), {box(world, 0, entry): "½ h"})
    entry.refresh_from_db()
    assert entry.version == 1


def test_an_emptied_box_is_asked_about_once_more(world: World) -> None:
    entry, client = logged(world, "Words", ago(MONDAY)), world.client("researcher")
    page = send(client, {box(world, 0, entry): "", box(world, 1): "45"})
    assert "You emptied 1 box" in page and "Save, and remove 1 entry" in page
    assert Activity.objects.count() == 1
    assert boxes_on(page)[box(world, 1)] == "45"
    page = send(client, {box(world, 0, entry): "", box(world, 1): "45", "remove": str(entry.pk)})
    assert "Saved: 1 new, 1 removed" in page
    assert not Activity.objects.filter(pk=entry.pk).exists()


def test_nothing_is_saved_while_one_box_is_wrong(world: World) -> None:
    page = send(world.client("researcher"), {box(world, 0): "soon", box(world, 1): "45"})
    assert "Enter how long it took, like 90, 1:30 or 1.5" in page and "<title>Error: " in page
    assert boxes_on(page)[box(world, 0)] == "soon" and boxes_on(page)[box(world, 1)] == "45"
    assert not Activity.objects.exists()


@pytest.mark.parametrize(("more", "fits"), [("60", True), ("61", False)])
def test_v60_one_day_holds_sixteen_hours_over_all_residencies(world: World, more: str, fits: bool) -> None:
    elsewhere = make_residency(world.programme, world.host)
    join(world.people["researcher"], "researcher", world.programme, elsewhere)
    logged(world, days=ago(MONDAY), minutes=900, residency=elsewhere)
    page = send(world.client("researcher"), {box(world, 0): more})
    assert Activity.objects.count() == (2 if fits else 1)
    assert ("16 hours or less" in page) is not fits


@pytest.mark.parametrize(("minutes", "fits"), [("960", True), ("961", False), ("0", True)])
def test_v60_a_box_holds_up_to_sixteen_hours(world: World, minutes: str, fits: bool) -> None:
    """0 in an empty box is nothing."""
    page = send(world.client("researcher"), {box(world, 0): minutes})
    assert ("must be between 1 minute and 16 hours" in page) is not fits
    assert Activity.objects.exists() is (minutes == "960")


def test_v60_a_late_week_asks_one_reason_for_all(world: World) -> None:
    monday = MONDAY - 6 * WEEK
    address, client = f"/log/week/{Week(monday).name}/", world.client("researcher")
    page = send(client, {box(world, 0): "30", box(world, 1): "45"}, address)
    assert "Select why it is entered more than 31 days late" in page
    assert not Activity.objects.exists()
    send(client, {box(world, 0): "30", box(world, 1): "45", "late_reason": "away"}, address)
    assert [one.late_reason for one in Activity.objects.all()] == ["away", "away"]


def test_v60_a_day_to_come_waits(world: World) -> None:
    coming = Week(Week.of(TODAY()).monday + WEEK)
    address = f"/log/week/{coming.name}/"
    page = send(world.client("researcher"), {box(world, 0): "30"}, address)
    planned = PlannedEntry.objects.get()
    assert (planned.on, planned.minutes, planned.host) == (coming.monday, 30, world.host)
    assert "30 min planned" in page and box(world, 0) not in boxes_on(page)
    assert not Activity.objects.exists()


def test_half_days_only_where_the_programme_asks_for_them(world: World) -> None:
    world.programme.half_days_only = True
    world.programme.save()
    client = world.client("researcher")
    assert "Enter half-days here" in send(client, {box(world, 0): "90"})
    send(client, {box(world, 0): "a day"})
    assert Activity.objects.get().minutes == 450


def test_two_windows_do_not_overwrite_each_other(world: World) -> None:
    """Both are shown, mine in the box; sent again it is saved."""
    entry, client = logged(world, "Words", ago(MONDAY)), world.client("researcher")
    mine, by = box(world, 0, entry), world.people["researcher"]
    entry = change_activity(activity=entry, entry=Entry(entry.date, 75, "relational"), version=1, by=by)
    page = send(client, {mine: "2h", box(world, 1): "45"})
    assert "Changed in another window" in page and "Now kept: 1:15" in page
    assert Activity.objects.count() == 1
    again = boxes_on(page)
    assert again[box(world, 0, entry)] == "2h" and again[box(world, 1)] == "45"
    assert "Saved: 1 new, 1 changed" in send(client, again)
    entry.refresh_from_db()
    assert entry.minutes == 120


def test_an_entry_taken_out_in_another_window_is_not_brought_back_unasked(world: World) -> None:
    entry, client = logged(world, days=ago(MONDAY)), world.client("researcher")
    mine = box(world, 0, entry)
    remove_activity(activity=entry, by=world.people["researcher"])
    page = send(client, {mine: "2h"})
    assert "Taken out in another window" in page and not Activity.objects.exists()
    assert boxes_on(page) == boxes_on(page) | {box(world, 0): "2h"}
    send(client, boxes_on(page))
    assert Activity.objects.get().minutes == 120
    logged(world, days=ago(MONDAY, 1))
    page = send(client, {box(world, 1): "45"})
    assert "Now kept: 0:30" in page and Activity.objects.count() == 2


def test_a_double_press_saves_once(world: World) -> None:
    client, same = world.client("researcher"), typed(**{box(world, 0): "30"})
    for _ in range(2):
        assert client.post(ADDRESS, same).status_code == 302
    assert Activity.objects.count() == 1


def test_several_of_a_day_lead_to_the_list(world: World) -> None:
    for _ in range(2):
        logged(world, days=ago(MONDAY), host=world.host)
    page = world.client("researcher").get(ADDRESS).content.decode()
    assert f"since={MONDAY}&amp;until={MONDAY}" in page and "in 2 entries" in page
    assert len(boxes_on(page)) == 6


def test_a_row_is_added_and_what_was_typed_stays(world: World) -> None:
    project = Project.objects.create(
        residency=world.residency, title="Falls", started_on=MONDAY, added_by=world.people["researcher"]
    )
    where = f"{world.residency.pk}.{world.host.pk}.{project.pk}"
    sent = {box(world, 0): "30", "add": "yes", "add_kind": "educational", "add_where": where}
    client = world.client("researcher")
    page = send(client, sent)
    assert boxes_on(page)[box(world, 0)] == "30" and "Teaching and coaching" in page
    row = Row(world.residency.pk, world.host.pk, "educational", project.pk)
    assert Box(Place(row, 6)).name in boxes_on(page)
    assert "Select the kind of work" in send(client, sent | {"add_kind": ""})
    send(client, {Box(Place(row, 6)).name: "30"})
    assert Activity.objects.get().project == project


def test_x4_the_week_before_is_filled_in_and_saved_only_by_save(world: World) -> None:
    """For the week that is shown. What is kept or typed stays; two entries of a box come as one."""
    for minutes, day in [(30, 0), (45, 0), (60, 1), (90, 2), (15, 3)]:
        logged(world, minutes=minutes, days=ago(MONDAY - WEEK, day))
    logged(world, minutes=120, days=ago(MONDAY, 2))
    client, sent = world.client("researcher"), {"copy": "yes", box(world, 1): "0:20"}
    page = send(client, sent)
    assert "Filled in from the week before: 2 boxes" in page and Activity.objects.count() == 6
    filled = {name: text for name, text in boxes_on(page).items() if text}
    assert [filled[box(world, day)] for day in (0, 1, 3)] == ["1:15", "0:20", "0:15"]
    assert "Saved: 3 new" in send(client, filled)
    found = Activity.objects.filter(date__gte=MONDAY).order_by("date").values_list("minutes", flat=True)
    assert list(found) == [75, 20, 120, 15]
    assert "The week before has nothing that is not here already" in send(client, {"copy": "yes"})


def test_x4_where_one_logs_no_more_nothing_is_filled_in(world: World) -> None:
    other = make_residency(world.programme)
    post = join(world.people["researcher"], "researcher", world.programme, other)
    logged(world, residency=other, days=ago(MONDAY - WEEK))
    post.end = TODAY()
    post.save()
    assert not any(boxes_on(send(world.client("researcher"), {"copy": "yes"})).values())


def test_nobody_saves_where_they_may_not_log(world: World) -> None:
    """Boxes made up for somebody else's residency, host or project, and by people with another part."""
    other = make_world()
    theirs = Project.objects.create(
        residency=other.residency, title="Theirs", started_on=MONDAY, added_by=other.people["researcher"]
    )
    mine, client = Row(world.residency.pk, world.host.pk, "relational", 0), world.client("researcher")
    for row in (
        mine._replace(residency=other.residency.pk, host=other.host.pk),
        mine._replace(host=make_organisation().pk),
        mine._replace(host=0),
        mine._replace(project=theirs.pk),
        mine._replace(kind="nonsense"),
    ):
        page = send(client, {Box(Place(row, 0)).name: "30"})
        assert "You cannot log here any more" in page and "Theirs" not in page
        assert other.residency.code not in page
    for role in set(world.people) - {"researcher"}:
        send(world.client(role), {box(world, 0): "30"})
    assert not Activity.objects.exists()


def test_the_entry_of_somebody_else_is_not_reached_by_its_number(world: World) -> None:
    other = world.people["academic_supervisor"]
    join(other, "researcher", world.programme, world.residency)
    theirs = logged(world, "Theirs", ago(MONDAY), by=other)
    send(world.client("researcher"), {box(world, 0, theirs): "8h", "remove": str(theirs.pk)})
    send(world.client("researcher"), {box(world, 0, theirs): "", "remove": str(theirs.pk)})
    theirs.refresh_from_db()
    assert theirs.minutes == 30 and Activity.objects.filter(person=other).count() == 1


def test_what_one_left_is_shown_and_cannot_be_typed_over(world: World) -> None:
    entry = logged(world, days=ago(MONDAY))
    world.people["researcher"].memberships.update(end=MONDAY)
    client = world.client("researcher")
    page = client.get(ADDRESS).content.decode()
    assert not boxes_on(page) and "30 min" in page
    send(client, {box(world, 0, entry): "8h"})
    entry.refresh_from_db()
    assert entry.minutes == 30


@settings(deadline=None)
@given(st.text(max_size=60))
def test_any_name_is_a_box_or_none(name: str) -> None:
    found = Box.named(name)
    assert found is None or Box.named(found.name) == found


def test_totals_are_the_sums_of_what_is_kept(world: World) -> None:
    for day in range(7):
        for kind in ("relational", "educational"):
            if MONDAY + day * DAY <= TODAY():
                logged(world, days=ago(MONDAY, day), kind=kind, minutes=10 + day)
    page = re.sub(r"<[^>]*>", "|", world.client("researcher").get(ADDRESS).content.decode())
    own = [one.minutes for one in Activity.objects.all()]
    assert f"{sum(own) // 60} h {sum(own) % 60} min" in page
    assert page.count("|1 h 31 min|") == 2
    assert all(f"|{2 * (10 + day)} min|" in page for day in range(7))


def test_p37_a_full_week_asks_no_more_than_one_entry(world: World) -> None:
    client = world.client("researcher")

    def asked() -> int:
        client.get(ADDRESS)
        with CaptureQueriesContext(connection) as queries:
            client.get(ADDRESS)
        return len(queries)

    logged(world, "One", ago(MONDAY))
    one = asked()
    for number in range(30):
        project = Project.objects.create(
            residency=world.residency,
            title=f"P{number}",
            started_on=MONDAY,
            added_by=world.people["researcher"],
        )
        logged(world, "More", ago(MONDAY, number % 7), project=project)
        logged(world, "Before", ago(MONDAY) + 7, project=project)
    assert asked() == one


def test_v60_in_a_week_that_is_half_late_only_late_days_get_the_reason(world: World) -> None:
    monday = Week.of(TODAY() - 32 * DAY).monday
    entries = [logged(world, days=ago(monday, day)) for day in range(7)]
    changed = {box(world, day, entry): "45" for day, entry in enumerate(entries)}
    send(world.client("researcher"), changed | {"late_reason": "away"}, f"/log/week/{Week(monday).name}/")
    for entry in Activity.objects.all():
        assert entry.late_reason == ("away" if entry.date < TODAY() - 31 * DAY else "")


def test_p37_one_key_is_fetched_for_many_changes(world: World) -> None:
    client, entries = (
        world.client("researcher"),
        [logged(world, "Mine", ago(MONDAY, day)) for day in range(5)],
    )
    with CaptureQueriesContext(connection) as queries:
        send(client, {box(world, day, entry): "1:00" for day, entry in enumerate(entries)})
    assert sum('FROM "vault_personkey"' in query["sql"] for query in queries) == 1
    assert {entry.minutes for entry in Activity.objects.all()} == {60}


@pytest.mark.parametrize("week", ["2026-W54", "2026-20", "now"])
def test_a_week_that_is_not_is_a_404(world: World, week: str) -> None:
    assert world.client("researcher").get(f"/log/week/{week}/").status_code == 404


def test_the_address_without_a_week_leads_to_this_one(world: World) -> None:
    answer = world.client("researcher").get("/log/week/")
    assert answer.headers["Location"] == f"/log/week/{timezone.localdate():%G-W%V}/"


@pytest.mark.parametrize(("days", "shown"), [(28, True), (29, False)])
def test_rows_of_the_last_four_weeks_are_shown_and_others_on_a_press(
    world: World, days: int, shown: bool
) -> None:
    logged(world, days=ago(MONDAY) + days)
    client = world.client("researcher")
    page = client.get(ADDRESS).content.decode()
    assert bool(boxes_on(page)) is shown and ("Show 1 other row" in page) is not shown
    page = send(client, {"others": "yes", box(world, 0, kind="educational"): "45"})
    assert {box(world), box(world, kind="educational")} <= boxes_on(page).keys()
    assert boxes_on(page)[box(world, 0, kind="educational")] == "45" and "other row" not in page
    assert not Activity.objects.filter(minutes=45).exists()


def test_what_is_planned_in_a_week_leads_to_its_plan(world: World) -> None:
    coming = Week(Week.of(TODAY()).monday + WEEK)
    address = f"/log/week/{coming.name}/"
    page = send(world.client("researcher"), {box(world, 0): "30"}, address)
    path = f"/p/{world.programme.slug}/r/{world.residency.code}/log/waiting/{PlannedEntry.objects.get().pk}/"
    assert f'href="{path}">30 min planned' in page
    world.people["researcher"].memberships.update(end=MONDAY)
    page = world.client("researcher").get(address).content.decode()
    assert path not in page and "30 min planned" in page
