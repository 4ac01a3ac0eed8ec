"""The first page of a report: four numbers and a few sentences, computed from the same values as its figures."""

from __future__ import annotations

from decimal import Decimal

from programmes.measures.figure import start_high
from programmes.measures.period import day_span, day_words
from programmes.reports.chapters import Frame
from programmes.reports.content import Chapter, KeyNumber
from programmes.reports.gathering import Gathered


def key_numbers(gathered: Gathered, frame: Frame) -> tuple[KeyNumber, ...]:
    """Each with what it is counted from."""
    period, words = frame.period, frame.words
    ran = sum(life.ran_in(period) for life in gathered.lives)
    known = sum(life.stage_before(period.end) is not None for life in gathered.lives)
    held = [post for post in gathered.posts if post.is_held_on(period.last)]
    used = [use for use in gathered.uses if use.is_used]
    public = [one for one in gathered.given if one.is_public]
    return (
        KeyNumber(
            str(ran),
            f"{words.one if ran == 1 else words.many} ran in the period",
            f"of {known} known on {day_words(period.last)}",
        ),
        KeyNumber(
            f"{sum((post.wte for post in held), Decimal(0)):.1f}",
            "whole-time equivalents in post",
            f"{_counted(len(held), 'post')} on {day_words(period.last)}",
        ),
        KeyNumber(
            str(len(used)),
            f"{'use' if len(used) == 1 else 'uses'} in a decision",
            f"{sum(use.is_confirmed for use in used)} confirmed by the host",
        ),
        KeyNumber(
            str(len(public)),
            f"{'contribution' if len(public) == 1 else 'contributions'} by the public",
            f"{sum(one.is_confirmed for one in public)} confirmed by themselves",
        ),
    )


def summary(gathered: Gathered, chapters: tuple[Chapter, ...], frame: Frame) -> tuple[str, ...]:
    """Two paragraphs: what there was and what came of it; what to keep in mind when reading."""
    said = {figure.key: figure.sentence for chapter in chapters for figure in chapter.figures}
    what = f"{_span(frame)} {said['decisions']} {said['contributions']}"
    who = f"{said['stages']} {said['posts']}"
    time = f"{said['mix']} {said['access']} {said['attention']}"
    care = (
        "This report says what has been recorded and what seems to have changed. It does not say what caused a "
        "change, and it compares nobody with anybody else."
    )
    return (what, who, time, care)


def _span(frame: Frame) -> str:
    return f"{start_high('from ' + day_span(frame.period))}:"


def _counted(number: int, noun: str) -> str:
    return f"{number or 'no'} {noun}{'' if number == 1 else 's'}"
