"""What the pages of evidence fetch."""

from __future__ import annotations

from django.http import Http404

from programmes.models import Residency, UseInDecision


def uses_of(residency: Residency) -> list[UseInDecision]:
    return list(residency.uses.select_related("project", "recorded_by"))


def use_of(residency: Residency, pk: int) -> UseInDecision:
    """A use of this residency; any other is a 404."""
    found = residency.uses.select_related("project", "recorded_by", "residency__programme", "confirm_link")
    use = found.filter(pk=pk).first()
    if use is None:
        raise Http404("No use of that number in this residency")
    return use
