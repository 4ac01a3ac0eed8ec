"""The figures: every word stands in its place in letters that can be read, and is told to who cannot see them."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from fontTools.ttLib import TTFont

from embedded.pdf import STATIC
from guidance.figures import DRAWINGS
from guidance.figures.parts import SMALL, WIDE
from guidance.medium import PAPER, WEB
from guidance.typeset import typeset

NAMES = (
    "life-of-a-residency ten-themes four-tensions which-permission calendar-backwards first-100-days"
).split()
SVG = "{http://www.w3.org/2000/svg}"
each = pytest.mark.parametrize("name", NAMES)


def drawing(name: str) -> ET.Element:
    return ET.fromstring(DRAWINGS[name]().svg("f", whole_title=False))  # noqa: S314 (our own drawing)


@cache
def font(weight: int) -> tuple[dict[int, str], dict[str, tuple[int, int]], int]:
    found = TTFont(STATIC / "built" / "fonts" / f"arimo-latin-{weight}-normal.ttf")
    return found.getBestCmap(), found["hmtx"].metrics, found["head"].unitsPerEm


def width(text: ET.Element) -> float:
    """In units of the drawing, as our font sets it."""
    letters, metrics, em = font(700 if text.get("font-weight") == "bold" else 400)
    return (
        sum(metrics[letters[ord(one)]][0] for one in text.text or "") * float(text.get("font-size", "0")) / em
    )


def span(text: ET.Element) -> tuple[float, float]:
    x, wide = float(text.get("x", "0")), width(text)
    left = x - {"start": 0, "middle": wide / 2, "end": wide}[text.get("text-anchor", "start")]
    return left, left + wide


def test_all_figures_that_a_document_may_name_are_drawn() -> None:
    assert sorted(DRAWINGS) == sorted(NAMES)


@each
def test_every_word_is_inside_the_drawing_and_large_enough(name: str) -> None:
    root = drawing(name)
    height = float((root.get("viewBox") or "").split()[3])
    for text in root.iter(f"{SVG}text"):
        left, right = span(text)
        assert left >= 0 and right <= WIDE, text.text
        assert 10 <= float(text.get("y", "0")) <= height - 3, text.text
        assert float(text.get("font-size", "0")) >= SMALL


@each
def test_words_on_one_line_do_not_run_into_one_another(name: str) -> None:
    rows: dict[str, list[tuple[float, float, str]]] = {}
    for text in drawing(name).iter(f"{SVG}text"):
        rows.setdefault(text.get("y", ""), []).append((*span(text), text.text or ""))
    for row in rows.values():
        ordered = sorted(row)
        for (_, right, one), (left, _, other) in pairwise(ordered):
            assert right + 3 <= left, (one, other)


@each
def test_what_is_drawn_is_told_in_full(name: str) -> None:
    figure = DRAWINGS[name]()
    plain = re.sub(r"[^a-z0-9]", "", f"{figure.title} {figure.told}".lower())
    for text in drawing(name).iter(f"{SVG}text"):
        word = re.sub(r"[^a-z0-9]", "", (text.text or "").lower())
        told = word in plain or (text.text or "") in HEADS
        assert told, text.text


HEADS = {
    *("From day one to after the end", "Start", "date"),
    *("1 Who employs them?", "2 What is the work?", "3 Ask R&D or HR about"),
    "An honorary contract, some-",
}


@each
def test_drawing_needs_no_style_script_or_file(name: str) -> None:
    drawn = DRAWINGS[name]().svg("f", whole_title=True)
    assert not re.search(r"<(?:style|script|image|use|foreignObject|a)\b|href|\son\w+=|style=|url\(", drawn)


@each
def test_letters_can_be_told_from_what_they_stand_on(name: str) -> None:
    """Each on the last field drawn beneath it: at least 4.5 to 1."""
    fields: list[tuple[float, float, float, float, str]] = []
    for one in drawing(name):
        if one.tag == f"{SVG}rect":
            x, y, wide, high = (float(one.get(key, "0")) for key in ("x", "y", "width", "height"))
            fields.append((x, y, x + wide, y + high, one.get("fill", "")))
        elif one.tag == f"{SVG}circle":
            x, y, r = (float(one.get(key, "0")) for key in ("cx", "cy", "r"))
            fields.append((x - r, y - r, x + r, y + r, one.get("fill", "")))
        elif one.tag == f"{SVG}polygon":
            points = [tuple(map(float, pair.split(","))) for pair in one.get("points", "").split()]
            xs, ys = [x for x, _ in points], [y for _, y in points]
            fields.append((min(xs), min(ys), max(xs), max(ys), one.get("fill", "")))
        elif one.tag == f"{SVG}text":
            middle, y = sum(span(one)) / 2, float(one.get("y", "0")) - 4
            under = [fill for x1, y1, x2, y2, fill in fields if x1 <= middle <= x2 and y1 <= y <= y2]
            assert contrast(one.get("fill", ""), under[-1] if under else "#ffffff") >= 4.5, one.text


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2.2."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_document_shows_its_figures_with_names_of_their_own() -> None:
    body = "::: figure ten-themes\nTen of them.\n:::\n\n::: figure ten-themes\nAgain.\n:::\n"
    web, paper = typeset(body, {}, WEB, True).rest, typeset(body, {}, PAPER, True).rest
    for number in (1, 2):
        assert web.count(f'id="figure-{number}-title"') == paper.count(f'id="figure-{number}-title"') == 1
    assert 'tabindex="0"' in web
    assert "tabindex" not in paper
    assert '<figure class="drawing">' in web
    assert "Ten of them." in web[web.index("<figcaption>") :]
    assert '<title id="figure-1-title">Ten themes in three groups' in paper
    assert "Who decides what is looked at" in paper[: paper.index("</title>")]
