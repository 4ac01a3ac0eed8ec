"""No cell of a CSV is a formula, and every text comes back as it was (trust.md F8, P30)."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embedded.tables.csv import (
    ROWS_AT_ONCE,
    cell,
    csv_lines,
    csv_response,
    escaped,
    lines_of_texts,
    unescaped,
)

STARTS = ["=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠"]
BLANKS = ["", " ", "  ", "\u00a0", "\u3000", "\u200b", "\ufeff", "\u2060", "\v", "\x1f", "'", "' '"]
text = st.text(alphabet=st.characters(exclude_categories=["Cs"]))
risky = st.builds(
    lambda blanks, start, rest: "".join(blanks) + start + rest,
    st.lists(st.sampled_from(BLANKS), max_size=3),
    st.sampled_from(STARTS),
    text,
)


def read_back(lines: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(lines.removeprefix("\ufeff"), newline="")))


@pytest.mark.parametrize("blank", BLANKS)
@pytest.mark.parametrize("start", STARTS)
def test_formula_start_gets_a_single_quote(blank: str, start: str) -> None:
    dangerous = f"{blank}{start}cmd|' /C calc'!A0"
    assert escaped(dangerous) == f"'{dangerous}"


@pytest.mark.parametrize(
    "plain", ["", "a", "a=b", "1-2", "O'Neill", "'quoted'", " padded", "’tis", "e@x.example"]
)
def test_harmless_text_stays_as_it_is(plain: str) -> None:
    assert escaped(plain) == plain


@given(st.one_of(text, risky))
def test_no_cell_ever_starts_a_formula(value: str) -> None:
    assert escaped(value).lstrip()[:1] not in set("=+-@＝＋－＠")
    assert escaped(value)[:1] not in {"\t", "\r", "\n", "\0"}


@given(st.one_of(text, risky), st.one_of(text, risky))
def test_two_texts_never_come_out_alike(one: str, other: str) -> None:
    assert (escaped(one) == escaped(other)) == (one == other)


@given(st.lists(st.lists(st.one_of(text, risky), min_size=3, max_size=3), max_size=20))
def test_rows_come_back_as_they_were(rows: list[list[str]]) -> None:
    back = read_back("".join(csv_lines(["a", "b", "c"], rows)))
    assert back == [["a", "b", "c"], *([escaped(value) for value in row] for row in rows)]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, ""),
        (True, "yes"),
        (False, "no"),
        (-5, "-5"),
        (Decimal("-5.50"), "-5.50"),
        (Decimal("1E+3"), "1000"),
        ("-5", "'-5"),
        ("+44 20 7946 0000", "'+44 20 7946 0000"),
        (date(2026, 5, 3), "2026-05-03"),
        (datetime(2026, 5, 3, 13, 30, tzinfo=UTC), "2026-05-03 14:30"),
        (datetime(2026, 1, 3, 13, 30, tzinfo=UTC), "2026-01-03 13:30"),
    ],
)
def test_values_are_said_plainly(value: object, said: str) -> None:
    assert cell(value) == said


def test_head_is_escaped_too() -> None:
    assert read_back("".join(csv_lines(["=1+1"], []))) == [["'=1+1"]]


def test_rows_are_taken_as_they_are_needed() -> None:
    taken = 0

    def rows():  # type: ignore[no-untyped-def]
        nonlocal taken
        for number in range(ROWS_AT_ONCE * 3):
            taken += 1
            yield [number]

    pieces = csv_lines(["n"], rows())
    next(pieces)
    assert taken == 0
    next(pieces)
    assert taken == ROWS_AT_ONCE - 1
    assert len(read_back("".join(pieces))) == ROWS_AT_ONCE * 2 + 1


def test_response_is_a_download_that_is_not_kept() -> None:
    response = csv_response("Activities May – Ŵ.csv", ["a"], [["日本語"], ["-1"]])
    body = b"".join(response)  # type: ignore[arg-type]
    assert body.decode() == '\ufeff"a"\r\n"日本語"\r\n"\'-1"\r\n'
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''Activities%20May")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response["Cache-Control"]


@given(risky | text)
def test_what_was_escaped_comes_back(words: str) -> None:
    assert unescaped(escaped(words)) == words


@given(st.lists(st.tuples(risky | text, risky | text), max_size=5))
def test_lines_of_texts_are_those_of_every_table(rows: list[tuple[str, str]]) -> None:
    """Quickly written, but letter by letter the same."""
    full = [["2026-05-03", one, "90", other] for one, other in rows]
    plainly = "".join(csv_lines(["Date", "What", "Minutes", "With"], full))
    assert "".join(lines_of_texts(["Date", "What", "Minutes", "With"], map(list, full), (1, 3))) == plainly
