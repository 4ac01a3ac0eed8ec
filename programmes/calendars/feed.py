"""The private address of one's own dates, and what stands behind it: titles and dates of one's residencies, never
people, entries or the diary."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import icalendar
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from embedded import links
from embedded.accounts.models import Person
from embedded.audit import record
from embedded.links.issuing import PREFIX
from embedded.links.models import SignedLink
from programmes.access import Scope
from programmes.models import Residency

FEED: Final = "calendar_feed"
TWO_YEARS: Final = datetime.timedelta(days=730)
PLACE: Final = "calendar-feed"
_DAY: Final = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Milestone:
    """One date of a residency."""

    residency: Residency
    name: str
    on: datetime.date
    words: str


@transaction.atomic
def make_address(*, by: Person, form_key: str) -> None:
    """A new address, whose token `token_of` that press tells; the one before works no more."""
    links.end_all(FEED, str(by.pk))
    links.issue(FEED, str(by.pk), TWO_YEARS, by, _secret_of(by, form_key))
    record(by, "calendar_feed.made", "Calendar address", PLACE)


def token_of(person: Person, form_key: str) -> str:
    """The token that this press made, as long as it works; "" where it made none. A second press of the same form is
    told the same as the first, and nothing is kept for it."""
    token, link = PREFIX + _secret_of(person, form_key), address_of(person)
    return token if link is not None and links.opens(token, link) else ""


def _secret_of(person: Person, form_key: str) -> str:
    return salted_hmac(FEED, f"{person.pk}:{form_key}", algorithm="sha256").hexdigest()


@transaction.atomic
def end_address(*, by: Person) -> None:
    """The address answers nobody from now on."""
    links.end_all(FEED, str(by.pk))
    record(by, "calendar_feed.ended", "Calendar address", PLACE)


def address_of(person: Person) -> SignedLink | None:
    """The one that works, without its token, which nobody here knows."""
    live = SignedLink.objects.about(FEED, str(person.pk)).live(timezone.now())
    return live.order_by("-pk").first()


def owner_of(token: str) -> Person | None:
    """Whose address it is; None alike for never existed, expired, ended, and whoever may not sign in any more. Raises
    TooMany when it is asked too often."""
    link = links.find(FEED, token)
    if link is None:
        return None
    return Person.objects.filter(pk=int(link.subject), user__is_active=True).first()


def milestones(person: Person, today: datetime.date) -> list[Milestone]:
    """Of the residencies in which this person has a part of their own, the earliest first."""
    scope = Scope(person, today)
    own = {held.residency_id for held in scope.memberships if held.residency_id}
    residencies = scope.residencies().filter(pk__in=own).select_related("programme")
    found = [one for residency in residencies.order_by("pk") for one in _of(residency)]
    return sorted(found, key=lambda one: one.on)


def _of(residency: Residency) -> Iterator[Milestone]:
    said = [
        ("start", residency.started_on or residency.planned_start, "Starts"),
        (
            "end",
            residency.ended_on or residency.planned_end,
            "Ended" if residency.ended_on else "Ends as planned",
        ),
        ("decision", residency.decision_by, "The decision that it informs"),
        ("review", residency.review_on, "Look at it again"),
    ]
    for name, on, words in said:
        if on is not None:
            yield Milestone(residency, name, on, f"{words}: {residency.title}")


def as_ics(found: list[Milestone]) -> bytes:
    """The dates as whole days of a calendar; the same dates give the same bytes."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//Embedded//Dates//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "Embedded")
    for one in found:
        residency = one.residency
        event = icalendar.Event()
        event.add("uid", f"{residency.pk}-{one.name}@{_host()}")
        event.add("dtstamp", residency.created_at.astimezone(datetime.UTC))
        event.add("dtstart", one.on)
        event.add("dtend", one.on + _DAY)
        event.add("summary", one.words)
        event.add("transp", "TRANSPARENT")
        event.add("url", settings.BASE_URL + residency.get_absolute_url())
        calendar.add_component(event)
    return calendar.to_ical()


def _host() -> str:
    return settings.BASE_URL.partition("//")[2].partition("/")[0]
