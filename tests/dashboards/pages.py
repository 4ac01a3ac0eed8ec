"""Programmes with something to see on their dashboards, and ways to read the pages."""

from __future__ import annotations

import datetime
import re
from typing import Any

from django.utils import timezone

from embedded.accounts.models import Person
from embedded.files import keep
from programmes.measures import rows
from programmes.measures.period import add_months
from programmes.models import (
    AccessItem,
    Activity,
    ActivityKind,
    Condition,
    Placement,
    Project,
    Report,
    Residency,
    UseInDecision,
)
from tests.world import World, make_person, make_residency

TODAY = timezone.localdate()
NOW = timezone.now


def days(number: int) -> datetime.date:
    """So many days from today; before it when negative."""
    return TODAY + datetime.timedelta(days=number)


def day_of(text: str) -> datetime.date:
    """ "3 May 2026" as a date."""
    return datetime.datetime.strptime(text, "%d %B %Y").replace(tzinfo=datetime.UTC).date()


def busy_residency(world: World, months: int = 14, **fields: Any) -> Residency:
    """A running residency about which every rule has something to say, with fourteen months of log behind it."""
    values = {
        "started_on": days(-400),
        "planned_start": days(-400),
        "planned_end": days(60),
        "guiding_group_entered_on": days(-200),
        "sponsor_left_on": days(-100),
        "theme": world.residency.theme,
    }
    residency = make_residency(world.programme, world.host, **(values | fields))
    person = make_person()
    placement = Placement.objects.create(
        residency=residency, person=person, wte="0.50", start=days(-400), accepted_on=days(-1)
    )
    for number, (kind, state, expires) in enumerate(
        [
            ("letter_of_access", "required", None),
            ("badge", "in_place", days(-3)),
            ("information_governance_training", "in_place", days(20)),
        ]
    ):
        AccessItem.objects.create(
            placement=placement,
            host=world.host,
            kind=kind,
            state=state,
            expires_on=expires,
            issued_on=days(-390 + number) if state == "in_place" else None,
        )
    Project.objects.create(
        residency=residency, title="Falls at night", stage="collect", started_on=days(-50), added_by=person
    )
    Condition.objects.create(
        residency=residency, what="A desk", owner_name="Sam", due=days(-5), set_by=person
    )
    Condition.objects.create(
        residency=residency, what="A plan", owner_name="Sam", due=days(15), set_by=person
    )
    UseInDecision.objects.create(
        residency=residency,
        what="Night figures",
        decision="Two more porters",
        decided_by="Operations board",
        decided_on=days(-10),
        recorded_by=person,
        recorded_at=NOW(),
    )
    log(residency, person, months)
    return residency


def log(residency: Residency, person: Any, months: int = 14) -> None:
    """Four entries a month, this month's included."""
    first = TODAY.replace(day=1)
    Activity.objects.bulk_create(
        Activity(
            residency=residency,
            person=person,
            date=min(add_months(first, -number) + datetime.timedelta(days=place), TODAY),
            minutes=60 + 15 * place,
            kind=kind,
            readers="residency",
            what="Did something that nobody else reads",
        )
        for number in range(months)
        for place, kind in enumerate(ActivityKind.values[:4])
    )
    rows.rebuild_months(residency)


def address(world: World, tail: str = "") -> str:
    return f"/p/{world.programme.slug}/{tail}"


def page_of(world: World, role: str = "programme_lead", tail: str = "") -> str:
    answer = world.client(role).get(address(world, tail))
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def headings(page: str) -> list[str]:
    main = page[page.index("<main") : page.index("</main>")]
    return [
        re.sub(r"<[^>]+>|\s+", " ", one).strip() for one in re.findall(r"<h2[^>]*>(.*?)</h2>", main, re.S)
    ]


def part(page: str, ident: str) -> str:
    """The section whose heading has that id."""
    start = page.index(f'aria-labelledby="{ident}"')
    return page[start : page.index("</section>", start)]


def links(markup: str) -> list[str]:
    return re.findall(r'href="(/[^"]+)"', markup)


def make_report(world: World, asked_by: Person, number: int) -> Report:
    """A finished report of one closed month."""
    first = TODAY.replace(day=1)
    pdf = keep(f"%PDF {number}".encode(), "report.pdf", "application/pdf")
    return Report.objects.create(
        programme=world.programme,
        start=add_months(first, -1 - number),
        end=add_months(first, -number),
        asked_by=asked_by,
        asked_at=NOW(),
        figures={},
        made_at=NOW(),
        pdf=pdf,
    )
