"""The work that workers do for job descriptions: make the PDF and the Word file of one version."""

from __future__ import annotations

from embedded.jobs import Progress, handler
from embedded.jobs.models import Job
from programmes.recruitment import build
from programmes.recruitment.actions import KIND


@handler(KIND)
def make(job: Job, progress: Progress) -> None:
    build.make(job.payload["description"], job.payload["version"], progress)
