"""The entries of one person's own log; anybody else's are not there."""

from __future__ import annotations

from django.http import Http404

from embedded.accounts.models import Person
from programmes.models import Activity, ActivityQuerySet, Residency


def own_entries(residency: Residency, person: Person) -> ActivityQuerySet:
    """Those of one residency, the latest first, with what a list shows of each."""
    return (
        Activity.objects.of(person)
        .filter(residency=residency)
        .select_related("project", "residency__programme")
        .prefetch_related("named_readers")
    )


def own_entry(residency: Residency, person: Person, pk: int) -> Activity:
    """An entry of the person's own log; anybody else's is a 404."""
    activity = own_entries(residency, person).select_related("requester").filter(pk=pk).first()
    if activity is None:
        raise Http404("No entry of yours has that number")
    return activity
