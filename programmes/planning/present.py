"""What the pages of planning together say: how each theme stands, how it moved, who has had a say, who said what."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from embedded.nhsuk.words import day
from programmes.models import PlanAnswer, PlanPart, PlanRound, PlanSay, PlanTheme, PlanVoice
from programmes.planning.reading import Kept, questions_to, said_by
from programmes.planning.themes import ENDS, NUMBERS, QUESTIONS, ends_words, position_words, question


@dataclass(frozen=True)
class Said:
    """What was said on a theme on one day, and the position it moved to, in words."""

    on: datetime.date
    words: str
    position: str


@dataclass(frozen=True)
class ThemeNow:
    """One theme: its question, all that was said, the position that stands and a sentence on how it moved."""

    theme: str
    number: int
    question: str
    said: list[Said]
    position: str
    ends: str
    movement: str


def themes_now(kept: Kept) -> list[ThemeNow]:
    positions = kept.positions()
    return [
        ThemeNow(
            theme=theme,
            number=NUMBERS[theme],
            question=QUESTIONS[theme],
            said=[
                Said(one.visit.on, one.words, position_words(theme, one.position))
                for one in kept.by_theme[theme]
            ],
            position=position_words(theme, positions.get(theme, "")),
            ends=ends_words(theme),
            movement=movement(theme, kept.by_theme[theme], visits=len(kept.visits)),
        )
        for theme in PlanTheme.values
    ]


def movement(theme: str, answers: Sequence[PlanAnswer], *, visits: int) -> str:
    """How a theme moved, in a sentence: from where to where, or that it stayed."""
    if not answers:
        return "Nothing has been said on this yet."
    first, last = answers[0], answers[-1]
    placed = [one for one in answers if one.position]
    if len(placed) > 1:
        return (
            f"Moved from “{position_words(theme, placed[0].position)}” ({day(placed[0].visit.on)}) to "
            f"“{position_words(theme, placed[-1].position)}” ({day(placed[-1].visit.on)})."
        )
    if visits == 1:
        return f"Answered on {day(first.visit.on)}."
    changes = len(answers) - 1
    stays = f" The position is still “{position_words(theme, placed[0].position)}”." if placed else ""
    if not changes:
        return f"Nothing has changed since {day(first.visit.on)}.{stays}"
    times = "once" if changes == 1 else "twice" if changes == 2 else f"{changes} times"
    return f"Changed {times}, last on {day(last.visit.on)}.{stays}"


def movement_rows(theme: ThemeNow) -> list[list[str]]:
    """The same as a table: day, what was said, position."""
    rows = [[day(one.on), one.words or "Only the position moved"] for one in theme.said]
    if theme.theme in ENDS:
        rows = [[*row, one.position or "As before"] for row, one in zip(rows, theme.said, strict=True)]
    return rows


def voices_missing(heard: Mapping[str, set[str]]) -> list[str]:
    """A sentence for each side that has had no say yet (users.md §7: a sentence, not a red cell)."""
    found = []
    if not heard[PlanPart.HOST_MANAGER] | heard[PlanPart.HOST]:
        found.append("Nobody from the host has had a say yet.")
    if not heard[PlanPart.RESEARCHER] | heard[PlanPart.ACADEMIC]:
        found.append("Nobody from the researcher's side has had a say yet.")
    public = len(heard[PlanPart.PUBLIC])
    if not public:
        found.append("No member of the public has had a say in this plan.")
    elif public == 1:
        found.append(
            "One member of the public has had a say. Two or more is better, so that nobody is alone."
        )
    return found


@dataclass(frozen=True)
class Answer:
    """One question and what somebody said; empty words say nothing on it."""

    question: str
    words: str
    position: str


def answers_of(voice: PlanVoice) -> list[Answer]:
    said, later = said_by(voice), voice.follows_id is not None
    return [_answer(code, said.get(code), later=later) for code in questions_to(voice)]


def _answer(code: str, say: PlanSay | None, *, later: bool = False) -> Answer:
    return Answer(
        question(code, later=later),
        say.words if say else "",
        position_words(code, say.position) if say else "",
    )


def how_told(voice: PlanVoice) -> str:
    """By which way an answer came, and who typed it in; "" before there is one."""
    if voice.answered_at is None:
        return ""
    if voice.declined:
        return f"Would rather not answer, {day(voice.answered_at)}"
    told = f"{voice.get_how_display()}, {day(voice.answered_at)}"
    return f"{told}; typed in by {voice.typed_in_by}" if voice.typed_in_by else told


@dataclass(frozen=True)
class SideBySide:
    """One theme of a round: what each named person said, gaps included."""

    question: str
    ends: str
    answers: list[tuple[PlanVoice, Answer | None]]


def side_by_side(asked: PlanRound) -> list[SideBySide]:
    """Empty while the round is open: until then nobody sees what anybody said."""
    if asked.closed_at is None:
        return []
    voices = list(asked.voices.all())
    return [
        SideBySide(
            QUESTIONS[theme],
            ends_words(theme),
            [(one, _answer(theme, said_by(one).get(theme)) if one.answered_at else None) for one in voices],
        )
        for theme in PlanTheme.values
        if theme in asked.themes
    ]
