"""Figures in, SVG out: the same string on screen and on paper, with a title, a description and no script or style."""

from markupsafe import Markup

from embedded.charts.bars import Bar, bar_chart
from embedded.charts.sparks import spark
from embedded.charts.stacks import Key, Stack, stacked_chart
from embedded.charts.timelines import Span, timeline

__all__ = ["Bar", "Key", "Span", "Stack", "bar_chart", "markup", "spark", "stacked_chart", "timeline"]


def markup(drawn: str) -> Markup:
    """A drawing made here, fresh or kept, as page and paper take it."""
    return Markup(drawn)  # noqa: S704 (the charts escape all text)
