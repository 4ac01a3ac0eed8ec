"""The portfolio: chosen from one's own record alone, in four modules, as page, PDF and Word file."""

from __future__ import annotations

import datetime
import io
import re
from typing import Any
from uuid import uuid4

import docx
import pypdf
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from embedded.nhsuk.words import month
from embedded.vault import Sealer
from programmes.entries.words import Words
from programmes.entries.writing import Entry, log_activity, remove_activity
from programmes.models import (
    Activity,
    EarlySign,
    OutputKind,
    Placement,
    PortfolioLine,
    Project,
    UseInDecision,
    UseOutcome,
)
from programmes.portfolio import reading
from programmes.portfolio.actions import add_lines
from programmes.portfolio.modules import MODULES
from tests.house.addresses import things_in
from tests.weeks.test_all import DAY, TODAY
from tests.world import World, join


def made(world: World, text: str, by: str = "researcher", **fields: Any) -> Activity:
    values: dict[str, Any] = {"date": datetime.date(2026, 5, 3), "minutes": 60, "kind": "relational"} | fields
    entry = Entry(words=Words(text), **values)
    return log_activity(residency=world.residency, entry=entry, by=world.people[by])


def put(client: Client, module: int, *things: str, text: str = "") -> str:
    typed = {"form_key": str(uuid4()), "things": things, "text": text}
    return client.post(f"/portfolio/{module}/", typed, follow=True).content.decode()


@pytest.mark.parametrize(
    ("fields", "module"),
    [
        ({"output": "publication"}, 1),
        ({"sign": "method_taken_up"}, 1),
        ({"kind": "educational"}, 2),
        ({"output": "further_funding"}, 3),
        ({"output": "briefing"}, 4),
        ({"sign": "seen"}, 4),
        ({}, 0),
    ],
)
def test_an_entry_is_offered_where_it_belongs(world: World, fields: dict[str, str], module: int) -> None:
    made(world, "A thing I did", **fields)
    client = world.client("researcher")
    offered = [
        number
        for number in MODULES
        if "A thing I did" in client.get(f"/portfolio/{number}/").content.decode()
    ]
    assert offered == ([module] if module else [])


def test_every_output_and_sign_has_one_module() -> None:
    assert sorted(one for module in MODULES.values() for one in module.outputs) == sorted(OutputKind.values)
    assert sorted(one for module in MODULES.values() for one in module.signs) == sorted(EarlySign.values)


def test_what_is_chosen_stands_in_the_portfolio_and_is_offered_no_more(world: World) -> None:
    entry = made(world, "Falls paper\nand more of it", output="publication")
    client = world.client("researcher")
    page = put(client, 1, f"activity-{entry.pk}", text="Edited a handbook")
    assert "Publication, May 2026. Falls paper" in page and "and more" not in page
    assert "Edited a handbook" in page
    assert "Falls paper" not in client.get("/portfolio/1/").content.decode()
    assert "Select what to put in" in put(client, 1)
    assert PortfolioLine.objects.count() == 2


def test_use_and_project_are_said_as_the_record_says_them(world: World) -> None:
    things = things_in(world)
    client = world.client("researcher")
    page = put(client, 4, f"use-{things.use.pk}")
    assert "Used in a decision" in page and "canary use: x (y)" in page
    page = put(client, 1, f"project-{things.project.pk}")
    assert "Project “canary project”" in page and "with 1 contribution by partners" in page


def test_what_was_considered_and_not_used_says_so_everywhere_and_is_not_chosen_for_anybody(
    world: World,
) -> None:
    use = things_in(world).use
    UseInDecision.objects.filter(pk=use.pk).update(outcome=UseOutcome.CONSIDERED)
    client = world.client("researcher")
    said = f"Considered and not used, {month(use.decided_on)}"
    offered = client.get("/portfolio/4/").content.decode()
    assert said in offered and not re.search(r'name="things"[^>]* checked', offered)
    put(client, 4, f"use-{use.pk}")
    PortfolioLine.objects.update(text=Sealer(world.people["researcher"]).seal("In my own words"))
    assert f"{said}. In my own words" in client.get("/portfolio/").content.decode()
    word = docx.Document(io.BytesIO(client.get("/portfolio/portfolio.docx").content))
    assert f"{said}. In my own words" in [paragraph.text for paragraph in word.paragraphs]
    pdf = pypdf.PdfReader(io.BytesIO(client.get("/portfolio/portfolio.pdf").content))
    assert said in " ".join(" ".join(page.extract_text() for page in pdf.pages).split())


def test_nothing_of_anybody_else_is_taken(world: World, other_world: World) -> None:
    theirs = things_in(other_world)
    colleague = world.people["academic_supervisor"]
    join(colleague, "researcher", world.programme, world.residency)
    entry = made(world, "Not mine", by="academic_supervisor", output="publication")
    keys = [f"activity-{entry.pk}", f"use-{theirs.use.pk}", f"project-{theirs.project.pk}", "use-x", "line-1"]
    client = world.client("researcher")
    for key in keys:
        put(client, 1, key)
        put(client, 4, key)
    assert not PortfolioLine.objects.filter(person=world.people["researcher"]).exists()
    line = PortfolioLine.objects.create(person=colleague, module=1, activity=entry)
    assert client.get(f"/portfolio/line/{line.pk}/").status_code == 404
    for press in ("up", "remove", "save"):
        typed = {"form_key": str(uuid4()), "press": press, "text": "Mine"}
        assert client.post(f"/portfolio/line/{line.pk}/", typed).status_code == 404
    assert client.get("/portfolio/portfolio.pdf").status_code == 404


def test_a_line_is_worded_moved_and_taken_out(world: World) -> None:
    client = world.client("researcher")
    entry = made(world, "Falls paper", output="publication")
    put(client, 1, f"activity-{entry.pk}", text="Second line")
    first, second = PortfolioLine.objects.order_by("position")

    def press(line: PortfolioLine, **typed: str) -> str:
        line.refresh_from_db()
        sent = {"form_key": str(uuid4()), "version": str(line.version)} | typed
        return client.post(f"/portfolio/line/{line.pk}/", sent, follow=True).content.decode()

    assert "Publication, May 2026. My own words" in press(first, text="My own words")
    first.refresh_from_db()
    assert b"own words" not in bytes(first.text or b"")
    assert "Publication, May 2026. Falls paper" in press(first, text="")
    assert "Error" in press(second, text="")
    page = press(second, press="up")
    assert page.index("Second line") < page.index("Falls paper")
    assert "Falls paper" not in press(first, press="remove")
    assert Activity.objects.filter(pk=entry.pk).exists()


def test_a_line_goes_with_its_entry(world: World) -> None:
    client = world.client("researcher")
    entry = made(world, "Falls paper", output="publication")
    put(client, 1, f"activity-{entry.pk}")
    remove_activity(activity=entry, by=world.people["researcher"])
    assert not PortfolioLine.objects.exists()


def test_pdf_and_word_say_what_the_page_says(world: World) -> None:
    client = world.client("researcher")
    assert client.get("/portfolio/portfolio.docx").status_code == 404
    entry = made(world, "Falls paper \U0001f600 & <b>bold</b>", output="publication")
    put(client, 1, f"activity-{entry.pk}")
    put(client, 3, text="Chaired a seminar")
    word = docx.Document(io.BytesIO(client.get("/portfolio/portfolio.docx").content))
    said = [paragraph.text for paragraph in word.paragraphs]
    assert [one.text for one in word.paragraphs if one.style.name == "Heading 2"] == [
        module.heading for module in MODULES.values()
    ]
    assert (
        "Publication, May 2026. Falls paper \U0001f600 & <b>bold</b>" in said and "Chaired a seminar" in said
    )
    answer = client.get("/portfolio/portfolio.pdf")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="portfolio.pdf"'
    assert "no-store" in answer.headers["Cache-Control"]
    pdf = pypdf.PdfReader(io.BytesIO(answer.content))
    assert pdf.root_object["/MarkInfo"]["/Marked"].value  # type: ignore[index]
    text = " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
    assert (
        "Falls paper" in text and "Chaired a seminar" in text and "Contributions to broader society" in text
    )


def test_the_post_stands_under_the_name(world: World) -> None:
    client, person = world.client("researcher"), world.people["researcher"]
    post = {"residency": world.residency, "wte": "0.5", "start": datetime.date(2026, 5, 4)}
    Placement.objects.filter(person=person).delete()
    Placement.objects.create(person=person, end=datetime.date(2027, 5, 3), **post)
    put(client, 3, text="Chaired a seminar")
    [home] = world.residency.academic_homes
    line = f"Fellow, {world.host.display_name}, {home.display_name}, 4 May 2026 to 3 May 2027"

    def papers() -> list[str]:
        word = docx.Document(io.BytesIO(client.get("/portfolio/portfolio.docx").content))
        pdf = pypdf.PdfReader(io.BytesIO(client.get("/portfolio/portfolio.pdf").content))
        printed = " ".join(page.extract_text() for page in pdf.pages)
        page = client.get("/portfolio/").content.decode()
        return [page, " ".join(printed.split()), "\n".join(one.text for one in word.paragraphs)]

    assert not any("4 May 2026" in paper for paper in papers())
    Placement.objects.update(accepted_on=datetime.date(2026, 4, 1), role="Fellow")
    assert all(line in paper for paper in papers())


def test_who_left_keeps_what_they_recorded(world: World) -> None:
    things = things_in(world)
    Project.objects.filter(pk=things.project.pk).update(added_by=world.people["host_manager"])
    world.people["researcher"].memberships.update(end=TODAY() - DAY)
    client = world.client("researcher")
    assert "canary use" in client.get("/portfolio/4/").content.decode()
    assert "canary project" not in client.get("/portfolio/1/").content.decode()
    assert UseInDecision.objects.get().recorded_by == world.people["researcher"]


def test_what_is_in_already_does_not_crowd_out_the_rest(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "MOST", 1)
    made(world, "Earlier paper", output="publication", date=datetime.date(2026, 4, 3))
    latest = made(world, "Falls paper", output="publication")
    client = world.client("researcher")
    assert "Earlier paper" not in client.get("/portfolio/1/").content.decode()
    put(client, 1, f"activity-{latest.pk}")
    assert "Earlier paper" in client.get("/portfolio/1/").content.decode()


def test_p37_many_things_are_added_with_no_more_questions_and_none_twice(world: World) -> None:
    person, entries = world.people["researcher"], [made(world, "A thing") for _ in range(9)]

    def asked(*things: Activity) -> int:
        with CaptureQueriesContext(connection) as queries:
            add_lines(module=1, things=things, text="", by=person)
        return len(queries)

    assert asked(entries[0]) == asked(*entries)
    assert PortfolioLine.objects.filter(module=1).count() == 9
