"""The hourly round that removes files whose row was never written."""

from embedded.files import keeping
from embedded.jobs import Progress, handler
from embedded.jobs.models import Job


@handler("files.sweep_orphans")
def sweep_orphans(job: Job, progress: Progress) -> None:
    keeping.sweep_orphans()
