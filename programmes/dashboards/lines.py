"""The lines of the dashboard's lists: what they say, whose they are, and where they lead."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from programmes.dashboards.reading import Glance, Sight
from programmes.measures import rows
from programmes.measures.ahead import Ahead, dates_ahead
from programmes.measures.attention import RULE_WORDS, Signal, signals
from programmes.measures.facts import Facts
from programmes.measures.happenings import Change, Use
from programmes.measures.standing import Standing
from programmes.models import Residency

LEVELS: Final = {"now": ("Now", "red"), "soon": ("Soon", "yellow")}


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
class Lists:
    """The lists of one page."""

    attention: Section
    changes: Section
    uses: Section
    ahead: Section


def lists(seen: Sight, glance: Glance) -> Lists:
    """The first lines of each list: what they are about was picked by the database, and only that is loaded."""
    standing, changed = glance.standing, glance.changes
    asking = {*(key.code for key in standing.signals), *standing.ahead}
    told = {*(change.code for change in changed.latest), *(use.code for use in glance.uses.latest)}
    named = seen.named(asking | told)
    facts = _facts(seen, asking)
    coming = dates_ahead(facts, seen.today)[: len(standing.ahead)]
    return Lists(
        Section(_signals(seen, standing, facts, named), standing.opened.lines, closed_by_rule(standing)),
        Section([_dated(seen, one, named) for one in changed.latest], changed.total, []),
        Section([_use(seen, one, named) for one in glance.uses.latest], glance.uses.opened, []),
        Section([_dated(seen, one, named) for one in coming], standing.ahead_opened, []),
    )


def attention(seen: Sight, standing: Standing) -> list[Line]:
    """What the signals of a standing say, in its order."""
    codes = {key.code for key in standing.signals}
    return _signals(seen, standing, _facts(seen, codes), seen.named(codes))


def _facts(seen: Sight, codes: set[str]) -> list[Facts]:
    return rows.facts(seen.reach.only(codes))


def _signals(
    seen: Sight, standing: Standing, facts: list[Facts], named: Mapping[str, Residency]
) -> list[Line]:
    hosts = {one.code: one.host for one in facts}
    return [_signal(seen, one, hosts[one.code], named) for one in worded(seen, facts, standing)]


def worded(seen: Sight, facts: Iterable[Facts], standing: Standing) -> list[Signal]:
    """The signals that the database picked, in the words of the rules."""
    found = signals(
        facts,
        today=seen.today,
        rules_on=seen.programme.rules_on,
        expiring_within_days=seen.programme.expiring_within_days,
    )
    by_key = {signal.key: signal for signal in found}
    return [by_key[key] for key in standing.signals if key in by_key]


def closed_by_rule(standing: Standing) -> list[tuple[str, int]]:
    """For what the person may not open: how many it is about, by rule, and no more."""
    counts = standing.closed_by_rule
    return [(words, counts[rule]) for rule, words in RULE_WORDS.items() if rule in counts]


def _signal(seen: Sight, signal: Signal, host: str, named: Mapping[str, Residency]) -> Line:
    tag, colour = LEVELS[signal.level]
    url = seen.address(signal.page, signal.args, named.get(signal.code))
    return Line(signal.words, url, signal.code, signal.title, signal.since, tag, colour, host)


def _dated(seen: Sight, one: Change | Ahead, named: Mapping[str, Residency]) -> Line:
    day = one.on if isinstance(one, Change) else one.day
    return Line(one.words, seen.address(one.page, one.args, named.get(one.code)), one.code, one.title, day)


def _use(seen: Sight, use: Use, named: Mapping[str, Residency]) -> Line:
    return Line(
        use.what,
        seen.address("use", (use.slug, use.code, use.pk), named.get(use.code)),
        use.code,
        use.title,
        use.decided_on,
        "Confirmed" if use.is_confirmed else "Not confirmed yet",
        "green" if use.is_confirmed else "grey",
        beside=f"{'' if use.is_used else 'Considered and not used. '}{use.decision}, {use.decided_by}",
    )
