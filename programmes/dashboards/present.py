"""What the dashboard's pages say: lines with where they lead, six numbers, figures narrowed to what may be opened."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from markupsafe import Markup

from programmes.dashboards.forms import SWITCHED, Narrowing, RuleForm
from programmes.dashboards.reading import Sight
from programmes.lifecycle import STAGE_WORDS, stage_word
from programmes.measures import figures as drawn
from programmes.measures.access_figures import access_readiness_figure, days_to_access_figure
from programmes.measures.access_times import access_readiness, days_to_access
from programmes.measures.ahead import DAYS_AHEAD, dates_ahead
from programmes.measures.attention import RULE_WHEN, RULE_WORDS, Signal, would_list
from programmes.measures.figure import Figure, percent
from programmes.measures.happenings import (
    changes_figure,
    dates_ahead_figure,
    uses_figure,
    uses_sentence,
)
from programmes.measures.suppression import FEWEST_PEOPLE
from programmes.models import Programme, Stage

MOST_LINES: Final = 10
MOST_BELOW: Final = 8  # lines of the other lists
FIRST_VISIT: Final = datetime.timedelta(days=28)
LEVELS: Final = {"now": ("Now", "red"), "soon": ("Soon", "yellow")}
_STARTED: Final = (
    Stage.ACTIVE,
    Stage.PAUSED,
    Stage.CLOSING,
    Stage.ENDED,
    Stage.LEGACY,
    Stage.TERMINATED_EARLY,
)


@dataclass(frozen=True)
class Line:
    """A line of a list: the words that are its link, whose it is, and a day."""

    words: str
    url: str
    code: str
    title: str
    day: datetime.date
    tag: str = ""
    colour: str = ""
    host: str = ""
    beside: str = ""


@dataclass(frozen=True)
class Number:
    """A big figure, what it counts, the note with its denominator, and the list behind it."""

    shown: str
    text: str
    note: str
    url: str


@dataclass(frozen=True)
class Section:
    """The lines that are shown and how many there are in all; `counted` are lines without names, for those who may
    not open what they are about: words and a number."""

    lines: list[Line]
    total: int
    counted: list[tuple[str, int]]

    @property
    def more(self) -> int:
        return self.total - len(self.lines)


@dataclass(frozen=True)
class Dashboard:
    programme: Programme
    narrowing: Narrowing
    sentence: str
    attention: Section
    changes: Section
    since: datetime.datetime
    is_first_visit: bool
    uses: Section
    uses_sentence: str
    ahead: Section
    numbers: list[Number]
    mix: Figure
    quiet: list[str]
    small_numbers: str
    may_open: bool


def dashboard(seen: Sight, since: datetime.datetime | None) -> Dashboard:
    """The whole page. `since` is None on a first visit."""
    start = since or seen.at - FIRST_VISIT
    changed = _changes(seen, start)
    attention = _attention(seen, seen.signals)
    return Dashboard(
        programme=seen.programme,
        narrowing=seen.narrowing,
        sentence=_sentence(seen),
        attention=_cut(attention, MOST_LINES, _counted_by_rule(seen)),
        changes=_cut(changed, MOST_BELOW, []),
        since=start,
        is_first_visit=since is None,
        uses=_cut(_uses(seen), MOST_BELOW, []),
        uses_sentence=uses_sentence(seen.uses),
        ahead=_cut(_ahead(seen), MOST_BELOW, []),
        numbers=_numbers(seen),
        mix=mix(seen),
        quiet=_quiet(seen),
        small_numbers=_small_numbers(seen),
        may_open=bool(seen.by_code) or not seen.shown,
    )


def _cut(lines: list[Line], most: int, counted: list[tuple[str, int]]) -> Section:
    return Section(lines[:most], len(lines), counted)


def _attention(seen: Sight, signals: Sequence[Signal]) -> list[Line]:
    """Those of what the person may open, in the order they came."""
    found = []
    for signal in signals:
        residency = seen.by_code.get(signal.code)
        if residency is None:
            continue
        tag, colour = LEVELS[signal.level]
        host = residency.lead_host.display_name if residency.lead_host else ""
        url = seen.address(signal.page, signal.args, signal.code)
        found.append(Line(signal.words, url, signal.code, signal.title, signal.since, tag, colour, host))
    return found


def _counted_by_rule(seen: Sight) -> list[tuple[str, int]]:
    """For what the person may not open: how many it is about, by rule, and no more."""
    closed = {(signal.rule, signal.code) for signal in seen.signals if signal.code not in seen.by_code}
    counts = Counter(rule for rule, _ in closed)
    return [(words, counts[rule]) for rule, words in RULE_WORDS.items() if counts[rule]]


def _changes(seen: Sight, since: datetime.datetime) -> list[Line]:
    return [
        Line(one.words, seen.address(one.page, one.args, one.code), one.code, one.title, one.on)
        for one in seen.changes(since)
    ]


def _uses(seen: Sight) -> list[Line]:
    return [
        Line(
            use.what,
            seen.address("use", (use.slug, use.code, use.pk), use.code),
            use.code,
            use.title,
            use.decided_on,
            "Confirmed" if use.is_confirmed else "Not confirmed yet",
            "green" if use.is_confirmed else "grey",
            beside=f"{'' if use.is_used else 'Considered and not used. '}{use.decision}, {use.decided_by}",
        )
        for use in seen.uses
        if use.code in seen.by_code
    ]


def _ahead(seen: Sight) -> list[Line]:
    return [
        Line(one.words, seen.address(one.page, one.args, one.code), one.code, one.title, one.day)
        for one in dates_ahead(seen.facts, seen.today)
        if one.code in seen.by_code
    ]


def _sentence(seen: Sight) -> str:
    """The page in one sentence, before everything else."""
    words, going = seen.words, _going(seen)
    pressing = len({signal.code for signal in seen.signals if signal.level == "now"})
    asking = len({signal.code for signal in seen.signals})
    if not going:
        return f"There is no {words.one} here that is not over."
    if not asking:
        return f"Nothing needs you today in {words.counted(going)}."
    if asking == 1:
        return f"1 of {words.counted(going)} needs attention{', and now' if pressing else ''}."
    return f"{asking} of {words.counted(going)} need attention, {pressing or 'none'} of them now."


def _going(seen: Sight) -> int:
    return sum(stage_word(one.stage) != "ended" for one in seen.shown)


def _numbers(seen: Sight) -> list[Number]:
    """Six, each with its denominator and the list behind it."""
    words, going = seen.words, _going(seen)
    stages = Counter(stage_word(one.stage) for one in seen.shown)
    asking = len({signal.code for signal in seen.signals})
    ready = access_readiness(seen.facts, seen.today)
    there, needed = sum(line.in_place for line in ready), sum(line.needed for line in ready)
    running = [one for one in seen.facts if one.stage == Stage.ACTIVE]
    known = [one for one in running if one.guiding_group_entered_on]
    public = sum(one.public_partners_in_guiding_group > 0 for one in known)
    confirmed = sum(use.is_confirmed for use in seen.uses)
    unknown = len(running) - len(known)
    planned = stages["being planned"] + stages["being set up"]
    return [
        Number(str(stages["running"]), "running", _others(stages), _to(seen, "over-time")),
        Number(
            str(planned),
            "being planned or set up",
            f"of {words.counted(going)} not over",
            _to(seen, "stages"),
        ),
        Number(str(asking), "need attention", f"of {words.counted(going)} not over", _to(seen, "attention")),
        Number(
            str(len(seen.uses)),
            "used or considered in a decision",
            f"in the last 12 months; hosts confirmed {confirmed}",
            _to(seen, "uses"),
        ),
        Number(
            f"{there} of {needed}" if needed else "No data",
            "permissions and things in place",
            percent(there, needed) if needed else "nothing is listed yet",
            _to(seen, "access"),
        ),
        Number(
            f"{public} of {len(running)}" if running else "No data",
            "guided with members of the public",
            f"of those running{f'; {unknown} not recorded yet' if unknown else ''}",
            _to(seen, "public"),
        ),
    ]


def _others(stages: Counter[str]) -> str:
    beside = [f"{stages[word]} {word}" for word in ("paused", "ending") if stages[word]]
    return f"and {' and '.join(beside)}" if beside else "none paused or ending"


def _to(seen: Sight, part: str) -> str:
    return f"figures/{seen.narrowing.query}#{part}"


def mix(seen: Sight) -> Figure:
    """The mix of activity in closed months; page and download are made from this one."""
    running = [one for one in seen.shown if one.stage == Stage.ACTIVE]
    silent = sum(one.pk not in seen.logging for one in running)
    return drawn.activity_mix_figure(
        seen.months,
        running=len(running),
        silent=silent,
        words=seen.words,
        at=seen.at,
        hidden=seen.hidden_months,
    )


def _quiet(seen: Sight) -> list[str]:
    """Running ones whose log does not reach into the last month that is over: grey, and nobody's fault."""
    last = seen.period.months()[-1]
    found = []
    for one in seen.by_code.values():
        day = seen.logged_to.get(one.pk)
        if one.stage == Stage.ACTIVE and (day is None or day < last):
            found.append(f"{one.title} ({f'figures to {_day(day)}' if day else 'not recorded yet'})")
    return found


def _small_numbers(seen: Sight) -> str:
    logging = len(seen.logging)
    if not 0 < logging < FEWEST_PEOPLE or seen.hidden_months:
        return ""
    return (
        f"These months rest on {seen.words.counted(logging)}. Figures about so few say more about people than about "
        "a programme: read them together with those people, and do not pass them on."
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
        attention=Section(_attention(seen, seen.signals), len(seen.signals), _counted_by_rule(seen)),
        rules=_rules(seen),
        may_switch=seen.scope.can_in_programme("lead_programme", seen.programme),
        figures=[_opened_only(figure, seen) for figure in _all(seen)],
        stages=list(STAGE_WORDS),
    )


def _all(seen: Sight) -> list[Figure]:
    words, today, at = seen.words, seen.today, seen.at
    stages = Counter(stage_word(one.stage) for one in seen.shown)
    running = [one for one in seen.shown if one.stage == Stage.ACTIVE]
    changes = seen.changes(at - FIRST_VISIT)
    return [
        changes_figure(changes, since=today - FIRST_VISIT, at=at),
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
        mix(seen),
        drawn.log_reach_figure(
            [(one.code, one.title, seen.logged_to.get(one.pk)) for one in running], words=words, at=at
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
            RULE_WHEN[rule],
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


def markup(figure: Figure) -> Markup:
    """The drawing as the page takes it: made by embedded.charts, which escapes all text."""
    return Markup(figure.svg)  # noqa: S704


def _day(day: datetime.date) -> str:
    return f"{day.day} {day:%B %Y}"
