"""The date of an entry goes there and back through its three boxes, on every day of any year."""

from __future__ import annotations

import datetime

from hypothesis import example, given
from hypothesis import strategies as st

from embedded.drafts import Kept
from embedded.nhsuk.dates import DateField, typed
from programmes.logbook.answers import values_left

LEAP = datetime.date(2028, 2, 29)
CLOCKS_GO_BACK = datetime.date(2026, 10, 25)


@given(st.dates(datetime.date(1000, 1, 1), datetime.date(9998, 12, 31)))
@example(LEAP)
@example(CLOCKS_GO_BACK)
def test_a_date_comes_back_as_it_was(date: datetime.date) -> None:
    field = DateField("When was it?")
    assert field.clean(typed(date)) == date
    assert field.clean(typed(date.isoformat())) == date


@given(st.dates(datetime.date(1000, 1, 1), datetime.date(9998, 12, 31)))
@example(LEAP)
def test_a_draft_gives_back_the_date_that_was_typed(date: datetime.date) -> None:
    boxes = {f"date_{part}": [str(getattr(date, part))] for part in ("day", "month", "year")}
    left = Kept("key", datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC), boxes)
    assert DateField("When was it?").clean(values_left(left.typed)["date"]) == date
