"""The page of all figures: every signal, the rules behind them, every measure with its table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from django.core.paginator import Page, Paginator

from programmes.dashboards import lines, present
from programmes.dashboards.forms import SWITCHED, Narrowing, RuleForm
from programmes.dashboards.lines import Section
from programmes.dashboards.present import FIRST_VISIT as LOOKED_BACK
from programmes.dashboards.reading import Sight
from programmes.lifecycle import STAGE_WORDS, stage_word
from programmes.measures import figures as drawn
from programmes.measures import rows
from programmes.measures.access_figures import access_readiness_figure, days_to_access_figure
from programmes.measures.access_times import access_readiness, days_to_access
from programmes.measures.ahead import DAYS_AHEAD, dates_ahead
from programmes.measures.attention import RULE_WHEN, RULE_WORDS
from programmes.measures.figure import Figure
from programmes.measures.happenings import changes_figure, dates_ahead_figure, uses_figure
from programmes.measures.standing import Standing
from programmes.models import Programme, Stage

A_PAGE: Final = 25  # signals
MOST_ROWS: Final = 50  # of a figure's table

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
    """`page` is the page of the attention list whose lines are shown."""

    programme: Programme
    narrowing: Narrowing
    attention: Section
    page: Page[int]
    rules: list[RuleLine]
    may_switch: bool
    figures: list[Figure]
    stages: list[str]


def figures(seen: Sight, number: str) -> AllFigures:
    """One page of the signals, the rules, and every figure with the first of its lines."""
    standing, page = _page(seen, number)
    return AllFigures(
        programme=seen.programme,
        narrowing=seen.narrowing,
        attention=Section(
            lines.attention(seen, standing), standing.opened.lines, lines.closed_by_rule(standing)
        ),
        page=page,
        rules=_rules(seen),
        may_switch=seen.scope.can_in_programme("lead_programme", seen.programme),
        figures=[_shortened(_opened_only(one(seen), seen)) for one in _DRAWN.values()],
        stages=list(STAGE_WORDS),
    )


def _page(seen: Sight, number: str) -> tuple[Standing, Page[int]]:
    """The standing with the lines of that page; of the nearest one where there is none of that number."""
    asked = int(number) if number.isascii() and number.isdigit() and len(number) < 7 else 1
    while True:
        standing = seen.standing(signals=A_PAGE, skipped=(max(asked, 1) - 1) * A_PAGE)
        page = Paginator(range(standing.opened.lines), A_PAGE).get_page(asked)
        if page.number == max(asked, 1):
            return standing, page
        asked = page.number


def figure(seen: Sight, key: str) -> Figure | None:
    """One figure with all its lines, as far as the person may read it; None where there is none of that name."""
    return _opened_only(_DRAWN[key](seen), seen) if key in _DRAWN else None


def _changes(seen: Sight) -> Figure:
    found = seen.changes(seen.at - LOOKED_BACK)
    return changes_figure(found.latest, since=seen.today - LOOKED_BACK, at=seen.at)


def _uses(seen: Sight) -> Figure:
    return uses_figure(
        rows.uses(seen.reach, seen.year),
        period=seen.year,
        going=sum(one.stage in _STARTED for one in seen.facts),
        words=seen.words,
        at=seen.at,
    )


def _ahead(seen: Sight) -> Figure:
    coming = dates_ahead(seen.facts, seen.today)
    return dates_ahead_figure(coming, today=seen.today, days=DAYS_AHEAD, at=seen.at)


def _stages(seen: Sight) -> Figure:
    stages = Counter(stage_word(one.stage) for one in seen.facts)
    counts = [(word, stages[word]) for word in STAGE_WORDS]
    return drawn.residencies_by_stage_figure(counts, today=seen.today, words=seen.words, at=seen.at)


def _over_time(seen: Sight) -> Figure:
    return drawn.over_time_figure(seen.facts, today=seen.today, words=seen.words, at=seen.at)


def _access(seen: Sight) -> Figure:
    ready = access_readiness(seen.facts, seen.today)
    return access_readiness_figure(ready, today=seen.today, at=seen.at)


def _days_to_access(seen: Sight) -> Figure:
    found = days_to_access(seen.facts, seen.year, seen.today)
    return days_to_access_figure(found, period=seen.year, at=seen.at)


def _public(seen: Sight) -> Figure:
    return drawn.public_figure(seen.facts, today=seen.today, words=seen.words, at=seen.at)


def mix(seen: Sight) -> Figure:
    months, logs = seen.time()
    return present.mix(seen, months, logs, sum(one.stage == Stage.ACTIVE for one in seen.facts))


def _logs(seen: Sight) -> Figure:
    logged_to = rows.figures_to(seen.shown)
    running = [one for one in seen.facts if one.stage == Stage.ACTIVE]
    reach = [(one.code, one.title, logged_to.get(one.pk)) for one in running]
    return drawn.log_reach_figure(reach, today=seen.today, words=seen.words, at=seen.at)


_DRAWN: Final[dict[str, Callable[[Sight], Figure]]] = {
    "changes": _changes,
    "uses": _uses,
    "ahead": _ahead,
    "stages": _stages,
    "over-time": _over_time,
    "access": _access,
    "days-to-access": _days_to_access,
    "public": _public,
    "mix": mix,
    "logs": _logs,
}


def _shortened(figure: Figure) -> Figure:
    """The figure with the first of its lines: a page of a large programme must still be read; sums stay whole."""
    if len(figure.rows) <= MOST_ROWS:
        return figure
    told = f"The first {MOST_ROWS} of {len(figure.rows)} lines are shown; the download holds all of them."
    return replace(figure, rows=figure.rows[:MOST_ROWS], note=f"{figure.note} {told}".strip())


def _opened_only(figure: Figure, seen: Sight) -> Figure:
    """The figure without the lines, and the drawing of lines, of what the person may not open; its sums stay."""
    if seen.sees_all or "Code" not in figure.head:
        return figure
    column = figure.head.index("Code")
    kept = tuple(row for row in figure.rows if row[column] in seen.opened_codes)
    svg = "" if figure.key == "over-time" else figure.svg
    return replace(
        figure, rows=kept, svg=svg, note="Lines about what you cannot open are left out. The sums stay."
    )


def _rules(seen: Sight) -> list[RuleLine]:
    """Each rule with how many it would list if it were on."""
    standing = seen.standing(every_rule=True)
    going = present.Counted.of(standing).going
    return [
        RuleLine(
            rule,
            RULE_WORDS[rule],
            RULE_WHEN[rule].format(days=seen.programme.expiring_within_days),
            rule in seen.programme.rules_on,
            f"With this rule, {standing.by_rule.get(rule, 0)} of {seen.words.counted(going)} would be listed now.",
            _switch_form(rule, rule in seen.programme.rules_on),
        )
        for rule in SWITCHED
    ]


def _switch_form(rule: str, is_on: bool) -> RuleForm:
    return RuleForm(initial={"rule": rule, "state": "off" if is_on else "on"}, auto_id=f"{rule}-%s")
