"""The job description, as a paper for packs."""

from __future__ import annotations

import datetime

from programmes.access import Scope
from programmes.models import JobDescription, JobDescriptionKind, Residency
from programmes.papers import Paper
from programmes.recruitment.build import paper
from programmes.recruitment.document import document_of, standing


def papers_of(scope: Scope, residency: Residency, today: datetime.date) -> list[Paper]:
    """The newest approved version that was written here, else the newest draft."""
    written = JobDescription.objects.filter(residency=residency, kind=JobDescriptionKind.WRITTEN)
    versions = written.select_related("residency__programme", "approved_by").order_by("-number")
    newest = versions.approved().first() or versions.first()
    if newest is None:
        return []
    return [Paper("job-description", "Job description", standing(newest), lambda: paper(document_of(newest)))]
