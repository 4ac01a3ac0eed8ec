"""What differs is found word by word, said in words, and counted; a small correction is told from more."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guidance.desk.corrections import too_much
from guidance.desk.differing import difference
from guidance.desk.words import Words

TEXT = "## One\n\nIt may take 3 days. [S3] {fact}\n\n::: try\nAsk [them](https://a.example/x).\n:::\n"
WORDS = Words(
    "A guide",
    "What to do.",
    TEXT,
    {"S3": {"text": "A paper", "url": ""}},
    "First.",
    datetime.date(2027, 1, 1),
)
texts = st.text(alphabet="ab \n", max_size=60)


def pieces(before: str, after: str) -> list[tuple[str, str]]:
    return [(piece.how, piece.words) for line in difference(before, after).lines for piece in line.pieces]


def test_words_are_compared_within_a_line() -> None:
    assert pieces("It was a clear day.", "It was a very clear night.") == [
        ("same", "It was a "),
        ("added", "very "),
        ("same", "clear "),
        ("removed", "day."),
        ("added", "night."),
    ]


def test_lines_that_stay_are_counted_and_left_out() -> None:
    before = "\n".join(f"Line {number}" for number in range(10))
    found = difference(before, before.replace("Line 5", "Line five"))
    assert [line.skipped for line in found.lines] == [4, 0, 0, 0, 3]
    assert (found.added, found.removed) == (4, 1)


@given(texts, texts)
@settings(max_examples=200, deadline=None)
def test_both_texts_can_be_read_back(before: str, after: str) -> None:
    """Removed and same words are the old text, added and same ones the new, whatever blanks stand at the ends."""
    unshortened = [line for line in difference(before, after).lines if not line.skipped]
    if any(line.skipped for line in difference(before, after).lines):
        return
    for text, other in ((before, "added"), (after, "removed")):
        lines = ["".join(piece.words for piece in line.pieces if piece.how != other) for line in unshortened]
        kept = [line.rstrip() for line in text.splitlines() if line.strip() or line.rstrip()]
        assert [line for line in lines if line] == kept


@given(texts)
@settings(deadline=None)
def test_the_same_differs_in_nothing(text: str) -> None:
    assert not difference(text, text)


@pytest.mark.parametrize(
    ("before", "after"),
    [("a " * 60_000, "b " * 60_000), ("a\n" * 20_000, "b\n" * 20_000), ("ab " * 400, "ba " * 400)],
)
def test_hostile_texts_come_to_an_end(before: str, after: str) -> None:
    assert difference(before, after).changed


@pytest.mark.parametrize(
    "changes",
    [
        {"body": TEXT.replace("take", "need")},
        {"body": TEXT.replace("https://a.example/x", "https://a.example/2026/y")},
        {"body": TEXT.replace("days", f"days{'x' * 190}")},
        {"summary": "What to do first."},
        {"notes": {"S3": {"text": "A better paper", "url": "https://a.example/p"}}},
        {"changelog": "Anything at all that is as long as it likes. " * 9},
    ],
)
def test_small_correction_goes_alone(changes: dict[str, Any]) -> None:
    assert too_much(WORDS, replace(WORDS, **changes)) == ()


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"body": TEXT.replace("days", f"days{'x' * 191}")}, "201 characters"),
        ({"body": TEXT.replace("## One", "## Two")}, "A heading"),
        ({"body": TEXT.replace("3 days", "4 days")}, "A number"),
        ({"body": TEXT.replace(" [S3]", "")}, "A source in the text"),
        ({"body": TEXT.replace("{fact}", "{advice}")}, "A mark"),
        ({"body": TEXT.replace("::: try", "::: watch")}, "A box"),
        ({"body": TEXT.replace("may take", "may not take")}, "A word such as"),
        ({"body": TEXT.replace("may take", "mayn't take")}, "A word such as"),
        ({"body": TEXT.replace("may take", "must take")}, "A word such as"),
        ({"body": TEXT.replace("[them](https://a.example/x)", "them")}, "The number of links"),
        ({"title": "A Guide"}, "The title"),
        ({"next_review": datetime.date(2028, 1, 1)}, "The review date"),
        ({"notes": {"S3": {"text": "A paper"}, "B": {"text": "x"}}}, "A source is added"),
        ({"readers": ("public",)}, "Whom it is for"),
        ({"topics": ("money",)}, "Whom it is for"),
    ],
)
def test_more_than_that_needs_a_second_editor(changes: dict[str, Any], why: str) -> None:
    assert any(reason.startswith(why) for reason in too_much(WORDS, replace(WORDS, **changes)))
