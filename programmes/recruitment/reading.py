"""Fetches the versions of a residency's job description, and who was asked to approve one."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Final

from django.http import Http404

from embedded.accounts.models import Person
from embedded.audit.models import Event
from programmes.founding import place_of
from programmes.models import JobDescription, Residency
from programmes.models.job_description import JobDescriptionQuerySet

SENT: Final = "job_description.sent_for_approval"


@dataclass(frozen=True)
class Asked:
    """Who sent a version for approval, when, and to whom. It stands while nobody has changed that version since."""

    by: Person | None
    name: str
    at: datetime.datetime
    people: list[str]
    stands: bool


def asked_about(description: JobDescription) -> Asked | None:
    """The latest time that this version was sent for approval, as the trail has it."""
    sent = Event.objects.filter(place=place_of(description.residency), deed=SENT)
    last = sent.filter(details__number=description.number).newest_first().first()
    if last is None:
        return None
    people = Person.objects.in_bulk([int(last.who_id), *last.details["people"]])
    return Asked(
        by=people.get(int(last.who_id)),
        name=last.who,
        at=last.at,
        people=[str(people[pk]) for pk in last.details["people"] if pk in people],
        stands=last.details["version"] == description.version,
    )


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
