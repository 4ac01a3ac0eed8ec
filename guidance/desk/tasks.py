"""The desk's work in the background: the files of what was published, and the weekly look at web addresses."""

from __future__ import annotations

from django.utils import timezone

from embedded.jobs import CannotBeDone, Progress, handler
from embedded.jobs.models import Job
from embedded.pdf import CannotPrint
from guidance.desk.actions import PRINT
from guidance.desk.links import look_up_all
from guidance.making import forms_of, make_file
from guidance.models import Edition


@handler(PRINT)
def print_published(job: Job, progress: Progress) -> None:
    """Made anew as often as it is asked: only what differs is made."""
    found = Edition.objects.published().filter(pk=job.payload["edition"])
    for edition in found.select_related("document", "pdf", "docx", "xlsx").prefetch_related("reviews"):
        try:
            for form in forms_of(edition):
                make_file(edition=edition, form=form)
        except CannotPrint as error:
            raise CannotBeDone(str(error)) from error


@handler("guidance.check_links")
def check_links(job: Job, progress: Progress) -> None:
    look_up_all(timezone.now(), progress)
