"""Fetches the versions of a residency's job description."""

from __future__ import annotations

from django.http import Http404

from programmes.models import JobDescription, Residency
from programmes.models.job_description import JobDescriptionQuerySet


def versions_of(residency: Residency) -> list[JobDescription]:
    """The newest first, without what they say."""
    return list(_versions(residency).defer("content"))


def newest_of(residency: Residency) -> JobDescription | None:
    return _versions(residency).first()


def written_newest_of(residency: Residency) -> JobDescription:
    """The newest version if it was written here, which alone can be changed on pages; 404 otherwise."""
    newest = newest_of(residency)
    if newest is None or newest.own_form_id is not None:
        raise Http404("No job description that was written here")
    return newest


def version_of(residency: Residency, pk: int) -> JobDescription:
    """A version of this residency's; any other is a 404."""
    found = _versions(residency).filter(pk=pk).first()
    if found is None:
        raise Http404("No version of that number in this residency")
    return found


def _versions(residency: Residency) -> JobDescriptionQuerySet:
    return (
        JobDescription.objects.filter(residency=residency)
        .select_related(
            "residency__programme", "approved_by", "changed_by", "begun_by", "own_form", "pdf", "word", "job"
        )
        .order_by("-number")
    )
