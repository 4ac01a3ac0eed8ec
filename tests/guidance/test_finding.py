"""The front of the library: found by who one is, by moment, by topic and by words, all in the address."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from guidance.actions import load_library
from guidance.catalogue import shipped_editions
from guidance.choices import Audience, Moment, Reader, Topic
from guidance.listing import A_PAGE
from guidance.models import Edition
from guidance.packs.ready import ready_packs
from guidance.starting import FIRST, ORDER, PACKS, SHELVES
from tests.guidance.shelf import BODY, write

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def library(shelf: Path, edition: Edition) -> Path:
    """a-guide (researcher, first 100 days, learning) and two more."""
    write(
        shelf,
        slug="for-trusts",
        title="For trusts",
        audience="nhs_organisation",
        readers="[manager, researcher]",
        moments="[thinking]",
        topics="[money]",
        word="true",
    )
    write(
        shelf,
        slug="glossary",
        title="Words",
        audience="summary",
        readers="[manager]",
        moments="",
        topics="[words]",
        body=BODY.replace("sentence", "zebra"),
    )
    load_library(library=shelf)
    return shelf


def page(client: Client, query: str = "") -> str:
    answer = client.get(f"/guidance/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def listed(text: str) -> list[str]:
    return re.findall(r'guide-item__title"><a [^>]*>([^<]+)</a>', text)


def count_of(text: str, label: str) -> int:
    found = re.search(rf'>{re.escape(label)} <span class="guide-choices__count">\((\d+)', text)
    assert found, label
    return int(found[1])


def test_front_shows_every_shelf_and_every_way_in(client: Client) -> None:
    text = page(client)
    assert listed(text) == ["Words", "For trusts", "A guide"]
    assert text.index("Anybody with five minutes") < text.index("NHS and care organisations")
    assert count_of(text, Reader.RESEARCHER.label) == 2
    assert count_of(text, Moment.THINKING.label) == 1
    assert count_of(text, "At any time") == 1
    assert count_of(text, Topic.MONEY.label) == 1
    assert Topic.ETHICS.label not in text  # what would leave nothing is no choice


def test_document_says_how_long_it_takes_in_which_forms_and_when_it_helps(client: Client) -> None:
    text = page(client, "?topic=money")
    assert "1 minute to read · web page, PDF, Word · Thinking about it" in text
    assert "1 minute to read · web page, PDF · At any time" in page(client, "?topic=words")


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("?who=researcher", ["For trusts", "A guide"]),
        ("?who=researcher&moment=thinking", ["For trusts"]),
        ("?moment=any", ["Words"]),
        ("?moment=first_100_days", ["A guide"]),
        ("?topic=learning", ["A guide"]),
        ("?q=zebra", ["Words"]),
        ("?q=zebra&who=researcher", []),
        ("?q=sentence&who=researcher&moment=thinking&topic=money", ["For trusts"]),
        ("?who=public", []),
        ("?who=nobody&moment=never&topic=x", ["Words", "For trusts", "A guide"]),
    ],
)
def test_choices_narrow_together(client: Client, query: str, titles: list[str]) -> None:
    assert listed(page(client, query)) == titles


def test_choice_says_how_many_it_leaves_beside_the_others(client: Client) -> None:
    text = page(client, "?who=manager")
    assert count_of(text, Moment.THINKING.label) == 1
    assert count_of(text, "At any time") == 1
    assert Moment.FIRST_100_DAYS.label not in text
    assert count_of(text, Reader.RESEARCHER.label) == 2  # in place of the manager
    assert 'href="?who=manager&amp;moment=thinking"' in text
    assert 'href="?who=researcher"' in text


def test_what_was_chosen_can_be_taken_away_again(client: Client) -> None:
    text = page(client, "?who=manager&moment=thinking&q=sentence")
    assert 'href="/guidance/?moment=thinking&amp;q=sentence"' in text
    assert 'href="/guidance/?who=manager&amp;q=sentence"' in text
    assert 'href="/guidance/?who=manager&amp;moment=thinking"' in text
    assert "Take away all" in text


def test_reader_begins_with_what_to_read_first(client: Client, library: Path) -> None:
    write(library, slug="do-you-need-one", title="Do you need one?", readers="[manager]")
    load_library(library=library)
    text = page(client, "?who=manager")
    assert "Read this first" in text
    assert listed(text) == ["Do you need one?", "Words", "For trusts"]
    assert "<strong>3 documents</strong>" in text
    assert "Read this first" not in page(client, "?who=manager&moment=thinking")


def test_own_guide_comes_first_for_public_contributors_whatever_the_moment(
    client: Client, library: Path
) -> None:
    own = {"slug": "for-public-contributors", "title": "For public contributors", "readers": "[public]"}
    write(library, **own, moments="", audience="public_involvement")
    write(library, slug="two-pages", title="In two pages", readers="[public]", moments="[thinking]")
    load_library(library=library)
    for moment in ["thinking", "ending", "any"]:
        text = page(client, f"?who=public&moment={moment}")
        assert listed(text)[0] == "For public contributors"
        assert count_of(page(client, "?who=public"), "Ending well") == 1
    assert "For public contributors" not in listed(page(client, "?moment=thinking"))


def test_case_sheets_come_last_and_folded_where_they_are_many(client: Client, library: Path) -> None:
    write(library, slug="cases-compared", title="Compared", audience="case_study", readers="[manager]")
    for number in range(4):
        assert "one by one" not in page(client, "?who=manager")
        case = {"slug": f"case-{number}", "title": f"Case {number}", "audience": "case_study"}
        write(library, **case, readers="[manager]")
        load_library(library=library)
    text = page(client, "?who=manager")
    assert listed(text)[-5:] == ["Compared", "Case 0", "Case 1", "Case 2", "Case 3"]
    assert text.index("Compared") < text.index("4 case sheets, one by one") < text.index("Case 0")
    assert "one by one" not in page(client, "?q=sentence&who=manager")


def test_front_and_moment_lead_to_the_ready_packs(client: Client, library: Path) -> None:
    write(
        library, slug="do-you-need-one", title="Do you need one?", readers="[manager]", moments="[thinking]"
    )
    load_library(library=library)
    there = 'href="/guidance/packs/thinking-about-it/"'
    assert "In a hurry?" in page(client)
    assert there in page(client)
    assert there in page(client, "?who=manager&moment=thinking")
    assert there not in page(client, "?who=manager")


def test_every_moment_has_its_pack() -> None:
    assert set(PACKS) == set(Moment)
    assert [pack.name for pack in ready_packs()] == list(PACKS.values())


def test_moment_leads_on_to_what_helps_at_any_time(client: Client) -> None:
    assert "1 more document helps at any time" in page(client, "?moment=thinking")


def test_search_shows_the_sentence_and_leads_to_its_part(client: Client) -> None:
    text = page(client, "?q=zebra")
    assert "<mark>zebra</mark>" in text
    assert 'href="/guidance/glossary/#begin"' in text


def test_search_says_what_it_took_for_a_slip(client: Client) -> None:
    text = page(client, "?q=zebbra")
    assert "No document says “zebbra”: these say “zebra”" in text
    assert listed(text) == ["Words"]


def test_search_without_a_hit_says_what_to_try_and_whom_to_ask(client: Client) -> None:
    text = page(client, "?q=xylophone&who=manager")
    assert "<strong>No document</strong>" in text
    assert "try fewer words" in text
    assert "take away one of the choices above" in text
    assert "mailto:" in text


@pytest.mark.parametrize(
    "words", ["%", "_", "\\", "'; DROP", "<script>", "\0", "a " * 5000, "‮x", "ŵ", "&|!():*"]
)
def test_odd_searches_are_answered(client: Client, words: str) -> None:
    answer = client.get(
        "/guidance/", {"q": words, "moment": words, "who": words, "topic": words, "page": words}
    )
    assert answer.status_code == 200
    assert b"<script>" not in answer.content.replace(b"<script ", b"")


@pytest.mark.parametrize("number", ["0", "-1", "2", "99999", "x", ""])
def test_page_that_is_none_shows_one_that_is(client: Client, number: str) -> None:
    assert listed(page(client, f"?page={number}"))


def test_many_documents_come_in_pages_and_ask_no_more(client: Client, library: Path) -> None:
    def asked(query: str) -> int:
        page(client, query)
        with CaptureQueriesContext(connection) as queries:
            page(client, query)
        return len(queries)

    queries = ["", "?who=researcher", "?q=sentence", "?q=zebbra"]
    few = [asked(query) for query in queries]
    for number in range(A_PAGE):
        write(library, slug=f"guide-{number}", title=f"Guide {number}")
    load_library(library=library)
    assert [asked(query) for query in queries] == few
    assert max(few) <= 9
    text = page(client)
    assert len(listed(text)) == A_PAGE
    assert 'href="?page=2"' in text
    assert len(listed(page(client, "?page=2"))) == 3
    assert 'href="?who=researcher&amp;page=2"' in page(client, "?who=researcher")


def test_every_reader_has_a_beginning_and_every_shelf_a_place() -> None:
    assert set(FIRST) == set(Reader)
    assert set(SHELVES) == set(Audience)
    assert len(set(ORDER)) == len(ORDER)
    assert {slug for those in FIRST.values() for slug in those} <= set(ORDER)


def test_what_a_reader_reads_first_is_written_for_them() -> None:
    for_whom = {one.slug: one.readers for one in shipped_editions()}
    wrong = [
        f"{slug} is not for {reader}"
        for reader, slugs in FIRST.items()
        for slug in slugs
        if slug in for_whom and reader not in for_whom[slug]
    ]
    assert not wrong
