"""The work that workers do for case studies: print one."""

from embedded.jobs import Progress, handler
from embedded.jobs.models import Job
from programmes.cases import build
from programmes.cases.actions import KIND
from programmes.models import CaseStudy


@handler(KIND)
def make(job: Job, progress: Progress) -> None:
    build.make(CaseStudy.objects.get(pk=job.payload["case"]), progress)
