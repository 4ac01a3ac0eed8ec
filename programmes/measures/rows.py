"""The only queries of the measures: rows in, plain facts out; their number does not grow with the data."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.db.models import Count, Max, QuerySet
from django.db.models.functions import TruncMonth
from django.utils import timezone

from programmes.measures.engagement import KIND_CODES, MonthRow
from programmes.measures.facts import Facts, Item, OpenCondition, OpenProject
from programmes.measures.happenings import Use, UseCounts
from programmes.measures.period import Period
from programmes.measures.reach import Question, Reach, day
from programmes.models import (
    LEGAL_PERMISSIONS,
    AccessKind,
    Activity,
    ActivityMonth,
    Residency,
    ResidencyQuerySet,
)

_FACTS: Final = Path(__file__).with_name("facts.sql").read_text(encoding="utf-8")
_PLAIN: Final = (
    "planned_start started_on end adopted_on submitted_on decision_by agreement_signed_on guiding_group_entered_on "
    "public_partners_in_guiding_group sponsor_left_on end_decision_on exit_plan_on review_on"
).split()
_KINDS: Final = dict(AccessKind.choices)
_LEGAL: Final = frozenset(str(kind) for kind in LEGAL_PERMISSIONS)


def facts(residencies: ResidencyQuerySet | Reach) -> list[Facts]:
    """What the plain rules look at, of every residency given, by code: one query however many there are."""
    reach = residencies if isinstance(residencies, Reach) else Reach.of(residencies)
    asked = {"zone": timezone.get_current_timezone_name()}
    return reach.ask(Question(_FACTS, asked, lambda rows: [_facts(*row) for row in rows]))


def _facts(pk: int, slug: str, code: str, title: str, stage: str, *more: Any) -> Facts:
    *plain, host, items, projects, conditions = more
    values: list[Any] = [datetime.date.fromisoformat(one) if isinstance(one, str) else one for one in plain]
    return Facts(
        slug,
        code,
        title,
        stage,
        pk,
        host=host or "",
        items=tuple(_item(*item) for item in items or ()),
        projects=tuple(_project(*project) for project in projects or ()),
        conditions=tuple(
            OpenCondition(pk, what, owner, datetime.date.fromisoformat(due))
            for pk, what, owner, due in conditions or ()
        ),
        **dict(zip(_PLAIN, values, strict=True)),
    )


def _item(
    pk: int,
    kind: str,
    state: str,
    expires_on: str | None,
    start: str,
    end: str | None,
    host: str,
    host_pk: int,
    placement: int,
    issued_on: str | None,
) -> Item:
    began = datetime.date.fromisoformat(start)
    return Item(
        pk,
        str(_KINDS[kind]),
        kind in _LEGAL,
        state,
        day(expires_on),
        began,
        day(end),
        host,
        host_pk,
        placement,
        day(issued_on),
    )


def _project(
    pk: int, title: str, is_classified: bool, stage: str, started_on: str, feedback: str | None
) -> OpenProject:
    return OpenProject(
        pk, title, is_classified, stage, datetime.date.fromisoformat(started_on), day(feedback)
    )


_COUNTED: Final = f"month, entries, {', '.join(KIND_CODES)}"
_SUMMED: Final = f"month, {', '.join(f'sum({code})' for code in KIND_CODES)}"
_MONTHS_OF_PROGRAMME: Final = f"""
SELECT {_SUMMED} FROM programmes_programmemonth
WHERE programme_id = %(programme)s AND month >= %(start)s AND month < %(end)s
GROUP BY month
HAVING sum(entries) > 0
"""  # noqa: S608 (names of columns)
# Programmes that are wholly in reach have a roll-up of their own; of others each residency in reach is looked at.
_MONTHS: Final = f"""
WITH reached AS MATERIALIZED (
    SELECT programme_id, count(DISTINCT id) AS residencies FROM reach GROUP BY programme_id
), whole AS MATERIALIZED (
    SELECT programme_id FROM reached
    WHERE residencies = (SELECT count(*) FROM programmes_residency r WHERE r.programme_id = reached.programme_id)
)
SELECT {_SUMMED} FROM (
    SELECT {_COUNTED} FROM programmes_programmemonth
    WHERE programme_id IN (SELECT programme_id FROM whole) AND month >= %(start)s AND month < %(end)s
    UNION ALL
    SELECT {_COUNTED} FROM programmes_activitymonth
    WHERE (SELECT count(*) FROM whole) < (SELECT count(*) FROM reached)
        AND residency_id IN (SELECT id FROM reach WHERE programme_id NOT IN (SELECT programme_id FROM whole))
        AND month >= %(start)s AND month < %(end)s
) counted
GROUP BY month
HAVING sum(entries) > 0
"""  # noqa: S608 (names of columns)


def month_rows(residencies: ResidencyQuerySet, period: Period) -> list[MonthRow]:
    """Minutes a month over all the residencies given, from the roll-up; months without a row are there with
    nothing in them."""
    return Reach.of(residencies).ask(months(period))


def months(period: Period, programme: int | None = None) -> Question[list[MonthRow]]:
    """The same as a question; `programme` where all of that one is in reach, and nothing else."""

    def read(rows: list[list[Any]]) -> list[MonthRow]:
        found = {day(month): dict(zip(KIND_CODES, sums, strict=True)) for month, *sums in rows}
        return [MonthRow(month, found.get(month, {})) for month in period.months()]

    asked = {"start": period.start, "end": period.end}
    if programme is None:
        return Question(_MONTHS, asked, read)
    return Question(_MONTHS_OF_PROGRAMME, asked | {"programme": programme}, read)


def people_by_month(residencies: ResidencyQuerySet, period: Period) -> dict[datetime.date, int]:
    """How many different people logged anything, by month: what small numbers are judged by."""
    counted = (
        Activity.objects.filter(residency__in=residencies.order_by().values("pk"))
        .between(period.start, period.end)
        .annotate(month=TruncMonth("date"))
        .values_list("month")
        .annotate(people=Count("person", distinct=True))
        .order_by()
    )
    return dict(counted)


def figures_to(residencies: Iterable[Residency], period: Period | None = None) -> dict[int, datetime.date]:
    """The last day logged, by residency: "figures to 3 May". A residency without a log, or without one in the months
    of the period, is left out."""
    rows = ActivityMonth.objects.filter(entries__gt=0)
    if isinstance(residencies, QuerySet):
        rows = rows.filter(residency__in=residencies.order_by().values("pk"))
    else:
        rows = rows.filter(residency__in=[residency.pk for residency in residencies])
    if period is not None:
        rows = rows.filter(month__gte=period.start, month__lt=period.end)
    return dict(rows.values_list("residency").annotate(last=Max("last_logged_on")).order_by())


_USES: Final = """
WITH found AS MATERIALIZED (
    SELECT use.id, use.decided_on, use.outcome, use.confirmed_at, reach.is_open
    FROM programmes_useindecision use JOIN reach ON reach.id = use.residency_id
    WHERE use.decided_on >= %(start)s AND use.decided_on < %(end)s
)
SELECT (
    SELECT json_build_array(count(*), count(*) FILTER (WHERE outcome = 'used'),
        count(*) FILTER (WHERE confirmed_at IS NOT NULL), count(*) FILTER (WHERE is_open))
    FROM found
), (
    SELECT json_agg(json_build_array(use.id, p.slug, r.code, r.title, use.what, use.decision, use.decided_by,
        use.decided_on, use.outcome = 'used', use.confirmed_at IS NOT NULL, use.written_where)
        ORDER BY use.decided_on DESC, use.id DESC)
    FROM (
        SELECT id FROM found WHERE is_open OR NOT %(opened)s ORDER BY decided_on DESC, id DESC LIMIT %(most)s
    ) latest
    JOIN programmes_useindecision use ON use.id = latest.id
    JOIN programmes_residency r ON r.id = use.residency_id
    JOIN programmes_programme p ON p.id = r.programme_id
)
"""


@dataclass(frozen=True)
class Uses:
    """Uses in decisions: all counted, how many of them are of what may be opened, and the latest."""

    counts: UseCounts
    opened: int
    latest: Sequence[Use]


def uses(residencies: ResidencyQuerySet | Reach, period: Period) -> list[Use]:
    """Uses in decisions made in the period, the latest first."""
    reach = residencies if isinstance(residencies, Reach) else Reach.of(residencies)
    return list(reach.ask(latest_uses(period)).latest)


def latest_uses(period: Period, most: int | None = None, *, opened: bool = False) -> Question[Uses]:
    """The same as a question, with the counts of all: `most` at most, and only of what may be opened if so asked."""

    def read(rows: list[list[Any]]) -> Uses:
        if not rows:
            return Uses(UseCounts(), 0, ())
        [[(*counted, number), found]] = rows
        return Uses(UseCounts(*counted), number, [_use(*row) for row in found or ()])

    asked = {"start": period.start, "end": period.end, "most": most, "opened": opened}
    return Question(_USES, asked, read)


def _use(*row: Any) -> Use:
    values = list(row)
    values[7] = datetime.date.fromisoformat(values[7])
    return Use(*values)


def rebuild_months(residency: Residency) -> None:
    """Makes a residency's roll-up anew from its log: the slow, sure way."""
    ActivityMonth.objects.filter(residency=residency).delete()
    months: dict[datetime.date, ActivityMonth] = {}
    for activity in Activity.objects.filter(residency=residency).iterator():
        first = activity.date.replace(day=1)
        row = months.setdefault(first, ActivityMonth(residency=residency, month=first))
        add_to_month(row, activity, +1)
    ActivityMonth.objects.bulk_create(months.values())


def add_to_month(row: ActivityMonth, activity: Activity, sign: int) -> None:
    """Adds (+1) or takes away (-1) one entry. Taking away leaves `last_logged_on` to the caller."""
    minutes = sign * activity.minutes
    setattr(row, activity.kind, getattr(row, activity.kind) + minutes)
    row.entries += sign
    if activity.project_id is None:
        row.unallocated += minutes
    if activity.place == "host":
        row.at_host += minutes
    if sign > 0 and (row.last_logged_on is None or activity.date > row.last_logged_on):
        row.last_logged_on = activity.date
