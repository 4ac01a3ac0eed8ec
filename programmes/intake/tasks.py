"""The work that workers do for residencies by file."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.utils import timezone

from embedded.accounts.models import Person
from embedded.files.models import MadeFile
from embedded.jobs import Progress, handler
from embedded.jobs.models import Job
from programmes.intake import work
from programmes.intake.actions import CHECK, IMPORT
from programmes.models import ResidencyFile

KEPT: Final = timedelta(days=30)


@handler(CHECK)
def check(job: Job, progress: Progress) -> None:
    work.check(_file(job), progress)


@handler(IMPORT)
def bring_in(job: Job, progress: Progress) -> None:
    by = Person.objects.select_related("user").get(pk=job.payload["by"])
    work.bring_next_in(_file(job), by)


@handler("residency_files.purge")
def purge(job: Job, progress: Progress) -> None:
    """Forgets files and their rows after thirty days: they hold names and addresses, and their use is over."""
    old = ResidencyFile.objects.filter(asked_at__lt=timezone.now() - KEPT)
    contents = list(old.values_list("content", flat=True))
    old.delete()
    MadeFile.objects.filter(pk__in=contents).delete()


def _file(job: Job) -> ResidencyFile:
    return ResidencyFile.objects.select_related("programme", "content", "asked_by__user").get(
        pk=job.payload["file"]
    )
