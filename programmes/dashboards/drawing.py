"""A figure as a page takes it: its drawing, and its table."""

from __future__ import annotations

from functools import lru_cache

from markupsafe import Markup

from embedded import charts
from embedded.nhsuk.rendering import jinja
from programmes.measures.figure import Cell, Figure


def markup(figure: Figure) -> Markup:
    """The drawing: made by embedded.charts, which escapes all text."""
    return charts.markup(figure.svg)


def numbers(figure: Figure) -> Markup:
    """The table, "" where there are no rows; that of months that are over looks the same all day and is kept."""
    if not figure.rows:
        return Markup()  # nothing
    draw = _once if figure.key == "mix" else _table
    return draw(figure.title, figure.head, figure.rows + figure.foot, figure.numeric)


def _table(
    title: str, head: tuple[str, ...], rows: tuple[tuple[Cell, ...], ...], numeric: tuple[int, ...]
) -> Markup:
    table = jinja().get_template("components/page.jinja").module.table  # type: ignore[attr-defined]
    return Markup(table(title, head, rows, numeric=numeric, responsive=len(head) < 7, hide_caption=True))  # noqa: S704 (of a template)


_once = lru_cache(maxsize=64)(_table)
