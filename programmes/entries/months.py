"""Keeps the roll-up of a residency's months in step with its log: entry by entry, or all at once after a COPY."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Final

from django.db import connection
from django.db.models import Max

from programmes.measures import rows
from programmes.models import Activity, ActivityKind, ActivityMonth

_KINDS: Final = [kind.value for kind in ActivityKind]
_COLUMNS: Final = ["entries", "last_logged_on", *_KINDS, "unallocated", "at_host"]
_SUMS: Final = [
    "count(a.id)",
    "max(a.date)",
    *(f"coalesce(sum(a.minutes) FILTER (WHERE a.kind = '{kind}'), 0)" for kind in _KINDS),
    "coalesce(sum(a.minutes) FILTER (WHERE a.project_id IS NULL), 0)",
    "coalesce(sum(a.minutes) FILTER (WHERE a.place = 'host'), 0)",
]
_FIRST: Final = f"""
INSERT INTO programmes_activitymonth (residency_id, month, {", ".join(_COLUMNS)})
SELECT a.residency_id, date_trunc('month', a.date)::date, {", ".join(_SUMS)}
FROM programmes_activity a WHERE a.residency_id = ANY(%s) GROUP BY 1, 2
"""  # noqa: S608 (names of our own columns and kinds)
_THERE: Final = """
INSERT INTO programmes_activitymonth
    (residency_id, month, entries, relational, knowledge_creation, educational, advice_consultation,
     project_management, supervision_support, academic_home, bid_development, reflection, unallocated, at_host)
SELECT r, m, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 FROM unnest(%s::bigint[]) r, unnest(%s::date[]) m
WHERE EXISTS (SELECT FROM programmes_activity a
    WHERE a.residency_id = r AND a.date >= m AND a.date < m + interval '1 month')
ON CONFLICT (residency_id, month) DO NOTHING
"""
_HELD: Final = """
SELECT id FROM programmes_activitymonth WHERE residency_id = ANY(%s) AND month = ANY(%s) ORDER BY id FOR UPDATE
"""
_AGAIN: Final = f"""
UPDATE programmes_activitymonth SET ({", ".join(_COLUMNS)}) = (
    SELECT {", ".join(_SUMS)} FROM programmes_activity a
    WHERE a.residency_id = programmes_activitymonth.residency_id
        AND a.date >= programmes_activitymonth.month
        AND a.date < programmes_activitymonth.month + interval '1 month'
)
WHERE residency_id = ANY(%s) AND month = ANY(%s)
"""  # noqa: S608 (as above)


def count(activity: Activity, sign: int) -> None:
    """Moves the entry into (+1) or out of (-1) its month's row, under that row's lock."""
    first = activity.date.replace(day=1)
    months = ActivityMonth.objects.select_for_update()
    row = months.filter(residency=activity.residency_id, month=first).first()
    if row is None:  # somebody else may make it at the same moment
        ActivityMonth.objects.get_or_create(residency=activity.residency, month=first)
        row = months.get(residency=activity.residency_id, month=first)
    rows.add_to_month(row, activity, sign)
    if sign < 0:
        others = Activity.objects.filter(
            residency=activity.residency, date__gte=first, date__month=first.month, date__year=first.year
        ).exclude(pk=activity.pk)
        row.last_logged_on = others.aggregate(last=Max("date"))["last"]
    row.save()


def add_up_first(residencies: Sequence[int]) -> None:
    """The roll-up of residencies that have none yet, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_FIRST, [list(residencies)])


def add_up(residencies: Sequence[int], months: Sequence[datetime.date]) -> None:
    """The roll-up of these months (first days) anew, after entries came or went set by set. Call it within their
    transaction: the rows are held first, so that whoever logs at the same moment is counted after it, once."""
    given = (list(residencies), list(months))
    with connection.cursor() as cursor:
        cursor.execute(_THERE, given)
        cursor.execute(_HELD, given)
        cursor.execute(_AGAIN, given)
