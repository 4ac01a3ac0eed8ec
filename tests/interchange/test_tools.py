"""Files as other tools write them, and every file of trust.md §4.1: read, or refused in words."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable

import pytest

from embedded.jobs.models import Job
from programmes.models import Activity, LogFile
from tests.intake.files import CASES
from tests.interchange.building import (
    answers,
    brought_in,
    checked,
    opened,
    page_of,
    researcher,
    states,
    table,
)
from tests.workers import run_jobs
from tests.world import World

TOGGL = (
    "\ufeffUser,Email,Client,Project,Task,Description,Billable,"
    "Start date,Start time,End date,End time,Duration,Tags\r\n"
    "Jo,jo@x.example,,Falls,,Met the ward,No,2026-05-03,09:00:00,2026-05-03,10:13:00,01:13:00,\r\n"
)
CLOCKIFY = (
    '"Project","Client","Description","Task","User","Email","Tags","Billable","Start Date","Start Time","End Date",'
    '"End Time","Duration (h)","Duration (decimal)"\r\n'
    '"","","Met the ward","","Jo","jo@x.example","","No","05/13/2026","09:00","05/13/2026","10:13",'
    '"01:13:00","1.22"\r\n'
)
KIMAI = (
    "Date,Begin,End,Duration,Username,Customer,Project,Activity,Description\r\n"
    "2026-05-03,09:00,10:13,4380,jo,,,,Met the ward\r\n"
)
SHEETS = "Timestamp,Hours,Notes\r\n03/05/2026 09:12:44,1.22,Met the ward\r\n"
EXCEL = "Day;Time spent;Notes;Type of work\r\n3/5/2026;1:13;Met the ward – café;Teaching and coaching\r\n"


@pytest.mark.parametrize(
    ("content", "answers", "day", "text"),
    [
        (TOGGL.encode(), {}, 3, "Falls: Met the ward"),
        (CLOCKIFY.encode(), {"dates": "month"}, 13, "Met the ward"),
        (KIMAI.encode(), {"unit": "seconds"}, 3, "Met the ward"),
        (SHEETS.encode(), {"unit": "hours"}, 3, "Met the ward"),
        (EXCEL.encode("cp1252"), {}, 3, "Met the ward – café"),
    ],
    ids=["Toggl", "Clockify", "Kimai", "Google Sheets", "Excel in Windows-1252 with semicolons"],
)
def test_files_of_other_tools_come_in_as_they_were_meant(
    world: World, content: bytes, answers: dict[str, str], day: int, text: str
) -> None:
    file = checked(world, content, **answers)
    assert states(file) == ["good"], page_of(world, file)
    brought_in(world, file)
    entry = Activity.objects.get()
    assert (entry.date, entry.minutes) == (datetime.date(2026, 5, day), 73)
    answer = researcher(world).get("/log/export.json")
    assert text in b"".join(answer).decode()


@pytest.mark.parametrize(
    ("content", "dates", "unit"),
    [
        (TOGGL, "day", "minutes"),
        (CLOCKIFY, "month", "minutes"),
        (KIMAI, "day", "seconds"),
        (SHEETS, "day", "hours"),
    ],
)
def test_what_dates_and_numbers_mean_is_guessed_and_asked(
    world: World, content: str, dates: str, unit: str
) -> None:
    file = opened(world, content.encode())
    page = researcher(world).get(f"/log/file/{file.pk}/columns/").content.decode()
    chosen = re.findall(r'name="(dates|unit)" type="radio" value="(\w+)" checked', page)
    assert chosen == [("dates", dates), ("unit", unit)]


@pytest.mark.parametrize(
    ("days", "dates", "told"),
    [
        (["3/5/2026", "13/5/2026"], "day", False),
        (["3/5/2026", "5/13/2026"], "month", False),
        (["3/5/2026", "4 May 2026", "2026-05-04"], "day", False),
        (["31/02/2026", "13/11/2025", "11/13/2025"], "day", True),
    ],
)
def test_the_day_comes_first_unless_every_row_allows_the_month_and_one_needs_it(
    world: World, days: list[str], dates: str, told: bool
) -> None:
    file = opened(world, table(*[[day, "30", "x"] for day in days], head=["Date", "Minutes", "What"]))
    page = researcher(world).get(f"/log/file/{file.pk}/columns/").content.decode()
    assert re.findall(r'name="dates" type="radio" value="(\w+)" checked', page) == [dates]
    assert ("of row 4 the month must come first, of row 2 the day" in page) is told


def test_what_was_done_stands_under_activity_before_notes_and_what_is_not_chosen_is_named(
    world: World,
) -> None:
    head = ["Day", "Time spent", "Notes", "Activity"]
    file = opened(world, table(["3/5/2026", "30", "n", "Met the ward"], head=head))
    assert file.columns["guess"]["at"]["what"] == 3
    page = researcher(world).get(f"/log/file/{file.pk}/columns/").content.decode()
    assert "this column will not come in: <strong>Notes</strong>." in page
    researcher(world).post(f"/log/file/{file.pk}/columns/", answers(world, file))
    run_jobs()
    assert "Notes does not come in" in page_of(world, file)


def test_every_file_of_the_list_is_read_or_refused_in_words(
    world: World, times: Callable[[int, int], int]
) -> None:
    """None breaks the page or the worker, and nothing comes in by being uploaded."""
    for case in CASES[:: times(6, 1)]:
        content = case.make()
        if not content:
            continue
        file = opened(world, content)
        assert Job.objects.get(pk=file.job_id).state == "done", case.name
        page = researcher(world).get(f"/log/file/{file.pk}/", follow=True)
        assert page.status_code == 200, case.name
        if not file.problem:
            assert file.head and b"What the columns mean" in page.content, case.name
        LogFile.objects.filter(pk=file.pk).update(mark=b"forgotten")
    assert not Activity.objects.exists()
