"""What the pages of a summary of two pages fetch."""

from __future__ import annotations

from django.http import Http404

from programmes.models import Bite, Project, Residency


def project_of(residency: Residency, pk: int) -> Project:
    """A project of this residency; any other is a 404."""
    project = residency.projects.select_related("residency__programme").filter(pk=pk).first()
    if project is None:
        raise Http404("No project of that number in this residency")
    return project


def bite_of(project: Project) -> Bite | None:
    bite = Bite.objects.filter(project=project).select_related("saved_by").first()
    if bite is not None:
        bite.project = project
    return bite


def unconfirmed(project: Project) -> int:
    """How many contributions of partners are recorded, but not confirmed yet."""
    return project.contributions.filter(confirmed_at__isnull=True).count()


def saved_bite(project: Project) -> Bite:
    """404 while there is none."""
    bite = bite_of(project)
    if bite is None:
        raise Http404("This project has no summary yet")
    return bite
