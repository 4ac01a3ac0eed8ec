"""Residencies by file: what is good comes in at its true stage, what is not is named cell by cell, nothing twice."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

import openpyxl
import pytest

from embedded.audit.models import Event
from embedded.post.models import Letter
from programmes.models import Residency, ResidencyFileRow, Stage
from tests.intake.building import (
    BEGUN,
    ENDS,
    HEAD,
    HOST,
    ROW,
    address,
    brought_in,
    checked,
    many,
    page_of,
    row,
    states,
    table,
    text,
    upload,
    workbook,
)
from tests.registration.filled import key
from tests.workers import run_jobs
from tests.world import World, make_organisation


def test_a_running_residency_comes_in_at_its_true_stage_with_its_true_dates(world: World) -> None:
    lead = world.client("programme_lead")
    file = checked(lead, world, table())
    assert states(file) == ["good"]
    assert not Residency.objects.filter(title=ROW[0]).exists()
    assert "Bring in 1 row" in page_of(lead, file)
    brought_in(lead, file)
    residency = Residency.objects.get(title=ROW[0])
    assert (residency.stage, residency.started_on, residency.planned_end) == (Stage.ACTIVE, BEGUN, ENDS)
    assert (residency.lead_host, residency.days_a_week) == (world.host, Decimal("2.5"))
    assert residency.placements.get().person.email == "jo.bell@people.example"
    assert Letter.objects.get().to == "jo.bell@people.example"
    assert Event.objects.filter(deed="residency.adopted").count() == 1
    assert residency.code in page_of(lead, file)
    history = lead.get(f"{residency.get_absolute_url()}history/").content.decode()
    assert "brought it in from a file while it was running" in history


@pytest.mark.parametrize(
    ("word", "stage"),
    [
        ("being planned", Stage.IDEA),
        ("Idea", Stage.IDEA),
        ("being set up", Stage.ONBOARDING),
        ("LIVE", Stage.ACTIVE),
        ("ending", Stage.CLOSING),
    ],
)
def test_every_stage_word_comes_in_as_what_it_means(world: World, word: str, stage: Stage) -> None:
    lead = world.client("programme_officer")
    brought_in(lead, checked(lead, world, table(row(Stage=word))))
    assert Residency.objects.get(title=ROW[0]).stage == stage


def test_one_that_has_ended_comes_in_and_nobody_is_written_to(world: World) -> None:
    lead = world.client("programme_lead")
    brought_in(
        lead, checked(lead, world, table(row(Stage="Completed", Start="1 March 2021", End="28/02/2023")))
    )
    ended = Residency.objects.get(title=ROW[0])
    assert (str(ended.started_on), str(ended.ended_on), ended.stage) == (
        "2021-03-01",
        "2023-02-28",
        Stage.ENDED,
    )
    assert not Letter.objects.exists()


def test_good_rows_come_in_now_and_bad_ones_are_handed_back_with_why(world: World) -> None:
    lead = world.client("programme_lead")
    rows = [
        row(Title="First"),
        row(Title="", Stage="asleep"),
        row(Title="Third", Start="31/02/2025"),
        row(Title="Last"),
    ]
    file = checked(lead, world, table(*rows))
    assert states(file) == ["good", "bad", "bad", "good"]
    page = page_of(lead, file)
    assert "Column A, Title: nothing is written. Write a title." in page
    assert "Column C, Stage: “asleep”. Write one of: being planned, being set up, running" in page
    assert "Column D, Start: “31/02/2025”. There is no 31 February in 2025. Write the right day." in page
    brought_in(lead, file)
    assert states(file) == ["made", "bad", "bad", "made"]
    answer = lead.get(f"{file.get_absolute_url()}to-put-right.csv")
    back = list(csv.reader(io.StringIO(b"".join(answer).decode("utf-8-sig"))))
    assert back[0] == [*HEAD, "What to put right"]
    assert [line[:4] for line in back[1:]] == [rows[1][:4], rows[2][:4]]
    assert "There is no 31 February" in back[2][-1]


def test_the_bad_rows_put_right_come_in_and_no_other_twice(world: World) -> None:
    """The file that we handed back is taken again: its column with the reasons is passed over."""
    lead = world.client("programme_lead")
    file = brought_in(
        lead, checked(lead, world, workbook(row(Title="First"), row(Title="Second", Start="soon")))
    )
    content = lead.get(f"{file.get_absolute_url()}to-put-right.xlsx").content
    book = openpyxl.load_workbook(io.BytesIO(content))
    book["Residencies"]["D2"] = "1/9/2024"
    again = io.BytesIO()
    book.save(again)
    second = checked(lead, world, again.getvalue(), "put-right.xlsx")
    assert (states(second), second.notes) == (["good"], [])
    brought_in(lead, second)
    assert Residency.objects.filter(title__in=["First", "Second"]).count() == 2


def test_the_same_file_twice_makes_nothing_twice_and_says_which_they_are(world: World) -> None:
    lead = world.client("programme_lead")
    brought_in(lead, checked(lead, world, table(*many(3))))
    file = checked(lead, world, table(*many(3)))
    assert states(file) == ["here"] * 3
    page = page_of(lead, file)
    assert (
        "3 rows are</strong> here already" in page
        and "Bring in" not in page.partition("<main")[2].partition("<h1")[2]
    )
    assert all(
        one.code in page for one in Residency.objects.filter(created_by=world.people["programme_lead"])
    )
    assert lead.post(file.get_absolute_url(), {"form_key": key()}).status_code == 302
    run_jobs()
    assert Residency.objects.filter(created_by=world.people["programme_lead"]).count() == 3


def test_the_same_row_twice_in_a_file_comes_in_once(world: World) -> None:
    lead = world.client("programme_lead")
    file = checked(lead, world, table(ROW, row(Title="FALLS on the way home"), row(Title="Other")))
    assert states(file) == ["good", "same", "good"]
    assert "The same as row 2" in page_of(lead, file, show="ready")
    brought_in(lead, file)
    assert states(file) == ["made", "here", "made"]
    assert file.rows.get(number=3).residency == file.rows.get(number=2).residency


def test_one_that_was_registered_by_hand_is_known_by_title_host_and_start(world: World) -> None:
    lead, there = world.client("programme_lead"), world.residency
    cells = {"Title": there.title.upper(), "Start": str(there.started_on), "End": str(there.planned_end)}
    file = checked(lead, world, table(row(**cells), row(**cells | {"Start": "2020-01-01"})))
    assert states(file) == ["here", "good"]
    assert file.rows.get(number=2).residency == there


def test_columns_stand_in_any_order_under_everyday_headings(world: World) -> None:
    head = ["E-mail", "NHS trust", "  END DATE ", "Status", "Colour", "Project title", "Start date", "Name"]
    cells = ["jo@people.example", HOST, str(ENDS), "active", "blue", "Sleep", str(BEGUN), "Jo Bell"]
    lead = world.client("programme_lead")
    file = checked(lead, world, text(cells, head=head).encode())
    assert states(file) == ["good"]
    assert "Column E (Colour) is not one that we know, so it was not read." in page_of(lead, file)
    brought_in(lead, file)
    assert Residency.objects.get(title="Sleep").placements.get().person.email == "jo@people.example"


def test_an_unclear_organisation_is_a_question_never_a_guess(world: World) -> None:
    lead = world.client("programme_lead")
    for name in ("Mersey North Trust", "Mersey South Trust"):
        make_organisation(
            name, scheme="ods", code=f"R{len(name)}{name[7]}", ods_code=f"R{len(name)}{name[7]}"
        )
    rows = [
        row(Host="Mersey"),
        row(Host="Made Up Trusst"),
        row(Host="Nowhere at all"),
        row(Host="mersey NORTH trust"),
    ]
    file = checked(lead, world, table(*rows))
    assert states(file) == ["bad", "bad", "bad", "good"]
    page = page_of(lead, file)
    assert (
        "“Mersey”. Which one do you mean? Write R18N for Mersey North Trust, or R18S for Mersey South Trust."
        in page
    )
    assert "Do you mean Made Up Trust? Then write “Made Up Trust”" in page
    assert "We could not find it." in page


def test_one_address_has_one_name_in_the_file_and_in_the_programme(world: World) -> None:
    lead, known = world.client("programme_lead"), world.people["researcher"]
    rows = [
        row(),
        row(Title="B", Researcher="JO BELL", Researchers_email=" Jo.Bell@People.example"),
        row(Title="C", Researcher="Sam Other"),
        row(Title="D", Researcher="Not Them", Researchers_email=known.email.upper()),
    ]
    file = checked(lead, world, table(*rows))
    assert states(file) == ["good", "good", "bad", "bad"]
    page = page_of(lead, file)
    assert (
        "belongs to Jo Bell in row 2" in page and f"belongs to {known.display_name} in this programme" in page
    )
    brought_in(lead, file)
    people = {one.placements.get().person for one in Residency.objects.filter(title__in=[ROW[0], "B"])}
    assert len(people) == 1


def test_people_and_residencies_of_another_programme_are_never_told_of(
    world: World, other_world: World
) -> None:
    theirs = other_world.people["researcher"]
    lead = world.client("programme_lead")
    cells = row(
        Title=other_world.residency.title,
        Start=str(other_world.residency.started_on),
        Researcher="Another Name",
        Researchers_email=theirs.email,
        Host=world.host.code,
    )
    file = checked(lead, world, table(cells))
    assert states(file) == ["good"]
    assert other_world.residency.code not in page_of(lead, file).replace(world.residency.code, "")
    intruder = other_world.client("programme_lead")
    assert intruder.get(file.get_absolute_url()).status_code == 404
    swapped = file.get_absolute_url().replace(world.programme.slug, other_world.programme.slug)
    assert intruder.get(swapped).status_code == 404


@pytest.mark.parametrize("role", ["theme_lead", "host_manager", "researcher", "funder"])
def test_only_leads_and_officers_of_the_whole_programme_bring_in_by_file(world: World, role: str) -> None:
    assert world.client(role).get(address(world)).status_code == 403
    assert upload(world.client(role), world, table()).status_code == 403


def test_who_may_no_longer_lead_brings_nothing_in(world: World) -> None:
    """P4: asked again when the work is done."""
    lead = world.client("programme_lead")
    file = checked(lead, world, table())
    lead.post(file.get_absolute_url(), {"form_key": key()})
    world.people["programme_lead"].memberships.update(end=BEGUN)
    run_jobs()
    assert not Residency.objects.filter(title=ROW[0]).exists()
    page = page_of(world.client("programme_officer"), file)
    assert "may no longer bring residencies into" in page


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_template_filled_in_is_taken(world: World, kind: str) -> None:
    lead = world.client("programme_lead")
    answer = lead.get(f"{address(world)}template.{kind}")
    content = answer.getvalue() if answer.streaming else answer.content
    cells = {"Title": "Filled in", "Host": HOST, "Stage": "running", "Start": "1/9/2024", "End": "2030-08-31"}
    cells |= {
        "Researcher": "Jo Bell",
        "Theme": "ageing WELL",
        "Your reference": "EDGE 7",
        "Further hosts": "",
    }
    if kind == "csv":
        head = next(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
        content = content + text([cells.get(one, "") for one in head], head=None).encode()
    else:
        book = openpyxl.load_workbook(io.BytesIO(content))
        sheet = book["Residencies"]
        sheet.append([cells.get(cell.value, "") for cell in sheet[1]])
        held = io.BytesIO()
        book.save(held)
        content = held.getvalue()
    file = checked(lead, world, content, f"template.{kind}")
    assert (states(file), file.notes) == (["good"], [])
    brought_in(lead, file)
    made = Residency.objects.get(title="Filled in")
    assert made.theme is not None and made.theme.name == "Ageing well"
    assert made.organisations.get(part="lead_host").own_reference == "EDGE 7"


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_list_of_columns_can_be_taken_away(world: World, kind: str) -> None:
    answer = world.client("programme_lead").get(f"{address(world)}columns.{kind}")
    assert answer.status_code == 200 and f".{kind}" in answer["Content-Disposition"]
    assert world.client("programme_lead").get(f"{address(world)}columns.exe").status_code == 404


def test_a_file_too_large_is_refused_in_words(world: World) -> None:
    lead = world.client("programme_lead")
    page = upload(lead, world, b"x" * (5 * 1024 * 1024 + 1)).content.decode()
    assert "The selected file must be smaller than 5MB" in page
    page = upload(lead, world, b"x" * (7 * 1024 * 1024)).content.decode()
    assert "The selected file must be smaller than 5MB" in page
    assert "Select a file" in lead.post(address(world), {"form_key": key()}).content.decode()


def test_pressed_twice_brings_in_once(world: World) -> None:
    lead = world.client("programme_lead")
    file = checked(lead, world, table(*many(4)))
    for _ in range(2):
        lead.post(file.get_absolute_url(), {"form_key": key()})
    run_jobs()
    assert states(file) == ["made"] * 4


def test_queries_do_not_grow_with_rows(world: World, django_assert_max_num_queries: object) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    lead, asked = world.client("programme_lead"), []
    for number in (1, 10, 100):
        file = checked(lead, world, table(*[[f"{number} {line[0]}", *line[1:]] for line in many(number)]))
        lead.get(file.get_absolute_url())
        with CaptureQueriesContext(connection) as queries:
            lead.get(file.get_absolute_url())
        asked.append(len(queries))
    assert asked[0] == asked[1] == asked[2], asked
    assert ResidencyFileRow.objects.count() == 111


def test_a_code_of_letters_counts_unless_somebody_else_is_called_so(world: World) -> None:
    lead = world.client("programme_lead")
    make_organisation("Northern Free Trust", scheme="ods", code="RZL", ods_code="RZL")
    assert states(checked(lead, world, table(row(Host="rzl")))) == ["good"]
    make_organisation("Riverside Zonal Laboratory")
    assert states(checked(lead, world, table(row(Host="RZL")))) == ["bad"]
