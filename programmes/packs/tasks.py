"""The work that workers do for a residency's own packs: take away those that are not true any more."""

from django.utils import timezone

from embedded.jobs import Progress, handler
from embedded.jobs.models import Job
from programmes.packs import actions


@handler("own_packs.forget")
def forget(job: Job, progress: Progress) -> None:
    actions.forget_changed(today=timezone.localdate())
