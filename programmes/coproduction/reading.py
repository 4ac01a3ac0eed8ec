"""What the pages of co-production fetch."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count
from django.http import Http404

from programmes.models import (
    ClassificationChange,
    Contribution,
    Partner,
    Project,
    ProjectPartner,
    ProjectQuerySet,
    Residency,
    ResidencyQuerySet,
)


def projects_of(residency: Residency) -> ProjectQuerySet:
    return residency.projects.annotate(partner_count=Count("partners", distinct=True))


def project_of(residency: Residency, pk: int) -> Project:
    """A project of this residency; any other is a 404."""
    project = residency.projects.select_related("residency__programme").filter(pk=pk).first()
    if project is None:
        raise Http404("No project of that number in this residency")
    return project


def partners_of(project: Project) -> list[Partner]:
    return list(Partner.objects.filter(projects__project=project).order_by("name"))


def partners_to_choose(project: Project, reach: ResidencyQuerySet) -> list[Partner]:
    """Partners met in the residencies in reach that are not with the project yet: a name given at one host is not
    shown at another."""
    met = ProjectPartner.objects.filter(project__residency__in=reach.values("pk"))
    known = Partner.objects.filter(programme_id=project.residency.programme_id, pk__in=met.values("partner"))
    return list(known.exclude(projects__project=project))


def contribution_of(residency: Residency, pk: int) -> Contribution:
    """A contribution to this residency; any other is a 404."""
    found = Contribution.objects.filter(project__residency=residency, pk=pk)
    contribution = found.select_related("partner", "project__residency__programme").first()
    if contribution is None:
        raise Http404("No contribution of that number in this residency")
    return contribution


@dataclass(frozen=True)
class ProjectView:
    partners: list[Partner]
    contributions: list[Contribution]
    changes: list[ClassificationChange]


def project_view(project: Project) -> ProjectView:
    contributions = project.contributions.select_related("partner", "recorded_by", "confirmed_by")
    changes = project.classification_changes.select_related("by")
    return ProjectView(partners_of(project), list(contributions), list(changes))
