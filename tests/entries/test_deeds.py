"""The deeds beneath every page of the log: words, names, what waits, what is done once more, sums set by set."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from embedded.accounts.models import Person
from embedded.drafts import Changed
from embedded.vault import Sealer
from programmes.entries import months, people_met
from programmes.entries.days import FULL, check_day
from programmes.entries.durations import half_days, minutes_of, words_of
from programmes.entries.repeating import WEEK, copy_week, repeat
from programmes.entries.waiting import leave_out, plan, tick
from programmes.entries.words import Words, text_of
from programmes.entries.writing import Entry, log_activity
from programmes.measures import rows
from programmes.models import Activity, ActivityMonth, PlannedEntry, Residency
from tests.world import World

TODAY = timezone.localdate()
DAY = datetime.timedelta(days=1)
MONDAY = TODAY - datetime.timedelta(days=TODAY.weekday())


@pytest.fixture
def writer(world: World) -> Person:
    return world.people["researcher"]


def entry(date: datetime.date = TODAY, minutes: int = 60, text: str = "") -> Entry:
    return Entry(date=date, minutes=minutes, kind="relational", words=Words(text))


def logged(world: World, one: Entry) -> Activity:
    return log_activity(residency=world.residency, entry=one, by=world.people["researcher"])


def text(activity: Activity) -> str:
    return text_of(activity, Sealer(activity.person))


@pytest.mark.parametrize(("minutes", "problem"), [(60, ""), (61, FULL)])
def test_v60_a_day_holds_sixteen_hours_over_all_residencies(
    world: World, writer: Person, minutes: int, problem: str
) -> None:
    first = logged(world, entry(minutes=900))
    assert check_day(writer, TODAY, minutes) == problem
    assert check_day(writer, TODAY, 960, without=first) == ""
    assert check_day(world.people["host_manager"], TODAY, 960) == ""


def test_repeat_takes_all_but_the_day_and_what_was_thought(world: World, writer: Person) -> None:
    """X-6; and what was shared is not shared once more unasked."""
    asker = people_met.add(person=writer, name="Sister Okoro")
    words = Words("Met the ward\nThey were tired", "residency")
    first = logged(
        world,
        Entry(date=TODAY - DAY, minutes=45, kind="educational", words=words, requester=asker, met=[asker]),
    )
    again = repeat(activity=first, on=TODAY, by=writer)
    assert (again.date, again.minutes, again.kind) == (TODAY, 45, "educational")
    assert (again.readers, text(again)) == ("only_me", "Met the ward")
    assert (again.requester, list(again.met.all())) == (asker, [asker])


def test_a_week_again_waits_where_its_days_are_to_come(world: World, writer: Person) -> None:
    for number in range(2):
        logged(world, entry(MONDAY - WEEK + DAY * number * 6, text=f"Day {number}"))
    within = Residency.objects.filter(pk=world.residency.pk)
    copied = copy_week(
        residencies=within, from_monday=MONDAY - WEEK, to_monday=MONDAY, today=MONDAY, by=writer
    )
    assert len(copied) == 2
    assert [text(one) for one in Activity.objects.filter(date__gte=MONDAY)] == ["Day 0"]
    waiting = PlannedEntry.objects.get()
    assert (waiting.on, waiting.state) == (MONDAY + DAY * 6, "waiting")
    assert Sealer(writer).open(waiting.text or b"") == "Day 1"


def test_a_week_again_leaves_full_days_and_other_residencies(world: World, writer: Person) -> None:
    logged(world, entry(MONDAY - WEEK))
    logged(world, entry(MONDAY, minutes=930))
    given = {"from_monday": MONDAY - WEEK, "to_monday": MONDAY, "today": MONDAY, "by": writer}
    assert len(copy_week(residencies=Residency.objects.all(), **given)) == 0
    Activity.objects.filter(date=MONDAY).delete()
    assert len(copy_week(residencies=Residency.objects.none(), **given)) == 0
    assert len(copy_week(residencies=Residency.objects.all(), **given)) == 1


def test_what_waits_counts_once_it_is_ticked_and_is_ticked_once(world: World, writer: Person) -> None:
    planned = plan(residency=world.residency, entry=entry(TODAY + DAY, text="Go there"), by=writer)
    assert not ActivityMonth.objects.exists()
    assert b"Go there" not in bytes(planned.text or b"")
    activity = tick(planned=planned, residency=world.residency, entry=entry(TODAY), by=writer)
    planned.refresh_from_db()
    assert (planned.state, planned.activity) == ("logged", activity)
    for deed in (
        lambda: tick(planned=planned, residency=world.residency, entry=entry(TODAY), by=writer),
        lambda: leave_out(planned=planned, by=writer),
    ):
        with pytest.raises(Changed):
            deed()
    assert Activity.objects.count() == 1
    activity.delete()
    planned.refresh_from_db()
    assert (planned.state, planned.activity) == ("logged", None)


def test_what_did_not_happen_is_left_out(world: World, writer: Person) -> None:
    planned = plan(residency=world.residency, entry=entry(TODAY + DAY), by=writer)
    leave_out(planned=planned, by=writer)
    planned.refresh_from_db()
    assert planned.state == "left_out"


def test_names_are_found_by_three_letters_in_ones_own_list(world: World, writer: Person) -> None:
    for name in ("Ada Bell", "Bellamy Young", "Cy Grant"):
        people_met.add(person=writer, name=name)
    assert [name for _, name in people_met.find(writer, " BELL ")] == ["Ada Bell", "Bellamy Young"]
    assert people_met.find(writer, "be") == []
    other = world.people["host_manager"]
    assert people_met.find(other, "bell") == []
    pk = people_met.find(writer, "ada")[0][0]
    assert people_met.named(writer, pk) and people_met.named(other, pk) is None
    again = people_met.add(person=writer, name=" ada  bell ")
    assert again.pk == pk
    assert people_met.name_of(again, Sealer(writer)) == "Ada Bell"


def test_sums_of_months_after_entries_came_and_went_set_by_set(world: World) -> None:
    """Equal to a rebuild, and of other months nothing is touched."""
    first = TODAY.replace(day=1)
    before = (first - DAY).replace(day=1)
    for date in (first, before):
        logged(world, entry(date, minutes=30))
    Activity.objects.bulk_create(
        Activity(
            residency=world.residency, person=world.people["researcher"], date=date, minutes=15, kind=kind
        )
        for date in (first, before - DAY)
        for kind in ("educational", "reflection")
    )
    Activity.objects.filter(date=before).delete()
    touched = [first, before, (before - DAY).replace(day=1)]
    months.add_up([world.residency.pk], touched)
    kept = seen()
    assert ActivityMonth.objects.get(month=before).entries == 0
    rows.rebuild_months(world.residency)
    assert seen() == kept
    months.add_up([world.residency.pk], [before])
    assert seen() == kept


def seen() -> list[dict[str, object]]:
    found = ActivityMonth.objects.filter(entries__gt=0).order_by("month").values()
    return [{name: value for name, value in row.items() if name != "id"} for row in found]


@pytest.mark.parametrize("minutes", [1, 59, 60, 61, 225, 450, 599, 600, 960])
def test_words_of_a_length_are_read_back(minutes: int) -> None:
    assert minutes_of(words_of(minutes)) == minutes


@pytest.mark.parametrize(("minutes", "halves"), [(1, 1), (225, 1), (337, 1), (338, 2), (450, 2), (960, 4)])
def test_half_days_are_the_nearest_and_one_at_the_least(minutes: int, halves: int) -> None:
    assert half_days(minutes) == halves
