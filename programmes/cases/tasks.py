"""The work that workers do for case studies: print one, count readings."""

from embedded.jobs import Progress, handler
from embedded.jobs.models import Job
from programmes.cases import build, counting
from programmes.cases.actions import KIND
from programmes.models import CaseStudy


@handler(KIND)
def make(job: Job, progress: Progress) -> None:
    build.make(CaseStudy.objects.get(pk=job.payload["case"]), progress)


@handler("cases.count")
def count(job: Job, progress: Progress) -> None:
    counting.take_over()
