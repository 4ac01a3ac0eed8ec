"""The differencing drill (users.md decision 8): two logs that differ inside a month look the same to host and lead.

Whoever reads every page, filter, period, table and report twice, before and after, and subtracts, learns nothing of a
day, of the length of an entry, of words or of people met. A closed month that differs as a whole shows, by plain kind.

The one exception that users.md decision 10 allows: of a log that does not reach into the last closed month, the quiet
line names the last day logged ("figures to 3 May"), without its minutes, and goes once anything newer is logged.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any, Final

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from embedded.nhsuk.words import day
from programmes.entries import people_met, writing
from programmes.entries.words import Words
from programmes.entries.writing import Entry, log_activity
from programmes.measures.period import add_months, closed_months
from programmes.models import EarlySign, LateReason, OutputKind, Place
from programmes.reports.build import compose, paper
from tests.dashboards.pages import busy_residency
from tests.house.addresses import Things, address_of, our_names, parts_of, things_in
from tests.reports.telling import ask, keep_made
from tests.world import TODAY, make_world

READERS: Final = (
    "programme_lead",
    "host_manager",
    "programme_officer",
    "theme_lead",
    "exec_sponsor",
    "funder",
    "hr",
)
# what differs between two looks at the same: keys of forms and of drafts, tokens, nonces
OWN: Final = re.compile(
    r'name="(?:csrfmiddlewaretoken|form_key)" value="[^"]*"|nonce="[^"]*"|value="[0-9a-f-]{36}"|data-draft="[^"]*"'
)
# files that were printed before, and what starts a job
PRINTED: Final = {"guidance_pdf", "report_pdf", "job_description_download", "agreement_file"}
FREE_DATES: Final = (
    "start=2026-05-01&end=2026-05-08",
    "start=2026-05-01&end=2026-05-07",
    "since=2026-05-01&before=2026-05-08",
    "since=2026-05-01&before=2026-05-07",
    "from=2026-05-01&to=2026-05-07",
    "month=2026-05&day=7",
    "period=1",
    "period=week",
)
FIGURES: Final = (
    "logs",
    "changes",
    "uses",
    "ahead",
    "stages",
    "over-time",
    "access",
    "days-to-access",
    "public",
)
KINDS: Final = ("relational", "educational", "bid_development", "reflection")


@dataclass(frozen=True)
class Told:
    """One entry of a closed month, as a draw makes it."""

    day: int
    minutes: int
    kind: str
    place: str
    words: str
    sign: str
    output: str
    late_reason: str
    with_project: bool
    people: int

    def entry(self, things: Things, month: datetime.date) -> Entry:
        writer = things.world.people["researcher"]
        met = [people_met.add(person=writer, name=f"Person {number}") for number in range(self.people)]
        return Entry(
            date=month + datetime.timedelta(days=self.day),
            minutes=self.minutes,
            kind=self.kind,
            words=Words(self.words),
            place=self.place,
            host=things.world.host,
            project=things.project if self.with_project else None,
            requester=met[0] if met else None,
            met=met,
            sign=self.sign,
            output=self.output,
            late_reason=self.late_reason,
        )


def one_of(values: list[str]) -> st.SearchStrategy[str]:
    return st.sampled_from(["", *values])


told = st.builds(
    Told,
    day=st.integers(0, 27),
    minutes=st.integers(1, 240),
    kind=st.sampled_from(KINDS),
    place=one_of(Place.values),
    words=st.sampled_from(["", "Met the matron", "A long text\n\nin two parts"]),
    sign=one_of(EarlySign.values),
    output=one_of(OutputKind.values),
    late_reason=one_of(LateReason.values),
    with_project=st.booleans(),
    people=st.integers(0, 2),
)


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    """Pages say when their figures were made."""
    with time_machine.travel(timezone.now(), tick=False):
        yield


@contextmanager
def never_happened() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def looks(things: Things, wide: bool, readers: tuple[str, ...] = ()) -> dict[str, str]:
    """Everything that each of these readers is shown anywhere, as if nobody had looked before."""
    found = {}
    for who in readers or (READERS if wide else READERS[:2]):
        with never_happened():
            browser = things.world.client(who)
            for address in addresses(things, wide):
                answer: Any = browser.get(address)
                if answer.status_code == 200:
                    content = b"".join(answer) if answer.streaming else answer.content
                    is_text = not content.startswith((b"%PDF", b"PK"))
                    found[f"{who} {address}"] = settled(content.decode()) if is_text else ""
    with never_happened():
        found["a report asked for now"] = settled(str(paper(compose(ask(things.world)))))
    return found


def addresses(things: Things, wide: bool) -> list[str]:
    """Every address of a programme, with every filter that narrows by something, and with dates that nobody offers."""
    world = things.world
    plain = [
        address_of(name, things) for name in our_names() if "slug" in parts_of(name) and name not in PRINTED
    ]
    programme = f"/p/{world.programme.slug}/"
    theme, host = world.residency.theme_id, world.host.pk
    narrowed = [f"theme={theme}", f"theme={theme}&host={host}", *(FREE_DATES if wide else FREE_DATES[:2])]
    figures = [f"{programme}figures/{key}.csv" for key in FIGURES]
    pages = [
        programme,
        f"{programme}figures/",
        f"{programme}figures/mix.csv",
        *(figures if wide else figures[:1]),
    ]
    lists = [f"{programme}residencies/", f"{programme}residencies.csv"]
    sorts = ("code", "ends", "newest") if wide else ("ends",)
    asked = [f"{page}?{query}" for page in pages for query in narrowed]
    asked += [f"{page}?{query}&sort={by}" for page in lists for query in narrowed for by in sorts]
    asked += [f"{world.url('log/months/')}?{query}" for query in FREE_DATES]
    return [*plain, *figures, *asked]


def settled(page: str) -> str:
    return OWN.sub("", page)


def differing(one: dict[str, str], other: dict[str, str]) -> list[str]:
    return sorted(place for place in one.keys() | other.keys() if one.get(place) != other.get(place))


def filled() -> Things:
    """A programme with enough logs for its figures to be shown, and one residency whose log is drawn."""
    things = things_in(make_world())
    for _ in range(2):
        busy_residency(things.world)
    things.report = keep_made(ask(things.world))
    for back in (1, 2):  # so that its log is not quiet
        write(things, [Entry(date=closed(back), minutes=30, kind="relational")])
    return things


def closed(back: int) -> datetime.date:
    """The first of the month so many before this one."""
    return add_months(closed_months(TODAY(), 1).start, 1 - back)


def write(things: Things, entries: list[Entry]) -> None:
    for entry in entries:
        log_activity(residency=things.world.residency, entry=entry, by=things.world.people["researcher"])


def after(things: Things, entries: list[Entry], wide: bool, *readers: str) -> dict[str, str]:
    """What is seen with these entries in the log; then they were never there."""
    with never_happened():
        write(things, entries)
        return looks(things, wide, readers)


@pytest.mark.django_db
def test_two_logs_that_differ_inside_a_month_look_the_same(times: Callable[[int, int], int]) -> None:
    """The same minutes by kind in a closed month: on other days, in other pieces, with other words and people. And
    whatever is logged in the month that is not over."""
    things, wide = filled(), times(0, 1) == 1

    @settings(max_examples=times(1, 3), deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(one=told, another=told, now=told, first=st.integers(1, 239), back=st.integers(1, 3))
    def check(one: Told, another: Told, now: Told, first: int, back: int) -> None:
        month, open_month = closed(back), TODAY().replace(day=1)
        another = replace(another, minutes=one.minutes, kind=one.kind)
        pieces = [another]
        if first < one.minutes:
            rest = replace(another, day=one.day, minutes=one.minutes - first)
            pieces = [replace(another, minutes=first), rest]
        now = replace(now, day=(TODAY().day - 1) * now.day // 28)
        seen = after(things, [one.entry(things, month)], wide)
        entries = [*(piece.entry(things, month) for piece in pieces), now.entry(things, open_month)]
        assert len(seen) > 100
        assert differing(seen, after(things, entries, wide)) == []

    check()


@pytest.mark.django_db
def test_a_closed_month_that_differs_shows_and_the_drill_sees_it() -> None:
    """Otherwise the drill looks at nothing. Who has no part in the log sees no difference even then."""
    things, who = filled(), ("host_manager", "hr")
    seen = after(things, [Entry(date=closed(2), minutes=60, kind="relational")], False, *who)
    found = differing(
        seen, after(things, [Entry(date=closed(2), minutes=95, kind="relational")], False, *who)
    )
    assert f"host_manager {things.world.url('log/months/')}" in found
    assert not any(place.startswith("hr ") for place in found)


@pytest.mark.django_db
def test_the_quiet_line_names_a_day_and_no_minutes() -> None:
    """The exception of decision 10, no wider than it says: but for that one day, both logs look the same."""
    things = things_in(make_world())
    writing.remove_activity(activity=things.activity, by=things.world.people["researcher"])
    busy_residency(things.world)
    one = Entry(date=closed(3) + datetime.timedelta(days=2), minutes=60, kind="relational")
    later = replace(one, date=one.date + datetime.timedelta(days=9))
    both = [after(things, [entry], False, "programme_lead") for entry in (one, later)]
    assert differing(*both), "the drill looks at nothing"
    without = [
        {place: page.replace(day(entry.date), "a day") for place, page in seen.items()}
        for seen, entry in zip(both, (one, later), strict=True)
    ]
    assert differing(*without) == []
