"""The drawings: what every one says of itself, that they hold their figures, and that none needs style or script."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest

from embedded.charts import Bar, Key, Span, Stack, bar_chart, spark, stacked_chart, timeline
from embedded.charts.drawing import SHADES, WIDTH, shortened

SVG = "{http://www.w3.org/2000/svg}"
NASTY = "<script>alert('x')</script> & “quotes” \"straight\""
DAY = datetime.date(2026, 5, 3)
KEYS = [Key(letter, f"Kind {letter}") for letter in "ABCDEFG"]


def parsed(drawn: str) -> ET.Element:
    return ET.fromstring(drawn)  # noqa: S314 (our own drawing)


def bars(label: str = "Meeting") -> str:
    return bar_chart("b", label, f"About {label}", [Bar(label, 3, "30%", "A"), Bar("None", 0, "0%", "B")])


def stacks(label: str = "May 2026") -> str:
    rows = [Stack(label, [1, 2, 3, 4, 5, 6, 7]), Stack("June 2026", [0] * 7)]
    return stacked_chart("s", label, f"About {label}", KEYS, rows)


def spans(label: str = "Falls") -> str:
    rows = [Span(label, DAY, DAY + datetime.timedelta(days=400)), Span("Next", DAY, DAY, planned=True)]
    return timeline("t", label, f"About {label}", rows, DAY + datetime.timedelta(days=100))


def columns(label: str = "Uses") -> str:
    return spark("k", label, f"About {label}", [0, 1, 5, 0], first=label, last=label)


DRAWINGS = pytest.mark.parametrize("draw", [bars, stacks, spans, columns])


@DRAWINGS
def test_drawing_says_what_it_is_to_those_who_cannot_see_it(draw: Callable[..., str]) -> None:
    root = parsed(draw())
    title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert root.get("role") == "img"
    assert title is not None and title.text
    assert description is not None and description.text
    assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
    assert list(root)[:2] == [title, description]


@DRAWINGS
def test_drawing_uses_presentation_attributes_only(draw: Callable[..., str]) -> None:
    """The security policy forbids style, and WeasyPrint does not read a page's style inside a drawing."""
    drawn = draw()
    assert not re.search(r"<style|\sstyle=|\sclass=|<script|\son\w+=|href|url\(", drawn)
    for text in parsed(drawn).iter(f"{SVG}text"):
        assert text.get("font-family") == "Arimo, Arial, sans-serif"
        assert float(text.get("font-size", 0)) >= 12
        assert text.get("fill", "").startswith("#")


@DRAWINGS
def test_drawing_grows_with_its_room_and_stays_inside_it(draw: Callable[..., str]) -> None:
    root = parsed(draw())
    _, _, width, height = (float(part) for part in root.get("viewBox", "").split())
    assert width <= WIDTH
    for rect in root.iter(f"{SVG}rect"):
        x, y, w, h = (float(rect.get(name, 0)) for name in ("x", "y", "width", "height"))
        assert x >= -0.01 and x + w <= width + 0.6, ET.tostring(rect)
        assert y >= -0.01 and y + h <= height + 0.01, ET.tostring(rect)


@DRAWINGS
def test_drawing_takes_any_text_as_text(draw: Callable[..., str]) -> None:
    drawn = draw(NASTY)
    assert "<script" not in drawn
    title = parsed(drawn).find(f"{SVG}title")
    assert title is not None and title.text == NASTY


@DRAWINGS
def test_drawing_is_the_same_every_time(draw: Callable[..., str]) -> None:
    assert draw() == draw()


def lengths(drawn: str, fills: set[str]) -> list[float]:
    found = parsed(drawn).iter(f"{SVG}rect")
    return [
        float(r.get("width", 0))
        for r in found
        if r.get("fill") in fills and r.find(f"{SVG}title") is not None
    ]


def test_bars_are_as_long_as_their_share() -> None:
    drawn = bar_chart("b", "t", "d", [Bar("a", 10, "10"), Bar("b", 5, "5"), Bar("c", 0, "0")])
    long, half = lengths(drawn, {"#005eb8"})
    assert long == pytest.approx(2 * half)


def test_bars_keep_to_the_scale_that_is_given() -> None:
    [only] = lengths(bar_chart("b", "t", "d", [Bar("a", 10, "10")], most=40), {"#005eb8"})
    assert only == pytest.approx(WIDTH / 4)


def test_a_line_stands_across_a_bar_where_it_is_marked() -> None:
    bars = [Bar("a", 0.3, "30%", mark=0.4), Bar("b", 0.2, "20%")]
    drawn = bar_chart("b", "t", "d", bars, most=1)
    places = [float(line.get("x1", 0)) for line in parsed(drawn).iter(f"{SVG}line")]
    assert places == pytest.approx([WIDTH * 0.4] * 2)  # the line and its white edge


@pytest.mark.parametrize("values", [[], [0, 0]])
def test_bars_of_nothing_draw_no_bar(values: list[int]) -> None:
    assert lengths(bar_chart("b", "t", "d", [Bar("a", v, "0") for v in values]), {"#005eb8"}) == []


def test_stack_parts_have_their_share_their_order_and_their_letter() -> None:
    drawn = stacked_chart("s", "t", "d", KEYS, [Stack("May", [1, 1, 2, 4, 0, 0, 0])])
    parts = lengths(drawn, {shade.fill for shade in SHADES})
    assert [part / parts[0] for part in parts] == pytest.approx([1, 1, 2, 4], rel=0.01)
    letters = [text.text for text in parsed(drawn).iter(f"{SVG}text")]
    assert letters[:5] == ["May", "A", "B", "C", "D"]


def test_stack_of_an_empty_month_says_so_and_divides_by_nothing() -> None:
    drawn = stacked_chart("s", "t", "d", KEYS, [Stack("May", [0] * 7, "too few people")])
    assert "too few people" in drawn
    assert lengths(drawn, {shade.fill for shade in SHADES}) == []


def test_every_kind_has_its_letter_in_the_key() -> None:
    drawn = stacks()
    for key in KEYS:
        assert f">{key.label}</text>" in drawn
        assert drawn.count(f">{key.letter}</text>") >= 1


def test_timeline_puts_today_between_start_and_end() -> None:
    root = parsed(spans())
    bar = next(r for r in root.iter(f"{SVG}rect") if "Falls" in (r.findtext(f"{SVG}title") or ""))
    today = next(one for one in root.iter(f"{SVG}line") if one.get("stroke-dasharray"))
    x = float(today.get("x1", 0))
    assert float(bar.get("x", 0)) + float(bar.get("width", 0)) * 100 / 400 == pytest.approx(x, abs=1)


@pytest.mark.parametrize(
    "day", [DAY, DAY + datetime.timedelta(days=4000), DAY - datetime.timedelta(days=4000)]
)
def test_timeline_holds_today_wherever_it_lies(day: datetime.date) -> None:
    root = parsed(timeline("t", "t", "d", [Span("a", DAY, DAY + datetime.timedelta(days=9))], day))
    assert all(0 <= float(one.get("x1", -1)) <= WIDTH for one in root.iter(f"{SVG}line"))


def test_spark_shows_the_smallest_and_leaves_a_gap_for_nothing() -> None:
    root = parsed(spark("k", "t", "d", [0, 1, 1000]))
    tall = [float(rect.get("height", 0)) for rect in root.iter(f"{SVG}rect")]
    assert len(tall) == 2
    assert tall[0] >= 2


def test_text_that_is_too_long_ends_in_an_ellipsis() -> None:
    assert shortened("Short", 100) == "Short"
    cut = shortened("A very long title of a residency that goes on and on", 100)
    assert cut.endswith("…") and len(cut) < 20


def _channel(value: int) -> float:
    part = value / 255
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _light(colour: str) -> float:
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return 0.2126 * _channel(red) + 0.7152 * _channel(green) + 0.0722 * _channel(blue)


def _contrast(one: str, other: str) -> float:
    low, high = sorted((_light(one), _light(other)))
    return (high + 0.05) / (low + 0.05)


def test_letters_can_be_read_on_their_colour() -> None:
    for shade in SHADES:
        assert _contrast(shade.fill, shade.ink) >= 4.5


def test_neighbours_differ_without_colour_too() -> None:
    """WCAG 1.4.11: three to one between the parts that lie side by side."""
    for one, other in pairwise(SHADES):
        assert _contrast(one.fill, other.fill) >= 3


def test_drawing_stays_small() -> None:
    """A year by kind, with what a pointer is told, is some tens of kilobytes."""
    rows = [Stack(f"Month {n}", [1, 2, 3, 4, 5, 6, 7]) for n in range(12)]
    assert len(stacked_chart("s", "t", "d", KEYS, rows)) < 60_000
