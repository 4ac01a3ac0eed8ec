"""The presses of calendars and reminders."""

from __future__ import annotations

from django.utils import timezone

from embedded.jobs import ask
from embedded.jobs.models import Job
from programmes.calendars.actions import READ
from tests.calendars.files import event, ics
from tests.house.addresses import Things
from tests.house.handed import Again
from tests.house.live import live_links
from tests.house.pressing import NOBODY, Press, at, press
from tests.registration.filled import key


@press
def calendar(things: Things) -> Press:
    content = ics(event(f"DTSTART:{timezone.localdate():%Y%m%d}T100000Z", "DURATION:PT1H"))
    return Press(
        "researcher", at(things, "calendar"), {"form_key": key(), "file": Again("calendar.ics", content)}
    )


@press
def calendar_file(things: Things) -> Press:
    """Of a calendar whose reading was interrupted."""
    file = things.more["calendar_file"]
    job = ask(READ, f"{READ}:{file.pk}", {"file": file.pk}, file.person.user)
    Job.objects.filter(pk=job.pk).update(state="failed", ended_at=timezone.now(), error="Cut off")
    type(file).objects.filter(pk=file.pk).update(job=job)
    return Press("researcher", at(things, "calendar_file"), {"form_key": key()})


@press
def calendar_ticks(things: Things) -> Press:
    pk = things.more["calendar_file"].planned_entries.earliest("pk").pk
    typed = {"tick": str(pk), f"long_{pk}": "30", "kind": "relational", "press": "log"}
    return Press("researcher", at(things, "calendar_ticks"), typed | {"form_key": key()})


@press
def calendar_address(things: Things) -> Press:
    return Press("researcher", at(things, "calendar_address"), {"press": "make", "form_key": key()})


@press
def nudges(things: Things) -> Press:
    return Press("researcher", at(things, "nudges"), {"reminders": "off", "form_key": key()})


@press
def nudge_open(things: Things) -> Press:
    typed = {"reminders": "off", "form_key": key()}
    return Press(NOBODY, live_links(things)["nudge_open"], typed)
