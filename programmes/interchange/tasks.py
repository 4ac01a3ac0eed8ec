"""The work that workers do for logs by file."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.db.models import Q
from django.utils import timezone

from embedded.files.models import MadeFile
from embedded.jobs import Progress, handler
from embedded.jobs.models import Job
from programmes.interchange import work
from programmes.interchange.actions import CHECK, IMPORT
from programmes.models import Activity, LogFile, PlannedEntry, PlannedOrigin, PlannedState

KEPT: Final = timedelta(days=30)


@handler(CHECK)
def check(job: Job, progress: Progress) -> None:
    if (file := _file(job)) is not None:
        work.check(file, progress)


@handler(IMPORT)
def bring_in(job: Job, progress: Progress) -> None:
    if (file := _file(job)) is not None:
        work.bring_in(file)


@handler("log_files.purge")
def purge(job: Job, progress: Progress) -> None:
    """Forgets files and their rows after thirty days, and of a calendar what nobody ticked; entries stay, and what
    was answered does."""
    old = LogFile.objects.filter(asked_at__lt=timezone.now() - KEPT)
    contents = list(old.values_list("content", flat=True))
    Activity.objects.filter(file__in=old).update(file=None)
    planned = PlannedEntry.objects.filter(file__in=old)
    planned.filter(state=PlannedState.WAITING, origin=PlannedOrigin.CALENDAR).delete()
    planned.update(file=None)
    old.delete()
    MadeFile.objects.filter(pk__in=contents).delete()


def _file(job: Job) -> LogFile | None:
    """The file, unless its owner has said meanwhile that its columns mean something else."""
    found = LogFile.objects.select_related("content", "person__user")
    return found.filter(Q(job=job) | Q(importing=job), pk=job.payload["file"]).first()
