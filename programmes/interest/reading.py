"""What the pages of interest fetch."""

from __future__ import annotations

import datetime

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404

from embedded.accounts.models import Person
from programmes.access import Scope
from programmes.models import Interest, Programme, Role


def open_programmes() -> QuerySet[Programme]:
    """Those that take interest from people without an account."""
    return Programme.objects.filter(takes_interest=True)


def open_programme(slug: str) -> Programme:
    """One of those; 404 for every other, as if it did not exist."""
    found = open_programmes().filter(slug=slug).first()
    if found is None:
        raise Http404("No programme of that name takes interest")
    return found


def led_programme(scope: Scope, slug: str) -> Programme:
    """A programme whose interests the person may answer: those who may register ideas anywhere in it."""
    programme = scope.programme(slug, "register")
    if not scope.leads_whole("register", programme):
        raise PermissionDenied
    return programme


def leads_of(programme: Programme, on: datetime.date) -> list[Person]:
    """Those who lead the programme on that day."""
    held = programme.memberships.filter(role=Role.PROGRAMME_LEAD).live_on(on).select_related("person")
    return list({one.person_id: one.person for one in held}.values())


def interests_in(programme: Programme) -> QuerySet[Interest]:
    """What waits first, the longest waiting at the top; then what was answered, the latest first."""
    return programme.interests.select_related("organisation", "residency", "answered_by").order_by(
        "-answered_on", "registered_on", "pk"
    )


def interest_of(programme: Programme, pk: int) -> Interest:
    found = interests_in(programme).select_related("residency__programme").filter(pk=pk).first()
    if found is None:
        raise Http404("No interest of that number in this programme")
    return found
