"""The work that workers do for packs: make one; keep the ready-made ones ready, and forget files nobody asks for."""

from django.utils import timezone

from embedded.jobs import Progress, handler
from embedded.jobs.models import Job
from guidance.models import Pack
from guidance.packs import actions, build, counting


@handler(actions.KIND)
def make(job: Job, progress: Progress) -> None:
    """One pack; nothing where a private one was forgotten meanwhile."""
    pack = Pack.objects.select_related("pdf", "bundle").filter(pk=job.payload["pack"]).first()
    if pack is not None:
        build.make(pack, progress)


@handler(actions.LOOK_AFTER)
def look_after(job: Job, progress: Progress) -> None:
    today = timezone.localdate()
    actions.forget_files(on=today)
    actions.ask_ready_packs(on=today)


@handler("guidance.count_packs")
def count_packs(job: Job, progress: Progress) -> None:
    counting.take_over()
