"""Fetches what the pages of registering show, where no scope is at hand or the record has to be read afresh."""

from __future__ import annotations

from django.http import Http404

from embedded.audit import events_at
from programmes.models import Condition, OrganisationPart, Residency, ResidencyOrganisation, ShelfLink


def registration_of(which: Residency | int) -> Residency:
    """The residency as it is saved now, with its places."""
    pk = which.pk if isinstance(which, Residency) else which
    return Residency.objects.with_places().get(pk=pk)


def saved_last_by(residency: Residency) -> str:
    """Who saved a page of the registration last; "" where nobody has."""
    place = f"p/{residency.programme.slug}/r/{residency.code}"
    newest = events_at(place).filter(deed="residency.registration_saved").first()
    return newest.who if newest else ""


def condition_of(residency: Residency, pk: int) -> Condition:
    """A condition of that residency; 404 for another's."""
    found = residency.conditions.select_related("met_by", "set_by").filter(pk=pk).first()
    if found is None:
        raise Http404("No such condition")
    return found


def organisations_of(residency: Residency) -> list[ResidencyOrganisation]:
    """Every host and academic home as it is saved now, the lead host first."""
    order = list(OrganisationPart)
    rows = ResidencyOrganisation.objects.filter(residency=residency).select_related("organisation")
    return sorted(rows, key=lambda row: (order.index(OrganisationPart(row.part)), row.pk))


def party_of(residency: Residency, pk: int) -> ResidencyOrganisation:
    """An organisation's part in that residency; 404 for another's."""
    found = ResidencyOrganisation.objects.filter(residency=residency, pk=pk).select_related("organisation")
    row = found.first()
    if row is None:
        raise Http404("No such organisation here")
    row.residency = residency
    return row


def shelf_link_of(residency: Residency, pk: int) -> ShelfLink:
    """A link on that residency's shelf; 404 for another's."""
    found = residency.shelf.filter(pk=pk).first()
    if found is None:
        raise Http404("No such link here")
    return found
