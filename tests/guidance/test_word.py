"""The Word file of an edition says what its page says, and is made so that it can be filled in."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from embedded.word import written
from guidance.actions import load_library
from guidance.medium import WEB
from guidance.models import Edition
from guidance.reading import loose_links
from guidance.typeset import Typeset, typeset
from guidance.word import word_about, word_blocks
from tests.guidance.pages_read import seen, words
from tests.guidance.shelf import BODY, write
from tests.word import reading

pytestmark = pytest.mark.django_db

ALL = BODY.replace(
    "## Who to write to",
    """Some **bold**, *slanted*, a [law](https://example.org/law "x"), [here](#begin) and
[a guide](guide:a-guide#begin).
Name: ____ Address: ________

1. One
   - Within
2. Two

- [ ] A desk {advice}
- Plain

7. Seven

Table: Two kinds

| Help | Days | Yours |
|---|--:|---|
| Analyst | 3 | |
| Sum | {= sum B} | x |

::: write 2 What should change?
One sentence.
:::

::: card How do we say no?
Kindly.
:::

::: card How do we say yes?
- Gladly
:::

::: terms
**Host** — where the work is. [S3]

**Home** — where *they* come from.

It may be far.
:::

::: figure life-of-a-residency
Five stages, one after the other.
:::

> Somebody said so.

### A part

::: note
A box.

| A | B |
|---|---|
| c | d |
:::

---

## Who to write to""",
)


def edition_of(shelf: Path, body: str = ALL, **front: str) -> Edition:
    write(shelf, body=body, word="true", **front)
    load_library(library=shelf)
    return Edition.objects.select_related("document").get()


def word_file(edition: Edition) -> bytes:
    return written(word_blocks(edition), word_about(edition))


def on_screen(edition: Edition) -> Typeset:
    return typeset(edition.body, edition.notes, WEB, not edition.one_page, loose_links(edition.body))


def said_by_page(text: Typeset) -> str:
    """All letters and figures: where a word ends and a raised number begins is not told."""
    sources = " ".join(["Sources", *(source.text for source in text.sources)]) if text.sources else ""
    return "".join(words(f"{seen(text.opening + text.rest)} {sources}"))


def said_by_word(paper: Any) -> str:
    """Between the cover, which ends with where to look for a newer version, and what is said about the document."""
    texts = reading.texts(paper)
    begin = next(at for at, text in enumerate(texts) if text.startswith("Check for a newer version at "))
    end = len(texts) - 1 - texts[::-1].index("About this document")
    return "".join(words("\n".join(texts[begin + 1 : end])))


def headings_of_page(html: str) -> list[str]:
    found = re.findall(r"<h[23][^>]*>.*?</h[23]>", html, re.DOTALL)
    return [" ".join(words(seen(one))) for one in found]


def test_word_file_says_what_the_page_says(shelf: Path) -> None:
    edition = edition_of(shelf)
    assert said_by_word(reading.read(word_file(edition))) == said_by_page(on_screen(edition))


def test_every_shipped_word_file_says_what_its_page_says() -> None:
    """All words in order; headings in order; every table with a head that is marked."""
    load_library()
    found = list(Edition.objects.published().filter(word=True).select_related("document"))
    assert found
    wrong = {}
    for edition in found:
        text, paper = on_screen(edition), reading.read(word_file(edition))
        if said_by_word(paper) != said_by_page(text):
            wrong[edition.document.slug] = "words"
        if headings(paper) != headings_of_page(text.opening + text.rest):
            wrong[edition.document.slug] = "headings"
        if not heads_are_marked(paper):
            wrong[edition.document.slug] = "tables"
    assert wrong == {}


def headings(paper: Any) -> list[str]:
    """Those of the text, without the title and what stands at the end of every file."""
    _, *inside = [" ".join(words(text)) for _, text in reading.headings(paper)]
    return [one for one in inside if one not in ("Sources", "About this document")]


def heads_are_marked(paper: Any) -> bool:
    """Of every table but places to write and sheets of cards, which have a description and no head."""
    tables = [one for one in reading.tables(paper) if "w:tblDescription" not in one._tbl.xml]
    return all(reading.is_head(one.rows[0]) and not any(map(reading.is_head, one.rows[1:])) for one in tables)


def test_headings_have_levels_without_a_leap(shelf: Path) -> None:
    found = reading.headings(reading.read(word_file(edition_of(shelf))))
    assert found[0] == (1, "A guide")
    levels = [level for level, _ in found]
    assert set(levels) == {1, 2, 3} and levels.count(1) == 1
    assert all(later - level <= 1 for level, later in pairwise(levels))
    assert ("Begin", 2) not in found and (2, "1. Begin") in found and (3, "How do we say no?") in found


def test_links_lead_to_the_library_and_within_the_file(shelf: Path) -> None:
    paper = reading.read(word_file(edition_of(shelf)))
    links, places = dict(reading.links(paper)), reading.places(paper)
    assert links["law"] == "https://example.org/law"
    assert links["a guide"] == "http://localhost:8000/guidance/a-guide/#begin"
    assert links["here"] == "#a_begin" and "a_begin" in places
    assert links["1"] == "#a_source_1" and "a_source_1" in places
    assert {"a_host", "a_home"} <= set(places)


def test_what_is_filled_in_can_be(shelf: Path) -> None:
    paper = reading.read(word_file(edition_of(shelf)))
    text = "\n".join(reading.texts(paper))
    assert "Name: ____________ Address: ____________________________________" in text
    assert "☐ A desk" in text and "☐ Plain" not in text
    assert "worked out for you" in text and "{=" not in text
    described = [one for one in reading.tables(paper) if "w:tblDescription" in one._tbl.xml]
    assert ["What should change?" in one._tbl.xml for one in described].count(True) == 1


def test_file_carries_version_date_and_where_to_look_for_a_newer_one(shelf: Path) -> None:
    """V-96."""
    paper = reading.read(word_file(edition_of(shelf)))
    assert (
        paper.sections[0]
        .footer.paragraphs[0]
        .text.startswith("A guide · version 1.0.0 · 1 November 2026 · page")
    )
    assert "Check for a newer version at http://localhost:8000/guidance/a-guide/" in reading.texts(paper)
    about = paper.core_properties
    assert (about.title, about.author, about.language) == ("A guide", "the Embedded project", "en-GB")


@pytest.mark.parametrize("hostile", ["<script>x</script>", "\x0b\x1f", "‮", "]]>", "&amp;#x0;", "😀" * 50])
def test_hostile_words_are_words(shelf: Path, hostile: str) -> None:
    body = BODY.replace("A sentence.", f"A sentence {hostile} with **{hostile}** and | {hostile} |.")
    edition = edition_of(shelf, body)
    paper = reading.read(word_file(edition))
    assert said_by_word(paper) == said_by_page(on_screen(edition))
