"""Journey 16: a calendar of one's own becomes drafts; what is ticked is logged, the rest waits; reminders go off."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Final

from django.utils import timezone

from embedded.vault import Sealer
from programmes.models import Activity, LogHabit, PlannedEntry
from tests.calendars.files import event, ics
from tests.journeys.conftest import Visitor, Way
from tests.journeys.earlier import programme_with_manager, running
from tests.workers import run_jobs

MOST_PRESSES_TO_LOG: Final = 4  # two ticks, the kind, Log


def test_a_calendar_becomes_entries_by_ticks(visit: Callable[..., Visitor], way: Way, tmp_path: Path) -> None:
    earlier = programme_with_manager()
    running(earlier)
    researcher = visit(earlier.researcher)
    day = timezone.localdate() - datetime.timedelta(days=2)
    kept = tmp_path / "mine.ics"
    meetings = [("Ward round", ""), ("Falls board", ""), ("Dentist", "CLASS:PRIVATE"), ("Choir", "")]
    kept.write_bytes(
        ics(
            *(
                event(
                    f"DTSTART;TZID=GMT Standard Time:{day:%Y%m%d}T100000",
                    "DURATION:PT90M",
                    more,
                    title,
                    title,
                )
                for title, more in meetings
            )
        )
    )
    researcher.go("/log/calendar/")
    researcher.over()
    researcher.page.locator("input[type=file]").set_input_files(kept)
    researcher.keys.press("Upload")
    run_jobs()
    researcher.page.reload()
    researcher.says("3 new meetings to tick.")
    researcher.says("Left out: 1 private.")
    researcher.over()
    assert not Activity.objects.exists()
    researcher.keys.presses = 0
    researcher.keys.choose("Falls board")
    researcher.keys.choose("Ward round")
    researcher.keys.choose("Meeting and connecting people")
    researcher.keys.press("Log what is ticked")
    assert researcher.keys.presses <= MOST_PRESSES_TO_LOG
    researcher.says("Logged: 2 meetings")
    opener = Sealer(Activity.objects.latest("pk").person)
    logged = Activity.objects.order_by("pk")
    assert [(one.minutes, opener.open(one.sealed or b"")) for one in logged] == [
        (90, "Falls board"),
        (90, "Ward round"),
    ]
    researcher.keys.choose("Choir")
    researcher.keys.press("Leave out what is ticked")
    researcher.says("No meeting waits for your tick.")
    assert not PlannedEntry.objects.filter(state="waiting").exists()
    researcher.go("/log/reminders/")
    researcher.keys.press("Stop reminders")
    researcher.says("Saved: reminders are off")
    researcher.over()
    assert LogHabit.objects.get().nudges_off_on == timezone.localdate()
