"""Letters to the editors about documents that are past their review date or will soon be, and the switch that stops
them."""

from __future__ import annotations

import datetime
from typing import Final

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from embedded import post
from embedded.accounts.models import Person
from embedded.audit import record
from guidance.desk.models import EditorHabit
from guidance.models import Document

A_MONTH: Final = datetime.timedelta(days=30)
MOST_LISTED: Final = 20


def due_on(today: datetime.date) -> list[Document]:
    """What can be read and has its review date before the day a month from now, or on it; the oldest date first."""
    found = Document.objects.readable().filter(next_review__lte=today + A_MONTH)
    return list(found.order_by("next_review", "title", "pk"))


@transaction.atomic
def remind(today: datetime.date) -> int:
    """Writes to every editor who has had no such letter for a month; how many. Whoever got another letter that day
    waits for a day on which none comes."""
    documents = due_on(today)
    people = _to_be_told(today) if documents else []
    told = post.written_to([one.email for one in people], on=today)
    fresh = [one for one in people if one.email not in told]
    for person in fresh:
        EditorHabit.objects.update_or_create(person=person, defaults={"letter_on": today})
        _write(person, documents, today)
    return len(fresh)


def is_off(person: Person) -> bool:
    return EditorHabit.objects.filter(person=person, letters_off_on__isnull=False).exists()


@transaction.atomic
def set_letters(*, person: Person, wanted: bool, on: datetime.date) -> None:
    """Switches one's own letters off or on again."""
    EditorHabit.objects.update_or_create(person=person, defaults={"letters_off_on": None if wanted else on})
    deed = "library_letters.wanted" if wanted else "library_letters.stopped"
    record(person, deed, "Letters about review dates", "guidance/desk", details={"person": person.pk})


def _to_be_told(today: datetime.date) -> list[Person]:
    """Editors whom a letter reaches and who want it."""
    habits = EditorHabit.objects.order_by()
    found = Person.objects.filter(edits_library=True, user__is_active=True).exclude(email="")
    found = found.exclude(pk__in=habits.filter(letters_off_on__isnull=False).values("person"))
    found = found.exclude(pk__in=habits.filter(letter_on__gt=today - A_MONTH).values("person"))
    return list(found.order_by("pk"))


def _write(person: Person, documents: list[Document], today: datetime.date) -> None:
    desk = settings.BASE_URL + reverse("guidance_desk")
    post.write(
        to=person.email,
        subject="Guidance library: documents to be reviewed",
        template="reviews_due",
        context={
            "person": person.display_name,
            "documents": documents[:MOST_LISTED],
            "more": max(0, len(documents) - MOST_LISTED),
            "today": today,
            "desk": desk,
        },
        key=f"reviews_due/{person.pk}/{today:%Y-%m-%d}",
    )
