"""The presses of logging."""

from __future__ import annotations

from programmes.entries.repeating import WEEK
from programmes.entries.writing import Entry, log_activity
from tests.house.addresses import Things
from tests.house.pressing import WITHOUT_A_DEED, Press, at, press
from tests.logbook.test_log import typed as log_typed
from tests.registration.filled import TODAY, key

# A draft is what somebody types for themselves; letters of a name are asked for by POST and change nothing.
WITHOUT_A_DEED.update({"draft_save", "people_find"})


@press
def log_waiting(things: Things) -> Press:
    return Press("researcher", at(things, "log_waiting"), log_typed(what="Met half of them", version="1"))


@press
def log_repeat(things: Things) -> Press:
    return Press(
        "researcher", at(things, "log_repeat"), {"repeat": str(things.activity.pk), "form_key": key()}
    )


@press
def log_copy_week(things: Things) -> Press:
    before = Entry(date=TODAY - WEEK, minutes=30, kind="educational")
    log_activity(residency=things.world.residency, entry=before, by=things.world.people["researcher"])
    return Press("researcher", at(things, "log_copy_week"), {"form_key": key()})


@press
def log_person(things: Things) -> Press:
    return Press(
        "researcher", at(things, "log_person"), {"name": "Ada Bell", "version": "1", "form_key": key()}
    )
