"""What waits for somebody is on their front page: five lines at most, each a link, nothing where nothing waits."""

from __future__ import annotations

import datetime
import re

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from embedded.vault import Sealer
from programmes.entries.waiting import plan
from programmes.entries.words import Words
from programmes.entries.writing import Entry, log_activity
from programmes.measures.period import closed_months
from programmes.models import (
    Comment,
    Passage,
    PlannedEntry,
    Readers,
    Request,
    RequestAnswer,
    Side,
    SupervisionMeeting,
)
from tests.world import TODAY, World

DAY = datetime.timedelta(days=1)


def to_do(client: Client) -> dict[str, str]:
    """Words to address."""
    shown = client.get("/").content.decode()
    found = re.search(r"Waiting for you</h2>(.*?)</section>", shown, re.DOTALL)
    return {words: to for to, words in re.findall(r'href="([^"]+)">([^<]+)</a>', found[1])} if found else {}


def asks(world: World, answered: bool, told: bool) -> Request:
    person, today = world.people["researcher"], TODAY()
    return Request.objects.create(
        person=person,
        residency=world.residency,
        asked_on=today,
        what=Sealer(person).seal("Count them"),
        answer=RequestAnswer.NO if answered else RequestAnswer.WAITING,
        answered_on=today if answered else None,
        told_on=today if told else None,
    )


def meets(world: World, side: str, days: int, next_in: int | None) -> None:
    person, on = world.people["researcher"], TODAY() - days * DAY
    next_on = None if next_in is None else TODAY() + next_in * DAY
    SupervisionMeeting.objects.create(
        residency=world.residency,
        person=person,
        side=side,
        with_name="Idris",
        on=on,
        next_on=next_on,
        recorded_by=person,
    )


def test_nothing_is_shown_when_nothing_waits(world: World) -> None:
    person = world.people["researcher"]
    entry = Entry(date=TODAY() + DAY, minutes=30, kind="relational")
    plan(residency=world.residency, entry=entry, by=person)
    PlannedEntry.objects.create(person=person, on=TODAY() + DAY, origin="calendar")
    asks(world, answered=False, told=False)
    asks(world, answered=True, told=True)
    meets(world, Side.HOST, days=9, next_in=-3)
    meets(world, Side.HOST, days=2, next_in=0)
    for role in world.people:
        assert not to_do(world.client(role)), role


def test_what_waits_in_ones_log_is_shown_to_its_owner_alone(world: World) -> None:
    person, today = world.people["researcher"], TODAY()
    plan(residency=world.residency, entry=Entry(date=today, minutes=30, kind="relational"), by=person)
    for _ in range(2):
        PlannedEntry.objects.create(person=person, on=today, origin="calendar")
    asks(world, answered=True, told=False)
    meets(world, Side.UNIVERSITY, days=40, next_in=-1)
    code = world.residency.code
    late = today - DAY
    assert to_do(world.client("researcher")) == {
        f"Did this happen? 1 plan whose day has come, {code}": world.url("log/"),
        "2 meetings to tick": "/log/calendar/ticks/",
        f"Tell whoever asked: 1 request answered, {code}": world.url("focus/"),
        f"Record supervision by the university: it was to be on {late.day} {late:%B %Y}, {code}": world.url(
            "supervision/"
        ),
    }
    for role in set(world.people) - {"researcher"}:
        assert not to_do(world.client(role)), role


def test_a_note_that_names_somebody_waits_until_they_answer(world: World) -> None:
    person, reader = world.people["researcher"], world.people["academic_supervisor"]
    words = Words("Shared", Readers.PEOPLE, [reader])
    entry = Entry(TODAY(), 30, "relational", words)
    activity = log_activity(residency=world.residency, entry=entry, by=person)
    passage = Passage.objects.create(
        author=person, residency=world.residency, text="More", readers=Readers.PEOPLE, shared_on=TODAY()
    )
    passage.named_readers.add(reader)
    client = world.client("academic_supervisor")
    said = f"Read what was shared with you: 2 notes, {world.residency.code}"
    assert to_do(client) == {said: world.url("notes/")}
    assert client.get(world.url("notes/")).status_code == 200
    for role in set(world.people) - {"academic_supervisor"}:
        assert not to_do(world.client(role)), role
    Comment.objects.create(residency=world.residency, by=reader, activity=activity, text="Yes", on=TODAY())
    assert to_do(client) == {said.replace("2 notes", "1 note"): world.url("notes/")}
    Passage.objects.update(shared_on=closed_months(TODAY(), 1).start)
    assert to_do(client)
    Passage.objects.update(shared_on=closed_months(TODAY(), 1).start - DAY)
    assert not to_do(client)
    Passage.objects.update(shared_on=TODAY())
    assert to_do(client)
    reader.memberships.filter(residency=world.residency).update(end=TODAY())
    assert not to_do(client)


def test_the_front_page_asks_as_often_for_much_that_waits_as_for_nothing(world: World) -> None:
    client, person = world.client("researcher"), world.people["researcher"]
    client.get("/")
    with CaptureQueriesContext(connection) as nothing:
        client.get("/")
    for _ in range(4):
        entry = Entry(date=TODAY(), minutes=30, kind="relational")
        plan(residency=world.residency, entry=entry, by=person)
        asks(world, answered=True, told=False)
    for side in Side:
        meets(world, side, days=40, next_in=-1)
    with CaptureQueriesContext(connection) as much:
        assert len(to_do(client)) == 4
    assert len(much) == len(nothing)
