"""A log by file: upload, what the columns mean, what was found, good rows now, bad rows to take away, all undone."""

from __future__ import annotations

import datetime
import io
from typing import Any

import openpyxl
import pytest
from django.utils import timezone

from embedded.files.keeping import read
from embedded.jobs import ask
from embedded.vault import Sealer
from programmes.entries.writing import Entry, log_activity
from programmes.interchange import work
from programmes.models import Activity, ActivityMonth, LogFile, PlannedEntry
from tests.interchange.building import (
    DAY,
    HEAD,
    KIND,
    TODAY,
    answers,
    brought_in,
    checked,
    opened,
    page_of,
    researcher,
    shown,
    states,
    table,
    upload,
)
from tests.registration.filled import key
from tests.workers import run_jobs
from tests.world import World

GOOD = [str(DAY), "73", "Met the falls team", KIND]


def words(world: World) -> list[str]:
    opener = Sealer(world.people["researcher"])
    entries = Activity.objects.order_by("date", "id")
    return [opener.open(one.sealed) if one.sealed else one.what for one in entries]


def test_good_rows_come_in_sealed_and_only_for_their_owner(world: World) -> None:
    file = brought_in(
        world, checked(world, table(GOOD, [str(DAY), "1:30", "", "Meeting and connecting people"]))
    )
    first, second = Activity.objects.order_by("minutes")
    assert (first.minutes, first.kind, first.readers, first.what) == (73, "educational", "only_me", "")
    assert (second.minutes, second.kind, second.sealed) == (90, "relational", None)
    assert words(world) == ["Met the falls team", ""]
    assert states(file) == ["made", "made"] and file.brought_in_at
    month = ActivityMonth.objects.get(month=DAY.replace(day=1))
    assert (month.entries, month.educational, month.relational) == (2, 73, 90)
    assert "2 entries brought in" in page_of(world, file)


def test_each_bad_cell_is_named_and_the_good_rows_come_in_now(world: World) -> None:
    ahead = str(TODAY + datetime.timedelta(days=1))
    file = checked(
        world,
        table(
            GOOD, ["31/2/2026", "90", "a", KIND], [str(DAY), "soon", "b", "Juggling"], [ahead, "5", "c", ""]
        ),
    )
    assert states(file) == ["good", "bad", "bad", "bad"]
    page = page_of(world, file)
    for where, fix, found in (
        (
            "Column A, Date: 1 row",
            "There is no 31 February in 2026. Write the right day.",
            "“31/2/2026”: row 3",
        ),
        ("Column B, Minutes: 1 row", "Write how long it took, like 90, 1:30 or 1.5.", "“soon”: row 4"),
        ("Column D, Kind: 1 row", "Write one of: Meeting and connecting people", "“Juggling”: row 4"),
    ):
        assert page.index(where) < page.index(fix) < page.index(found), where
    assert "This day is still to come" in page
    assert not Activity.objects.exists(), "nothing comes in before it is pressed"
    brought_in(world, file)
    assert words(world) == ["Met the falls team"]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_bad_rows_are_taken_away_put_right_and_uploaded_again(world: World, kind: str) -> None:
    file = checked(world, table(GOOD, [str(DAY), "soon", "=1+1", KIND]))
    answer = researcher(world).get(f"/log/file/{file.pk}/to-put-right.{kind}")
    content = b"".join(answer) if answer.streaming else answer.content
    if kind == "xlsx":
        rows = list(openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True))
        assert rows[0] == (*HEAD, "What to put right") and rows[1][:3] == (str(DAY), "soon", "=1+1")
        return
    assert b'"\'=1+1"' in content, "no spreadsheet runs it"
    again = checked(world, content.replace(b"soon", b"45"))
    assert states(again) == ["good"]
    brought_in(world, again)
    assert words(world) == ["=1+1"]


def test_duplicates_are_marked_within_the_file_and_against_the_log(world: World) -> None:
    brought_in(world, checked(world, table(GOOD)))
    file = checked(world, table(GOOD, [*GOOD[:2], "Another", KIND], [*GOOD[:2], "Another", KIND]))
    assert states(file) == ["here", "good", "same"]
    page = page_of(world, file, show="same")
    assert "The same as row 3: it will not come in twice." in page and "in your log already" in page
    brought_in(world, file)
    assert words(world) == ["Met the falls team", "Another"]


def test_what_was_logged_between_the_check_and_the_press_does_not_come_in_twice(world: World) -> None:
    file = checked(world, table([str(DAY), "30", "", KIND]))
    entry = Entry(date=DAY, minutes=30, kind="educational")
    log_activity(residency=world.residency, entry=entry, by=world.people["researcher"])
    assert states(brought_in(world, file)) == ["here"] and Activity.objects.count() == 1


def test_v60_a_day_takes_sixteen_hours_with_what_is_logged_already(world: World) -> None:
    entry = Entry(date=DAY, minutes=60, kind="advice_consultation")
    log_activity(residency=world.residency, entry=entry, by=world.people["researcher"])
    file = checked(world, table([str(DAY), "900", "fits", KIND], [str(DAY), "1", "one too many", KIND]))
    assert states(file) == ["good", "bad"]
    assert "All of one day must come to 16 hours or less" in page_of(world, file)


def test_v60_late_ones_carry_the_reason_of_the_file_and_others_none(world: World) -> None:
    days = [TODAY - datetime.timedelta(days=days) for days in (31, 32)]
    brought_in(
        world, checked(world, table(*[[str(day), "30", "x", KIND] for day in days]), late_reason="away")
    )
    assert dict(Activity.objects.values_list("date", "late_reason")) == {days[0]: "", days[1]: "away"}


def test_undo_takes_all_out_but_what_was_changed_since(world: World) -> None:
    file = brought_in(world, checked(world, table(GOOD, [str(DAY), "20", "Kept", KIND])))
    kept = Activity.objects.get(minutes=20)
    Activity.objects.filter(pk=kept.pk).update(version=2)
    Activity.objects.get(minutes=73).met.set([])
    answer = researcher(world).post(f"/log/file/{file.pk}/undo/", {"form_key": key()})
    assert answer.status_code == 302
    assert list(Activity.objects.all()) == [kept]
    month = ActivityMonth.objects.get(month=DAY.replace(day=1))
    assert (month.entries, month.educational) == (1, 20)
    page = page_of(world, file)
    assert "This file was undone" in page and f"/log/{kept.pk}/" in page
    again = checked(world, table(GOOD, [str(DAY), "20", "Kept", KIND]))
    assert again.pk != file.pk and states(again) == ["good", "here"], "what was undone may come again"


def test_what_was_undone_is_brought_in_again_and_its_bad_rows_are_still_handed_back(world: World) -> None:
    file = brought_in(world, checked(world, table(GOOD, [str(DAY), "soon", "b", KIND])))
    researcher(world).post(f"/log/file/{file.pk}/undo/", {"form_key": key()})
    page = page_of(world, file)
    assert "Bring it in again" in page and f"/log/file/{file.pk}/to-put-right.csv" in page
    file = brought_in(world, file)
    assert states(file) == ["good", "bad"] and "Bring in 1 row" in page_of(world, file)
    file = brought_in(world, file)
    assert words(world) == ["Met the falls team"] and not file.undone_at
    researcher(world).post(f"/log/file/{file.pk}/undo/", {"form_key": key()})
    assert not Activity.objects.exists() and "This file was undone" in page_of(world, file)


def test_columns_are_remembered_for_files_of_the_same_headings(world: World) -> None:
    head = ["When it was", "Amount", "Words"]
    file = opened(world, table([str(DAY), "2", "a"], head=head))
    page = shown(researcher(world).get(f"/log/file/{file.pk}/columns/").content)
    assert "A: When it was" in page and "Words" in page
    typed = answers(world, file, date_at="0", how_long_at="1", what_at="2", unit="hours")
    assert researcher(world).post(f"/log/file/{file.pk}/columns/", typed).status_code == 302
    run_jobs()
    file.refresh_from_db()
    assert states(file) == ["good"] and file.rows.get().minutes == 120
    another = opened(world, table([str(DAY), "3", "b"], head=head))
    guess = another.columns["guess"]
    assert guess["at"] == {"date": 0, "how_long": 1, "what": 2} and guess["unit"] == "hours"


def test_a_column_that_is_missing_or_chosen_twice_is_asked_for_again(world: World) -> None:
    file = opened(world, table([str(DAY), "2"], head=["A", "B"]))
    address = f"/log/file/{file.pk}/columns/"
    page = shown(researcher(world).post(address, answers(world, file, usual_kind="")).content)
    for words in ("Select the column with the day", "Select the column with how long it took"):
        assert words in page
    assert "Select the kind of work, as no column says it" in page
    page = shown(researcher(world).post(address, answers(world, file, date_at="0", how_long_at="0")).content)
    assert "Select another column" in page


def test_the_file_its_head_and_its_cells_lie_nowhere_in_the_clear(world: World) -> None:
    canary = "quietly-kept-words"
    file = checked(world, table([str(DAY), "soon", canary, KIND], [str(DAY), "5", f"{canary} good", KIND]))
    kept = read(file.content)
    rows = list(file.rows.values_list("text", "said"))
    held = [kept, bytes(file.head or b""), *[bytes(blob) for row in rows for blob in row if blob]]
    assert len(held) == 4 and not [one for one in held if canary.encode() in one]
    assert file.content.name == "log"
    assert canary not in str(LogFile.objects.values().get(pk=file.pk))


def test_the_same_file_again_is_the_first_one_and_nobody_elses(world: World) -> None:
    file = checked(world, table(GOOD))
    assert upload(world, table(GOOD))["Location"] == f"/log/file/{file.pk}/"
    for who in ("programme_lead", "host_manager", "academic_supervisor"):
        assert world.client(who).get(f"/log/file/{file.pk}/").status_code == 404
        assert world.client(who).get(f"/log/file/{file.pk}/to-put-right.csv").status_code == 404
        assert upload(world, table(GOOD), who).status_code == 404


def test_a_file_that_cannot_be_read_says_why(world: World) -> None:
    file = opened(world, b"%PDF-1.4 no table")
    assert "This is a PDF, not a table" in page_of(world, file)


def test_a_project_of_another_tool_is_put_before_the_words(world: World) -> None:
    head = [*HEAD, "Project"]
    file = brought_in(world, checked(world, table([*GOOD, "Client work"], head=head)))
    assert words(world) == ["Client work: Met the falls team"] and file.counts["named"] == 1


def test_killed_before_it_is_done_nothing_is_in_and_done_again_all_is_once(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = checked(world, table(GOOD))

    def killed(*args: Any) -> None:
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(work, "add_up", killed)
        with pytest.raises(SystemExit):
            work.bring_in(file)
    assert not Activity.objects.exists() and states(file) == ["good"]
    brought_in(world, file)
    work.bring_in(file)
    assert Activity.objects.count() == 1


def test_files_are_forgotten_after_thirty_days_and_their_entries_stay(world: World) -> None:
    file = brought_in(world, checked(world, table(GOOD)))
    LogFile.objects.filter(pk=file.pk).update(asked_at=file.asked_at - datetime.timedelta(days=31))
    ask("log_files.purge", "log_files.purge:now", {}, None)
    run_jobs()
    assert not LogFile.objects.exists() and words(world) == ["Met the falls team"]


def test_a_file_may_be_larger_than_elsewhere_and_not_larger_than_it_says(world: World) -> None:
    """Other pages take 6 MB. What is too large is told and never kept, nor written to disk on its way."""
    line = f"{DAY},30,{'x' * 15_000}\r\n"
    file = opened(world, ("Date,Minutes,What\r\n" + line * 450).encode())
    assert not file.problem and file.head
    for lines in (1_130, 1_200):  # more than the page takes, and more than is looked at
        page = shown(upload(world, (line * lines).encode()).content)
        assert "The selected file must be smaller than 16MB" in page
    assert LogFile.objects.count() == 1


def test_a_row_that_no_day_holds_keeps_all_that_it_said(world: World) -> None:
    """V-60: handed back with its residency and project, so that it may be put right and uploaded again."""
    code = world.residency.long_code
    head = [*HEAD, "Residency"]
    file = checked(
        world, table([str(DAY), "900", "a", KIND, code], [str(DAY), "1:30", "b", KIND, code], head=head)
    )
    assert states(file) == ["good", "bad"]
    answer = researcher(world).get(f"/log/file/{file.pk}/to-put-right.csv")
    assert f'"{DAY}","1:30","b","{KIND}","{code}","Column B' in b"".join(answer).decode()


def test_what_nobody_ticks_is_deleted_after_thirty_days(world: World) -> None:
    """As the page of calendars promises. What was answered, and what was typed, outlives the file."""
    file = checked(world, table(GOOD))
    for n, (origin, state) in enumerate(
        [("calendar", "waiting"), ("calendar", "left_out"), ("typed", "waiting")]
    ):
        PlannedEntry.objects.create(
            person=file.person, on=DAY, origin=origin, state=state, file=file, uid_mark=bytes([n])
        )
    for days, left in ((30, 3), (31, 2)):
        asked = timezone.now() - datetime.timedelta(days=days) + datetime.timedelta(minutes=5)
        LogFile.objects.filter(pk=file.pk).update(asked_at=asked)
        ask("log_files.purge", f"log_files.purge:{days}", {}, None)
        run_jobs()
        assert PlannedEntry.objects.count() == left
    assert not LogFile.objects.exists() and not PlannedEntry.objects.exclude(file=None).exists()
    left_over = PlannedEntry.objects.order_by("pk").values_list("origin", "state")
    assert list(left_over) == [("calendar", "left_out"), ("typed", "waiting")]
