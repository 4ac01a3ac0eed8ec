"""Fetches what the pages of registering show, where no scope is at hand or the record has to be read afresh."""

from __future__ import annotations

from django.http import Http404

from programmes.models import Condition, Residency


def registration_of(which: Residency | int) -> Residency:
    """The residency as it is saved now, with its places."""
    pk = which.pk if isinstance(which, Residency) else which
    return Residency.objects.with_places().get(pk=pk)


def condition_of(residency: Residency, pk: int) -> Condition:
    """A condition of that residency; 404 for another's."""
    found = residency.conditions.select_related("met_by", "set_by").filter(pk=pk).first()
    if found is None:
        raise Http404("No such condition")
    return found
