"""The hourly round that empties old letters."""

from embedded.jobs import Progress, handler
from embedded.jobs.models import Job
from embedded.post import outbox


@handler("post.purge")
def purge(job: Job, progress: Progress) -> None:
    outbox.purge()
