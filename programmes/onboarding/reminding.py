"""The deed of reminding: one letter a week to each address, and one at once for what is seven days off or today; of a
round that was missed the next one makes up for the letters at once."""

from __future__ import annotations

import datetime
import hashlib
from typing import Final

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from embedded import audit, links, post
from embedded.accounts.models import Person
from embedded.audit.models import Event
from programmes.models import QuietAddress
from programmes.onboarding import due
from programmes.onboarding.asking import ANSWER, asked_of
from programmes.onboarding.papers_due import agreements_due

WEEKLY: Final = "weekly_letter"
PLACE: Final = "weekly-letter"
ROUNDS: Final = "access-rounds"


@transaction.atomic
def remind(today: datetime.date) -> int:
    """Writes the letters of this day, each once however often it is asked; how many. The weekly one goes to an address
    on the first day of the week on which there is something to tell; not to one that wants none."""
    things, since = [*due.items_due(today), *agreements_due(today)], _last_round(today)
    alone = [one for one in things if due.is_alone(one, since, today)]
    rest = [one for one in things if not due.is_alone(one, since, today)]
    year, week, _ = today.isocalendar()
    quiet = set(QuietAddress.objects.values_list("email", flat=True))
    wanted = [(f"access_alone/{today:%Y-%m-%d}", batch, False) for batch in due.batches(alone)]
    wanted += [
        (f"access_week/{year}-{week:02}", batch, True)
        for batch in due.batches(rest)
        if batch.email not in quiet
    ]
    return _write({f"{key}/{_mark(batch.email)}": (batch, weekly) for key, batch, weekly in wanted})


def _last_round(today: datetime.date) -> datetime.date:
    """The day of the last round before that day, the day before where there was none. That this one is gone through is
    written down with its letters or not at all, so that none is written again when the next one looks back."""
    rounds = Event.objects.filter(place=ROUNDS).order_by("-pk").values_list("details__on", flat=True)
    days = [datetime.date.fromisoformat(on) for on in rounds[:5]]
    if today not in days:
        audit.record(
            None, "access_round.done", "Round of letters on what is due", ROUNDS, details={"on": today}
        )
    return max((on for on in days if on < today), default=today - datetime.timedelta(days=1))


def _write(wanted: dict[str, tuple[due.Batch, bool]]) -> int:
    had = post.written(list(wanted))
    for key, (batch, weekly) in wanted.items():
        if key not in had:
            _one(key, batch, weekly)
    return len(wanted) - len(had)


def _one(key: str, batch: due.Batch, weekly: bool) -> None:
    number = len(batch.told)
    things = "1 thing" if number == 1 else f"{number} things"
    papers = any(told.due.item is None for told in batch.told)
    about = "Access and agreements" if papers else "Access"
    post.write(
        to=batch.email,
        subject=f"{about} this week: {things} to see to"
        if weekly
        else f"{about}: {things} with a day that is near",
        template="access_due",
        context={
            "batch": batch,
            "weekly": weekly,
            "lines": [(told.due.words, _address(told)) for told in batch.told],
            "stop": _stop(batch.email) if weekly else "",
        },
        key=key,
    )


def _address(told: due.Told) -> str:
    """Whoever sees to it answers by link, without an account; everybody else reads the page."""
    item, residency = told.due.item, told.due.residency
    if told.is_owner and item is not None:
        _, token = links.issue(ANSWER, asked_of(item))
        return settings.BASE_URL + reverse("access_answer", args=[token])
    page = "access" if item is not None else "agreements"
    return settings.BASE_URL + reverse(page, args=[residency.programme.slug, residency.code])


def _stop(email: str) -> str:
    _, token = links.issue(WEEKLY, email)
    return settings.BASE_URL + reverse("weekly_letter_open", args=[token])


def _mark(email: str) -> str:
    """An address in the key of a letter, short and unreadable."""
    return hashlib.sha256(email.encode()).hexdigest()[:24]


def is_quiet(email: str) -> bool:
    return QuietAddress.objects.filter(email=email.strip().lower()).exists()


@transaction.atomic
def set_weekly(*, email: str, wanted: bool, by: Person | None, on: datetime.date) -> None:
    """Switches the weekly letter to an address off or on again; `by` is None for whoever holds its link."""
    address = email.strip().lower()
    if wanted:
        QuietAddress.objects.filter(email=address).delete()
    else:
        QuietAddress.objects.get_or_create(email=address, defaults={"since": on})
    deed = "weekly_letter.wanted" if wanted else "weekly_letter.stopped"
    audit.record(by, deed, "Weekly letter on access", PLACE)


def address_behind(token: str) -> str:
    """The email address that a link speaks for; "" alike for never existed, expired and ended."""
    link = links.find(WEEKLY, token)
    return link.subject if link else ""
