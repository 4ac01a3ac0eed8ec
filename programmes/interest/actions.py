"""The deeds of interest: register it, make an idea of it, close it, open and close the form, forget what is over."""

from __future__ import annotations

import datetime
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.db import transaction

from embedded import audit, post
from embedded.accounts.models import Person
from embedded.accounts.throttles import Limit, take
from embedded.errors import TooMany
from programmes.founding import save_idea
from programmes.interest import reading
from programmes.models import Interest, Organisation, Programme, Residency
from programmes.registers.lookup import organisation_of
from programmes.registers.search import certain

BY_PLACE: Final = Limit("interest from a network address", 10, timedelta(hours=1))
BY_PROGRAMME: Final = Limit("interest in a programme", 200, timedelta(days=1))


class AnsweredAlready(Exception):
    """Somebody else was first; the text says what to do."""


def count(programme: Programme, place: str) -> None:
    """Counts one more from that network address, which is not kept. Raises TooMany."""
    taken = take([(BY_PLACE, place), (BY_PROGRAMME, str(programme.pk))])
    if taken.wait:
        raise TooMany("A lot has been sent from your network just now.", taken.wait)


@transaction.atomic
def register(
    *,
    programme: Programme,
    organisation: str,
    problem: str,
    name: str,
    email: str,
    phone: str,
    on: datetime.date,
) -> Interest:
    """Keeps interest, whoever it is from, and writes to those who lead the programme."""
    sure = certain(organisation)
    interest = Interest.objects.create(
        programme=programme,
        organisation_name=organisation,
        organisation=organisation_of(sure.reference) if sure else None,
        problem=problem,
        name=name,
        email=email,
        phone=phone,
        registered_on=on,
    )
    audit.record(None, "interest.registered", str(interest), place_of(programme))
    _tell_leads(interest)
    return interest


def _tell_leads(interest: Interest) -> None:
    """The organisation and where to read it; who wrote and what about stays on the page, which forgets it in time."""
    for person in reading.leads_of(interest.programme, interest.registered_on):
        if person.email:
            post.write(
                to=person.email,
                subject=f"Interest in {interest.programme}",
                template="interest_registered",
                context={
                    "person": person.display_name,
                    "interest": interest,
                    "programme": interest.programme,
                    "address": settings.BASE_URL + interest.get_absolute_url(),
                },
                key=f"interest_registered/{interest.pk}/{person.pk}",
            )


@transaction.atomic
def make_idea(
    *, interest: Interest, title: str, host: Organisation, by: Person, on: datetime.date
) -> Residency:
    """An idea with what was typed: the problem, and whoever typed it as the manager to ask. Raises AnsweredAlready."""
    found = _still_waiting(interest)
    residency = save_idea(programme=found.programme, title=title, host=host, by=by, on=on)
    residency.problem = found.problem
    residency.host_manager_name, residency.host_manager_email = found.name, found.email
    residency.save(update_fields=["problem", "host_manager_name", "host_manager_email"])
    found.residency = residency
    _answer(found, by, on)
    return residency


@transaction.atomic
def close(*, interest: Interest, reason: str, by: Person, on: datetime.date) -> None:
    """Closes it with a reason, which goes out by letter where there is an address. Raises AnsweredAlready."""
    found = _still_waiting(interest)
    found.closed_because = reason
    _answer(found, by, on)


@transaction.atomic
def take_interest(*, programme: Programme, taking: bool, by: Person) -> None:
    """Opens or closes the form that needs no account."""
    Programme.objects.filter(pk=programme.pk).update(takes_interest=taking)
    deed = "programme.takes_interest" if taking else "programme.takes_no_interest"
    audit.record(by, deed, str(programme), place_of(programme))


def forget(on: datetime.date) -> int:
    """Deletes what is over: 90 days after the answer, a year where there was none. How many."""
    return Interest.objects.over(on).delete()[0]


def place_of(programme: Programme) -> str:
    """Where the audit trail keeps what happens to interests."""
    return f"p/{programme.slug}/interests"


def _still_waiting(interest: Interest) -> Interest:
    locked = Interest.objects.select_for_update(of=("self",)).select_related("programme").get(pk=interest.pk)
    if locked.answered_on is not None:
        raise AnsweredAlready("Somebody has answered this already. See below what came of it.")
    return locked


def _answer(interest: Interest, by: Person, on: datetime.date) -> None:
    interest.answered_by, interest.answered_on = by, on
    interest.save(update_fields=["answered_by", "answered_on", "residency", "closed_because"])
    deed = "interest.made_an_idea" if interest.residency else "interest.closed"
    audit.record(by, deed, str(interest), place_of(interest.programme))
    if interest.email:
        post.write(
            to=interest.email,
            subject=f"Your interest in {interest.programme}",
            template="interest_answered",
            context={"interest": interest, "programme": interest.programme, "by": by.display_name},
            key=f"interest_answered/{interest.pk}",
        )
