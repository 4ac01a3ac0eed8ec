"""The desk's work in the background: the files of what was published, the weekly look at web addresses, and the
letters about review dates."""

from __future__ import annotations

from typing import Final

from django.utils import timezone

from embedded.files import NoRoom
from embedded.jobs import CannotBeDone, Progress, handler
from embedded.jobs.models import Job
from embedded.pdf import CannotPrint
from guidance.desk.actions import PRINT
from guidance.desk.links import look_up_all
from guidance.desk.reminding import remind
from guidance.making import forms_of, make_file
from guidance.models import Edition

MORNING: Final = range(8, 12)  # hours in London


@handler(PRINT)
def print_published(job: Job, progress: Progress) -> None:
    """Made anew as often as it is asked: only what differs is made."""
    found = Edition.objects.published().filter(pk=job.payload["edition"])
    for edition in found.select_related("document", "pdf", "docx", "xlsx").prefetch_related("reviews"):
        try:
            for form in forms_of(edition):
                make_file(edition=edition, form=form)
        except (CannotPrint, NoRoom) as error:
            raise CannotBeDone(str(error)) from error


@handler("guidance.check_links")
def check_links(job: Job, progress: Progress) -> None:
    look_up_all(timezone.now(), progress)


@handler("guidance.remind_reviews")
def remind_reviews(job: Job, progress: Progress) -> None:
    now = timezone.localtime()
    if now.hour in MORNING:
        remind(now.date())
