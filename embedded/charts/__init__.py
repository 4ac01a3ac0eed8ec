"""Figures in, SVG out: the same string on screen and on paper, with a title, a description and no script or style."""

from embedded.charts.bars import Bar, bar_chart
from embedded.charts.sparks import spark
from embedded.charts.stacks import Key, Stack, stacked_chart
from embedded.charts.timelines import Span, timeline

__all__ = ["Bar", "Key", "Span", "Stack", "bar_chart", "spark", "stacked_chart", "timeline"]
