"""The page of all figures: every signal, the rules behind them, every measure with its table."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import Final

from programmes.dashboards import lines, present
from programmes.dashboards.forms import SWITCHED, Narrowing, RuleForm
from programmes.dashboards.lines import Section
from programmes.dashboards.present import FIRST_VISIT as LOOKED_BACK
from programmes.dashboards.reading import Sight
from programmes.lifecycle import STAGE_WORDS, stage_word
from programmes.measures import figures as drawn
from programmes.measures.access_figures import access_readiness_figure, days_to_access_figure
from programmes.measures.access_times import access_readiness, days_to_access
from programmes.measures.ahead import DAYS_AHEAD, dates_ahead
from programmes.measures.attention import RULE_WHEN, RULE_WORDS, would_list
from programmes.measures.figure import Figure
from programmes.measures.happenings import changes_figure, dates_ahead_figure, uses_figure
from programmes.models import Programme, Stage

_STARTED: Final = (
    Stage.ACTIVE,
    Stage.PAUSED,
    Stage.CLOSING,
    Stage.ENDED,
    Stage.LEGACY,
    Stage.TERMINATED_EARLY,
)


@dataclass(frozen=True)
class RuleLine:
    rule: str
    words: str
    when: str
    is_on: bool
    preview: str
    form: RuleForm


@dataclass(frozen=True)
class AllFigures:
    programme: Programme
    narrowing: Narrowing
    attention: Section
    rules: list[RuleLine]
    may_switch: bool
    figures: list[Figure]
    stages: list[str]


def figures(seen: Sight) -> AllFigures:
    """All signals, the rules, and every figure."""
    return AllFigures(
        programme=seen.programme,
        narrowing=seen.narrowing,
        attention=Section(lines.attention(seen), len(seen.signals), lines.counted_by_rule(seen)),
        rules=_rules(seen),
        may_switch=seen.scope.can_in_programme("lead_programme", seen.programme),
        figures=each(seen),
        stages=list(STAGE_WORDS),
    )


def each(seen: Sight) -> list[Figure]:
    """Every figure, as far as the person may read it."""
    return [_opened_only(figure, seen) for figure in _all(seen)]


def _all(seen: Sight) -> list[Figure]:
    words, today, at = seen.words, seen.today, seen.at
    stages = Counter(stage_word(one.stage) for one in seen.shown)
    running = [one for one in seen.shown if one.stage == Stage.ACTIVE]
    changes = seen.changes(at - LOOKED_BACK)
    return [
        changes_figure(changes, since=today - LOOKED_BACK, at=at),
        uses_figure(
            seen.uses,
            period=seen.year,
            going=sum(one.stage in _STARTED for one in seen.shown),
            words=words,
            at=at,
        ),
        dates_ahead_figure(dates_ahead(seen.facts, today), today=today, days=DAYS_AHEAD, at=at),
        drawn.residencies_by_stage_figure(
            [(word, stages[word]) for word in STAGE_WORDS], today=today, words=words, at=at
        ),
        drawn.over_time_figure(seen.facts, today=today, words=words, at=at),
        access_readiness_figure(access_readiness(seen.facts, today), today=today, at=at),
        days_to_access_figure(days_to_access(seen.facts, seen.year, today), period=seen.year, at=at),
        drawn.public_figure(seen.facts, today=today, words=words, at=at),
        present.mix(seen),
        drawn.log_reach_figure(
            [(one.code, one.title, seen.logged_to.get(one.pk)) for one in running],
            today=today,
            words=words,
            at=at,
        ),
    ]


def _opened_only(figure: Figure, seen: Sight) -> Figure:
    """The figure without the lines, and the drawing of lines, of what the person may not open; its sums stay."""
    if seen.sees_all or "Code" not in figure.head:
        return figure
    column = figure.head.index("Code")
    kept = tuple(row for row in figure.rows if row[column] in seen.by_code)
    svg = "" if figure.key == "over-time" else figure.svg
    return replace(
        figure, rows=kept, svg=svg, note="Lines about what you cannot open are left out. The sums stay."
    )


def _rules(seen: Sight) -> list[RuleLine]:
    going = [one for one in seen.facts if stage_word(one.stage) != "ended"]
    return [
        RuleLine(
            rule,
            RULE_WORDS[rule],
            RULE_WHEN[rule].format(days=seen.programme.expiring_within_days),
            rule in seen.programme.rules_on,
            f"With this rule, {number} of {seen.words.counted(len(going))} would be listed now.",
            _switch_form(rule, rule in seen.programme.rules_on),
        )
        for rule in SWITCHED
        for number in [
            would_list(
                going, rule, today=seen.today, expiring_within_days=seen.programme.expiring_within_days
            )
        ]
    ]


def _switch_form(rule: str, is_on: bool) -> RuleForm:
    return RuleForm(initial={"rule": rule, "state": "off" if is_on else "on"}, auto_id=f"{rule}-%s")
