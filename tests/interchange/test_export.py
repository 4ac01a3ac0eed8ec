"""Everything goes out again: as CSV, XLSX and JSON, to its owner alone, and comes in again as it was."""

from __future__ import annotations

import csv
import datetime
import io
import json
import zipfile
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from embedded.accounts.models import Person
from embedded.tables.csv import escaped, unescaped
from embedded.vault import Sealer, destroy_key
from programmes.entries.words import Words
from programmes.entries.writing import Entry, log_activity
from programmes.interchange import dictionary, exporting
from programmes.models import (
    Activity,
    Away,
    Comment,
    Contact,
    DiaryEntry,
    FirstDaysLine,
    LogFile,
    MonthlyPulse,
    Passage,
    PeerMeeting,
    PeerSet,
    PeerSetMember,
    PlannedEntry,
    PortfolioLine,
    Request,
    SupervisionMeeting,
)
from tests.interchange.building import DAY, brought_in, checked, researcher, shown, states
from tests.world import World


def logged(world: World, text: str, minutes: int = 30, **more: Any) -> Activity:
    entry = Entry(date=DAY, minutes=minutes, kind="educational", words=Words(text), **more)
    return log_activity(residency=world.residency, entry=entry, by=world.people["researcher"])


def taken(world: World, kind: str, who: str = "researcher") -> bytes:
    answer = world.client(who).get(f"/log/export.{kind}")
    assert answer.status_code == 200 and "no-store" in answer["Cache-Control"]
    return b"".join(answer) if answer.streaming else answer.content


def test_all_three_hold_every_column_with_the_words_opened(world: World) -> None:
    person = world.people["researcher"]
    sealer = Sealer(person)
    asker = Contact.objects.create(
        person=person, name=sealer.seal("Ada Bell"), name_mark=sealer.mark("ada bell")
    )
    logged(world, "Met the ward", requester=asker, met=[asker], place="host", sign="seen", output="briefing")
    DiaryEntry.objects.create(person=person, on=DAY, made_on=DAY, text=sealer.seal("Dear diary"))
    rows = json.loads(taken(world, "json"))
    assert rows["Log"] == [
        {
            "Date": str(DAY),
            "Minutes": "30",
            "Kind": "Teaching and coaching",
            "What": "Met the ward",
            "Residency": world.residency.long_code,
            "Host": "",
            "Place": "At the host",
            "Project": "",
            "Asked by": "Ada Bell",
            "With": "Ada Bell",
            "Output": "Briefing",
            "Early sign": "Somebody asked for me by name",
            "Who reads it": "Only me",
            "Named readers": "",
            "Late because": "",
        }
    ]
    assert (
        rows["Diary"] == [{"Date": str(DAY), "Text": "Dear diary"}]
        and rows["People"][0]["Name"] == "Ada Bell"
    )
    book = openpyxl.load_workbook(io.BytesIO(taken(world, "xlsx")))
    assert book.sheetnames == ["Log", "What it means", *list(dictionary.TABLES)[1:]]
    day, minutes, kind, what = [cell.value for cell in book["Log"][2]][:4]
    assert (day.date(), minutes) == (DAY, 30), "a day and a number, to be sorted and added up"
    assert (kind, what) == ("Teaching and coaching", "Met the ward")
    assert str(book["Log"].auto_filter.ref).startswith("A1:")
    assert "Met the ward" in taken(world, "csv").decode()


def test_all_that_is_ones_own_goes_out_table_by_table(world: World) -> None:
    """As JSON and as a ZIP of CSV files: what was typed never begins as a formula there."""
    person, residency = world.people["researcher"], world.residency
    sealer = Sealer(person)
    logged(world, '=1+1 "quoted"')
    answers = {"getting_in": "well", "line_of_work": "so_so", "academic": "stuck"}
    MonthlyPulse.objects.create(
        person=person,
        residency=residency,
        month=DAY.replace(day=1),
        answers=sealer.seal(json.dumps(answers)),
    )
    Passage.objects.create(
        author=person, residency=residency, text="Shared words", readers="residency", shared_on=DAY
    )
    Request.objects.create(person=person, residency=residency, asked_on=DAY, what=sealer.seal("An audit"))
    PlannedEntry.objects.create(
        person=person, residency=residency, on=DAY, origin="typed", text=sealer.seal("Ahead")
    )
    PortfolioLine.objects.create(person=person, module=1, text=sealer.seal("A talk"))
    Away.objects.create(person=person, start=DAY, end=DAY, end_noon=True)
    rows = json.loads(taken(world, "json"))
    assert list(rows) == list(dictionary.TABLES)
    for table in dictionary.TABLES:
        for row in rows[table]:
            assert list(row) == dictionary.head_of(table)
    assert list(rows["Monthly answers"][0].values())[2:] == ["Going well", "So-so", "Stuck", ""]
    assert rows["Shared"][0]["Text"] == "Shared words" and rows["Requests"][0]["What"] == "An audit"
    assert rows["Waiting"][0]["What"] == "Ahead" and rows["Portfolio"][0]["Own words"] == "A talk"
    assert rows["Away"] == [
        {"First day": str(DAY), "Last day": str(DAY), "From noon": "No", "Until noon": "Yes"}
    ]
    held = zipfile.ZipFile(io.BytesIO(taken(world, "zip")))
    assert held.testzip() is None and len(held.namelist()) == len(dictionary.TABLES) + 1
    for name, table in [("log.csv", "Log"), ("monthly-answers.csv", "Monthly answers"), ("away.csv", "Away")]:
        lines = list(csv.reader(io.StringIO(held.read(name).decode("utf-8-sig"), newline="")))
        assert lines[0] == dictionary.head_of(table)
        assert len(lines) == 1 + len(rows[table])
        assert not [cell for line in lines for cell in line if cell.startswith(("=", "+", "-", "@"))]
    assert '\'=1+1 ""quoted""' in held.read("log.csv").decode()


def test_what_is_ones_own_together_with_others_goes_out_too(world: World) -> None:
    """Of somebody else's, one's own comment and no day."""
    person, supervisor, residency = (
        world.people["researcher"],
        world.people["academic_supervisor"],
        world.residency,
    )
    code, name, sealer = residency.long_code, supervisor.display_name, Sealer(person)
    words = Words("For two", "people", [supervisor])
    entry = log_activity(residency=residency, entry=Entry(DAY, 30, "educational", words), by=person)
    passage = Passage.objects.create(
        author=person, residency=residency, text="One paragraph", readers="people", shared_on=DAY
    )
    passage.named_readers.set([supervisor])
    said = {"residency": residency, "by": supervisor, "on": DAY}
    for subject in ({"activity": entry}, {"passage": passage}, {"month": DAY.replace(day=1)}):
        Comment.objects.create(text=f"On {next(iter(subject))}", **said, **subject)
    Comment.objects.create(text="Not mine", month=datetime.date(2020, 1, 1), **said)
    told = {"getting_in": "well", "line_of_work": "well", "academic": "well"}
    MonthlyPulse.objects.create(
        person=person,
        residency=residency,
        month=DAY.replace(day=1),
        answers=sealer.seal(json.dumps(told)),
        shared_on=DAY,
        **told,
    )
    lines: list[dict[str, Any]] = [
        {"key": "manager", "done_on": DAY},
        {"text": sealer.seal("Find the library")},
    ]
    for line in lines:
        FirstDaysLine.objects.create(residency=residency, person=person, week=1, **line)
    SupervisionMeeting.objects.create(
        residency=residency, person=person, side="university", with_name=name, on=DAY, agreed="Write",
        recorded_by=supervisor,
    )  # fmt: skip
    peers = PeerSet.objects.create(programme=world.programme, kind="als", name="Tuesday set")
    PeerSetMember.objects.create(set=peers, person=person, since=DAY)
    PeerMeeting.objects.create(set=peers, on=DAY, learning="Ask early").attended.set([person])
    day, month = str(DAY), str(DAY.replace(day=1))
    out = {
        table: [list(row.values()) for row in rows]
        for table, rows in json.loads(taken(world, "json")).items()
    }
    assert out["Log"][0][12:14] == ["People I name", name] and out["Shared"][0][4] == name
    assert out["Monthly answers"][0][-1] == day
    assert out["First days"] == [[code, "1", "manager", "", day], [code, "1", "", "Find the library", ""]]
    assert out["Comments"] == [
        [day, code, name, "An entry", day, "On activity"],
        [day, code, name, "Shared words", day, "On passage"],
        [day, code, name, "A month", month, "On month"],
    ]
    side = "The university"
    assert out["Supervision"] == [[day, code, person.display_name, side, name, name, "Write", ""]]
    assert out["Peer sets"] == [["Tuesday set", "Action learning set", world.programme.slug, day, ""]]
    assert out["Peer meetings"] == [[day, "Tuesday set", "Ask early"]]
    theirs = json.loads(taken(world, "json", "academic_supervisor"))
    assert [row["Day"] for row in theirs["Comments"]] == ["", "", month, "2020-01-01"]
    assert len(theirs["Supervision"]) == 1 and not theirs["Peer sets"] and not theirs["First days"]
    assert not json.loads(taken(world, "json", "host_manager"))["Comments"]


def test_nobody_else_finds_any_of_it_in_theirs(world: World) -> None:
    logged(world, "Only mine")
    for who in ("programme_lead", "host_manager", "academic_supervisor"):
        for kind in ("csv", "json"):
            assert b"Only mine" not in taken(world, kind, who)


def test_the_dictionary_names_every_column_of_every_table(world: World) -> None:
    answer = researcher(world).get("/log/dictionary.csv")
    page = shown(b"".join(answer))
    for table, variables in dictionary.TABLES.items():
        assert table in exporting.TABLES
        assert not [one.heading for one in variables if f'"{one.heading}"' not in page]
    assert "At the host; At the university" in page


def test_a_log_whose_key_is_gone_is_exported_without_its_words(world: World) -> None:
    logged(world, "Gone")
    destroy_key(Person.objects.get(pk=world.people["researcher"].pk), by=None)
    assert "cannot be read any more" in taken(world, "csv").decode()


@given(text=st.text(max_size=60))
def test_what_is_escaped_comes_back_as_it_was(text: str) -> None:
    assert unescaped(escaped(text)) == text


TEXTS = st.one_of(
    st.sampled_from(["-5", "+44 20", "@home", "=1+1", "'quoted", "two\nlines", "עברית", 'a;b,c\t"d"', "'=x"]),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=80),
)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(TEXTS.map(str.strip), unique=True, min_size=1, max_size=6))
def test_what_went_out_comes_in_again_as_it_was(world: World, texts: list[str]) -> None:
    Activity.objects.all().delete()
    for text in texts:
        logged(world, text, host=world.host)
    before = entries_of(world)
    content = taken(world, "csv")
    Activity.objects.all().delete()
    file = checked(world, content)
    assert set(states(file)) == {"good"}
    brought_in(world, file)
    assert entries_of(world) == before
    LogFile.objects.filter(pk=file.pk).update(mark=b"forgotten")


def entries_of(world: World) -> list[list[str]]:
    return sorted(exporting.entries(world.people["researcher"]))


@pytest.mark.parametrize("kind", ["ods", "pdf"])
def test_there_is_no_export_of_another_kind(world: World, kind: str) -> None:
    assert researcher(world).get(f"/log/export.{kind}").status_code == 404
