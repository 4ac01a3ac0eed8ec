"""Months that rest on too few people to be shown (P9), found without counting the people of all the others."""

from __future__ import annotations

import datetime
from typing import Final

from programmes.measures import rows
from programmes.measures.period import Period, add_months
from programmes.measures.reach import Question, Reach
from programmes.models import ResidencyQuerySet

# One person each of up to a hundred residencies that logged in a month: mostly that names enough of them.
_UNSETTLED: Final = """
SELECT month FROM unnest(%(months)s::date[]) AS month
WHERE %(fewest)s > (
    SELECT count(DISTINCT one.person_id)
    FROM (
        SELECT m.residency_id FROM programmes_activitymonth m JOIN reach ON reach.id = m.residency_id
        WHERE m.month = month.month AND m.entries > 0
        LIMIT 100
    ) logged
    CROSS JOIN LATERAL (
        SELECT person_id FROM programmes_activity a
        WHERE a.residency_id = logged.residency_id
            AND a.date >= month.month AND a.date < month.month + interval '1 month'
        LIMIT 1
    ) one
)
"""


def months_of_few(residencies: ResidencyQuerySet, period: Period, fewest: int) -> set[datetime.date]:
    """The months of the period in which somebody logged, and fewer different people than `fewest`."""
    asked = {"months": period.months(), "fewest": fewest}
    open_months = Reach.of(residencies).ask(
        Question(_UNSETTLED, asked, lambda rows: [datetime.date.fromisoformat(month) for (month,) in rows])
    )
    if not open_months:
        return set()
    people = rows.people_by_month(residencies, Period(min(open_months), add_months(max(open_months), 1)))
    return {month for month in open_months if 0 < people.get(month, 0) < fewest}
