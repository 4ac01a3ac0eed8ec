"""The deeds of reminders: one letter for each spell of silence, and the switch that stops them."""

from __future__ import annotations

import datetime
from typing import Final

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from embedded import audit, links, post
from embedded.accounts.models import Person
from programmes.models import LogHabit
from programmes.nudges.due import Due, due_on

NUDGE: Final = "log_reminder"
PLACE: Final = "log-reminder"


@transaction.atomic
def remind(today: datetime.date) -> int:
    """Writes the letters of this day, each once however often it is asked; how many. Whoever got another letter that
    day waits for one on which none comes."""
    wanted = {f"log_reminder/{one.person.pk}/{one.since:%Y-%m-%d}": one for one in due_on(today)}
    had = post.written(list(wanted))
    told = post.written_to([one.person.email for one in wanted.values()], on=today)
    fresh = {key: one for key, one in wanted.items() if key not in had and one.person.email not in told}
    for key, due in fresh.items():
        _write(key, due)
    return len(fresh)


def _write(key: str, due: Due) -> None:
    _, token = links.issue(NUDGE, str(due.person.pk))
    post.write(
        to=due.person.email,
        subject="Your log: the last two weeks",
        template="log_reminder",
        context={
            "name": due.person.display_name,
            "week": settings.BASE_URL + reverse("log_week_now"),
            "stop": settings.BASE_URL + reverse("nudge_open", args=[token]),
        },
        key=key,
    )


def is_off(person: Person) -> bool:
    return LogHabit.objects.filter(person=person, nudges_off_on__isnull=False).exists()


@transaction.atomic
def set_reminders(*, person: Person, wanted: bool, by: Person | None, on: datetime.date) -> None:
    """Switches one's reminders off or on again; `by` is None for whoever holds the link in the letter."""
    LogHabit.objects.update_or_create(person=person, defaults={"nudges_off_on": None if wanted else on})
    deed = "log_reminder.wanted" if wanted else "log_reminder.stopped"
    audit.record(by, deed, "Reminders of the log", PLACE, details={"person": person.pk})


def person_behind(token: str) -> Person | None:
    """Whose reminders a link switches; None alike for never existed, expired and ended."""
    link = links.find(NUDGE, token)
    return Person.objects.filter(pk=int(link.subject)).first() if link else None
