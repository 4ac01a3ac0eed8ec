"""What waits to be logged and who was met, and more of it."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils import timezone

from programmes.entries import people_met, waiting
from programmes.entries.words import Words
from programmes.entries.writing import Entry
from programmes.models import Contact, PlannedEntry
from tests.house.registry import growing, thing


@thing("contact", "log_person")
def contact(things: Any) -> Contact:
    return people_met.add(person=things.world.people["researcher"], name=f"{things.canary} asker")


@thing("planned_entry", "log_waiting")
def planned_entry(things: Any) -> PlannedEntry:
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    entry = Entry(date=tomorrow, minutes=30, kind="relational", words=Words(f"{things.canary} plan"))
    world = things.world
    return waiting.plan(residency=world.residency, entry=entry, by=world.people["researcher"])


@growing
def one_more(things: Any) -> None:
    people_met.add(person=things.world.people["researcher"], name=f"Asker {Contact.objects.count()}")
    planned_entry(things)
