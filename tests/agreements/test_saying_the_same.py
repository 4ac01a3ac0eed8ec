"""Web page, PDF and Word file of a working agreement say the same; the sheet of facts says what is known."""

from __future__ import annotations

import io
import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from docx import Document as read_word
from pypdf import PdfReader

from embedded.nhsuk.words import day
from embedded.post.models import Letter
from programmes.agreements import document, reading
from programmes.models import Project
from tests.agreements.telling import ask, link_to, make_pdf, newest_of, sign, write
from tests.pdf.checking import faults
from tests.pdf.papers import told_in_order
from tests.world import World


def squeezed(text: str) -> str:
    return "".join(text.replace("\u00ad", "").split())


def of_page(page: str) -> str:
    main = page[page.index("<main") : page.index("</main>")]
    return squeezed(unescape(re.sub(r"<[^>]+>", " ", main)))


def of_pdf(content: bytes) -> str:
    return squeezed("".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages))


def all_of_word(content: bytes) -> list[str]:
    paper: Any = read_word(io.BytesIO(content))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return [one.text for one in paper.paragraphs] + cells


def of_word(content: bytes) -> str:
    return squeezed("".join(all_of_word(content)))


@pytest.mark.parametrize("number", [1, 2])
def test_page_pdf_and_word_say_the_same(world: World, number: int) -> None:
    manager = world.client("host_manager")
    ask(manager, world)
    if number == 2:
        write(manager, world, ending="A week’s notice & a talk.\n- Goodbyes <first>\n\n- Then the keys")
        ask(manager, world)
    agreement = newest_of(world)
    said = document.document_of(agreement, reading.people_of(agreement)).lines()
    assert len(said) > 30
    base = world.url("working-agreement/")
    make_pdf(agreement)
    texts = {
        "page": of_page(manager.get(base).content.decode()),
        "link": of_page(Client().get(link_to(world.people["researcher"].email)).content.decode()),
        "pdf": of_pdf(manager.get(f"{base}{number}/agreement.pdf").content),
        "word": of_word(manager.get(f"{base}{number}/agreement.docx").content),
    }
    people = {
        text
        for person in document.document_of(agreement, reading.people_of(agreement)).people
        for text in person
    }
    missing = [
        (where, line)
        for where, text in texts.items()
        for line in said
        if squeezed(line) not in text and not (where == "link" and line in people)
    ]
    assert not missing


def test_pdf_is_tagged_and_names_itself(world: World) -> None:
    manager = world.client("host_manager")
    agreement = ask(manager, world)
    printed = make_pdf(agreement)
    assert faults(printed) == []
    pdf = PdfReader(io.BytesIO(printed))
    assert pdf.metadata and str(pdf.metadata.title).startswith("Working agreement: ")
    told = told_in_order(pdf.trailer["/Root"]["/StructTreeRoot"]["/K"])
    assert [str(one["/S"]) for one in told].count("/H2") == len(
        document.PARTS
    ) + 2  # with the log, and the people


def test_pdf_is_made_again_with_somebody_who_was_added(world: World) -> None:
    manager = world.client("host_manager")
    agreement = ask(manager, world)
    make_pdf(agreement)
    typed = {"form_key": "00000000-0000-4000-8000-000000000001", "name": "Maureen Tilley", "email": ""}
    manager.post(world.url("working-agreement/people/add/"), typed)
    agreement = newest_of(world)
    assert agreement.pdf is None
    assert "MaureenTilley" in of_pdf(make_pdf(agreement))


def test_pdf_and_word_say_who_has_agreed(world: World) -> None:
    manager = world.client("host_manager")
    agreement = ask(manager, world)
    assert "Agreed" not in of_pdf(make_pdf(agreement))
    key = "00000000-0000-4000-8000-000000000002"
    manager.post(world.url("working-agreement/"), {"form_key": key, "press": "agree"})
    agreement = newest_of(world)
    assert agreement.pdf is None
    said = squeezed(f"Agreed {day(timezone.localdate())}, signed in")
    assert said in of_pdf(make_pdf(agreement))
    assert said in of_word(manager.get(world.url("working-agreement/1/agreement.docx")).content)


def test_who_asks_is_not_asked_by_herself(world: World) -> None:
    ask(world.client("host_manager"), world)
    asker = world.people["host_manager"]
    letter = Letter.objects.get(to=asker.email, key__startswith="working-agreement-")
    page = Client().get(link_to(asker.email)).content.decode()
    for words in (letter.text, page):
        assert f"{asker} asks you" not in words and f"write to {asker}" not in words.lower()
        assert "You have asked everybody" in words
    assert f"{asker} asks you" in Client().get(link_to(world.people["researcher"].email)).content.decode()


def test_words_that_xml_cannot_hold_do_not_break_the_file(world: World) -> None:
    manager = world.client("host_manager")
    write(manager, world, asking="One\uffffTwo \U0001f600 <b>")
    content = manager.get(world.url("working-agreement/1/agreement.docx")).content
    assert squeezed("OneTwo \U0001f600 <b>") in of_word(content)


def test_sheet_of_facts_says_what_is_known_and_no_law(world: World) -> None:
    residency = world.residency
    residency.problem, residency.money_who_pays = "People fall twice", "Research capability funding"
    residency.money_amount, residency.host_manager_name = 48000, "Priya Nair"
    residency.save()
    world.host.legal_name, world.host.ods_code = "MADE UP NHS TRUST", "RXX99"
    world.host.save()
    Project.objects.create(
        residency=residency,
        title="Going home",
        classification="research",
        classified_on=residency.started_on,
        started_on=residency.started_on,
        added_by=world.people["researcher"],
    )
    sign(residency)
    answer = world.client("rd_office").get(world.url("agreements/facts.docx"))
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    said = all_of_word(answer.content)
    for fact in (
        "MADE UP NHS TRUST",
        "ODS RXX99",
        "Made Up University",
        "People fall twice",
        "£48,000",
        "Priya Nair",
        "0.60",
        "Research capability funding",
        "Going home",
        "Research",
        "Hosting agreement",
    ):
        assert fact in said, fact
    text = " ".join(said).lower()
    assert "not a contract" in text
    for law in ("hereby", "indemnif", "liab", "governing law", "intellectual property", "shall"):
        assert law not in text


def test_sheet_of_facts_says_what_is_not_recorded(world: World) -> None:
    said = all_of_word(world.client("rd_office").get(world.url("agreements/facts.docx")).content)
    assert "Not recorded yet" in said
    assert "None is recorded yet." in said
