"""The list of all one's own entries: a page at a time, narrowed by the address, looked through by what is sent."""

from __future__ import annotations

import datetime
from typing import Any
from urllib.parse import parse_qs, urlparse

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from embedded.nhsuk.words import day
from programmes.entries.words import Words
from programmes.entries.writing import Entry, log_activity
from programmes.models import Activity, Project
from programmes.weeks.finding import Filter, Start
from programmes.weeks.lists import A_PAGE, page_of
from tests.world import World, join, make_residency

TODAY = timezone.localdate
DAY = datetime.timedelta(days=1)


def logged(world: World, text: str = "", days: int = 0, **fields: Any) -> Activity:
    values = {"date": TODAY() - days * DAY, "minutes": 30, "kind": "relational"} | fields
    residency = values.pop("residency", world.residency)
    by = values.pop("by", world.people["researcher"])
    return log_activity(residency=residency, entry=Entry(words=Words(text), **values), by=by)


def shown(client: Client, query: str = "", **sent: str) -> str:
    answer = client.post(f"/log/all/{query}", sent) if sent else client.get(f"/log/all/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_own_words_are_listed_for_their_writer_alone(world: World) -> None:
    logged(world, "Walked the old wing")
    assert "Walked the old wing" in shown(world.client("researcher"))
    for role in set(world.people) - {"researcher"}:
        assert "Walked" not in shown(world.client(role)), role


def test_pages_follow_one_another_without_gap_or_twin(world: World) -> None:
    """Several entries a day, so that pages part within a day."""
    made = [logged(world, days=number // 7).pk for number in range(A_PAGE * 2 + 9)]
    person, start, seen = world.people["researcher"], Start(), []
    while True:
        page = page_of(person, Filter(), start, "")
        seen += [entry.pk for entry, _ in page.lines]
        if page.earlier is None:
            break
        start = Start.of(str(page.earlier))
    assert sorted(seen) == sorted(made)
    assert seen == list(Activity.objects.of(person).values_list("pk", flat=True))


def test_earlier_leads_on_and_latest_leads_back(world: World) -> None:
    for number in range(A_PAGE + 1):
        logged(world, f"Number {number} of them", days=number)
    client = world.client("researcher")
    first = shown(client)
    assert "Number 0 of" in first and f"Number {A_PAGE} of" not in first
    last = Activity.objects.get(date=TODAY() - (A_PAGE - 1) * DAY)
    second = shown(client, f"?before={last.date}.{last.pk}")
    assert f"Number {A_PAGE} of" in second and "Number 0 of" not in second and "Latest" in second


def narrowed(world: World) -> dict[str, Activity]:
    project = Project.objects.create(
        residency=world.residency, title="Falls", started_on=TODAY(), added_by=world.people["researcher"]
    )
    elsewhere = make_residency(world.programme, world.host)
    join(world.people["researcher"], "researcher", world.programme, elsewhere)
    return {
        "plain": logged(world, "plain one"),
        "bid": logged(world, "bid one", kind="bid_development"),
        "project": logged(world, "project one", project=project),
        "old": logged(world, "old one", days=90),
        "host": logged(world, "host one", host=world.host),
        "elsewhere": logged(world, "elsewhere one", residency=elsewhere),
    }


@pytest.mark.parametrize(
    ("name", "kept"),
    [("kind", {"bid"}), ("project", {"project"}), ("host", {"host"}), ("residency", {"elsewhere"})],
)
def test_the_address_narrows(world: World, name: str, kept: set[str]) -> None:
    """A plain kind takes the finer one beneath it along."""
    made = narrowed(world)
    asked = {
        "kind": "project_management",
        "project": made["project"].project_id,
        "host": world.host.pk,
        "residency": made["elsewhere"].residency_id,
    }
    page = shown(world.client("researcher"), f"?{name}={asked[name]}")
    assert {one for one in made if f"{one} one" in page} == kept
    assert "Take away" in page


def test_both_days_are_included(world: World) -> None:
    for days in range(4):
        logged(world, f"{days} days ago", days=days)
    query = f"?since={TODAY() - 2 * DAY}&until={TODAY() - DAY}"
    page = shown(world.client("researcher"), query)
    assert [days for days in range(4) if f"{days} days ago" in page] == [1, 2]


def test_one_day_is_told_as_one_and_taken_away_whole(world: World) -> None:
    logged(world, "Today")
    page = shown(world.client("researcher"), f"?kind=relational&since={TODAY()}&until={TODAY()}")
    assert page.count("Take away") == 2 and "Up to" not in page and f"<li>{day(TODAY())} <a" in page
    assert 'href="/log/all/?kind=relational"' in page and f"?since={TODAY()}&amp;until={TODAY()}" in page


def test_words_are_sent_and_all_of_them_must_stand_in_it(world: World) -> None:
    logged(world, "Met the Ward sisters about falls")
    logged(world, "Met the porters")
    logged(world)
    client = world.client("researcher")
    page = shown(client, words="ward FALLS")
    assert "sisters" in page and "porters" not in page
    assert "Nothing fits" in shown(client, words="ward porters")
    assert "porters" in shown(client, "?words=ward"), "the address looks for no words"


def test_words_lead_to_earlier_ones_too(world: World) -> None:
    for number in range(A_PAGE + 1):
        logged(world, f"Falls {number}.", days=number)
    logged(world, "Sleep")
    client = world.client("researcher")
    page = shown(client, words="falls")
    assert "Falls 0." in page and f"Falls {A_PAGE}." not in page and "Sleep" not in page
    last = Activity.objects.get(date=TODAY() - (A_PAGE - 1) * DAY)
    assert f"Falls {A_PAGE}." in shown(client, words="falls", before=f"{last.date}.{last.pk}")


def test_the_form_leads_back_to_the_list(world: World) -> None:
    narrowed(world)
    day = TODAY()
    typed = {"apply": "yes", "kind": "educational", "since_day": day.day, "since_month": day.month}
    client = world.client("researcher")
    answer = client.get("/log/all/filter/", typed | {"since_year": day.year})
    led = urlparse(answer.headers["Location"])
    assert led.path == "/log/all/"
    assert parse_qs(led.query) == {"kind": ["educational"], "since": [day.isoformat()]}
    late = {f"until_{part}": getattr(day - DAY, part) for part in ("day", "month", "year")}
    wrong = client.get("/log/all/filter/", typed | {"since_year": day.year} | late)
    assert "The last day must be the first day or after it" in wrong.content.decode()


def test_what_one_left_can_be_read_and_not_changed(world: World) -> None:
    entry = logged(world, "What I did")
    held = world.people["researcher"].memberships.get()
    client = world.client("researcher")
    assert f"/log/{entry.pk}/remove/" in shown(client)
    held.end = TODAY() - DAY
    held.save()
    page = shown(client)
    assert "What I did" in page and f"/log/{entry.pk}/" not in page


@settings(deadline=None)
@given(st.text(max_size=30), st.text(max_size=30))
def test_any_address_is_one_that_can_be_asked(before: str, value: str) -> None:
    assert Start.of(str(Start.of(before))) == Start.of(before)
    asked = Filter.of(dict.fromkeys(["residency", "kind", "project", "host", "since", "until"], value))
    str(asked.apply(Activity.objects.all()).query)


def test_the_ways_around_a_log_are_for_who_has_or_had_one(world: World) -> None:
    for role in world.people:
        page = shown(world.client(role))
        assert ('href="/log/week/"' in page) is (role == "researcher"), role
        assert ("You have no log" in page) is (role != "researcher"), role
    logged(world)
    world.people["researcher"].memberships.update(end=TODAY())
    page = shown(world.client("researcher"))
    assert 'href="/portfolio/"' in page and 'href="/log/calendar/"' not in page
