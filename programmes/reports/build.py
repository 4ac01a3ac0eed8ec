"""Makes one report: figures of one moment, a page and a PDF of them, kept and told of in one transaction."""

from __future__ import annotations

import datetime
from typing import Final

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from embedded.accounts.models import Person
from embedded.audit import record
from embedded.files import NoRoom, keep
from embedded.jobs import CannotBeDone, Progress
from embedded.nhsuk.words import moment
from embedded.pdf import CannotPrint, PrintedPdf, print_pdf
from programmes.access import Scope
from programmes.measures.period import Period, day_span
from programmes.models import Report, ResidencyQuerySet
from programmes.reports import notices
from programmes.reports.chapters import Frame, chapters, definitions
from programmes.reports.content import Content, drawing
from programmes.reports.gathering import gather
from programmes.reports.memory import TooMuch, bounded_memory
from programmes.reports.reading import may_read, place_of, within
from programmes.reports.snapshot import in_one_moment
from programmes.reports.summary import key_numbers, summary

STEPS: Final = 3
TOO_MUCH: Final = (
    "This report is too large to make. Ask for less at once, for example one theme or a shorter period."
)


@transaction.atomic
def make(report: Report, progress: Progress) -> None:
    """Figures, file, row, letter and audit event: all of them or none. A report that is made stays as it is.

    Raises CannotBeDone, with a sentence for the asker, where trying again would not help."""
    if report.made_at is not None:
        return
    progress("Reading the records", 1, STEPS)
    content = in_one_moment(lambda: compose(report))
    progress("Setting the pages", 2, STEPS)
    printed = _printed(content)
    progress("Keeping the file", 3, STEPS)
    try:
        report.pdf = keep(bytes(printed), file_name(report), "application/pdf")
    except NoRoom as problem:
        raise CannotBeDone(str(problem)) from problem
    report.figures = content.to_json()
    report.made_at = content.computed_at
    report.save(update_fields=["figures", "made_at", "pdf"])
    record(report.asked_by, "report.made", str(report), place_of(report), details={"pages": printed.pages})
    notices.tell_made(report)


def compose(report: Report) -> Content:
    """All that the report says, of what its asker may reach now (P4)."""
    at = timezone.now()
    today = timezone.localtime(at).date()
    frame = Frame(report.programme, Period(report.start, report.end), today, at)
    gathered = gather(_reachable(report, today), frame.period, today)
    parts = chapters(gathered, frame)
    return Content(
        title=report.programme.name,
        part=f"Theme: {report.theme.name}" if report.theme else "",
        period=day_span(frame.period),
        prepared_for=report.prepared_for,
        asked_by=report.asked_by.display_name,
        computed_at=at,
        summary=summary(gathered, parts, frame),
        key_numbers=key_numbers(gathered, frame),
        chapters=parts,
        definitions=definitions(frame),
    )


def _reachable(report: Report, today: datetime.date) -> ResidencyQuerySet:
    """The residencies that the report is about, if its asker may still have it."""
    asker = Person.objects.select_related("user").get(pk=report.asked_by_id)
    scope = Scope(asker, today)
    if asker.user is None or not asker.user.is_active or not may_read(scope, report):
        raise CannotBeDone(
            f"{asker} may no longer ask for reports of {report.theme or report.programme}, so it was not made."
        )
    return within(scope, report)


def paper(content: Content) -> str:
    """The whole document as the printer takes it."""
    return render_to_string(
        "paper/programme_report.jinja",
        {
            "title": _title(content),
            "content": content,
            "drawing": drawing,
            "edition_line": f"{_title(content)} · {content.period} · made {moment(content.computed_at)}",
            "newer_line": f"Made with {settings.SERVICE_NAME}. The figures are a snapshot and do not change.",
        },
    )


def _title(content: Content) -> str:
    return f"{content.title}: {content.part}" if content.part else content.title


def _printed(content: Content) -> PrintedPdf:
    title = f"Programme report: {_title(content)}, {content.period}"
    try:
        with bounded_memory():
            return print_pdf(
                paper(content),
                title,
                author=content.title,
                made_on=timezone.localtime(content.computed_at).date(),
                subject=content.summary[0],
            )
    except CannotPrint as problem:
        raise CannotBeDone(str(problem)) from problem
    except TooMuch as problem:
        raise CannotBeDone(TOO_MUCH) from problem


def file_name(report: Report) -> str:
    last = Period(report.start, report.end).last
    return f"programme-report-{report.programme.slug}-{report.start}-to-{last}.pdf"
