"""The deeds of reports: ask for one, and ask again for one that could not be made."""

from __future__ import annotations

import datetime
from typing import Final

from django.db import transaction

from embedded import jobs
from embedded.accounts.models import Person
from embedded.audit import record
from embedded.jobs.models import OPEN_STATES
from programmes.measures.period import Period
from programmes.models import Programme, Report, Theme
from programmes.reports.reading import place_of
from programmes.reports.tasks import KIND

MOST_AT_ONCE: Final = 10  # reports of one person that wait or are being made


class TooManyWaiting(Exception):
    """Somebody has asked for more at once than one person needs; the text says what to do."""


@transaction.atomic
def ask_for_report(
    *,
    programme: Programme,
    theme: Theme | None,
    period: Period,
    prepared_for: str,
    by: Person,
    at: datetime.datetime,
) -> Report:
    """A report that will be made in the background. Asked for again by the same person while the first still waits
    or is being made, it is that one. Raises TooManyWaiting."""
    Person.objects.select_for_update(no_key=True).get(pk=by.pk)  # one press of a person after the other
    open_ones = Report.objects.filter(asked_by=by, job__state__in=OPEN_STATES)
    asked = {
        "programme": programme,
        "theme": theme,
        "start": period.start,
        "end": period.end,
        "prepared_for": prepared_for,
    }
    if same := open_ones.filter(**asked).first():
        return same
    if open_ones.count() >= MOST_AT_ONCE:
        raise TooManyWaiting(f"Wait until one of your {MOST_AT_ONCE} reports is made, then ask for the next")
    report = Report.objects.create(**asked, asked_by=by, asked_at=at)
    report.job = jobs.ask(KIND, f"{KIND}:{report.pk}", {"report": report.pk}, by.user)
    report.save(update_fields=["job"])
    _record(report, "report.asked", by)
    return report


@transaction.atomic
def try_again(*, report: Report, by: Person) -> bool:
    """Puts a report that could not be made back into the queue; False if there is nothing to try again."""
    put_back = report.job is not None and jobs.retry(report.job)
    if put_back:
        _record(report, "report.tried_again", by)
    return put_back


def _record(report: Report, deed: str, by: Person) -> None:
    details = {"start": report.start, "end": report.end, "theme": str(report.theme or "")}
    record(by, deed, str(report), place_of(report), details=details)
