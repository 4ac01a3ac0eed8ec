"""The lines of the dashboard's lists: what they say, whose they are, and where they lead."""

from __future__ import annotations

import datetime
from collections import Counter
from dataclasses import dataclass
from typing import Final

from programmes.dashboards.reading import Sight
from programmes.measures.ahead import dates_ahead
from programmes.measures.attention import RULE_WORDS

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


def attention(seen: Sight) -> list[Line]:
    """Those of what the person may open, in the order they came."""
    found = []
    for signal in seen.signals:
        residency = seen.by_code.get(signal.code)
        if residency is None:
            continue
        tag, colour = LEVELS[signal.level]
        host = residency.lead_host.display_name if residency.lead_host else ""
        url = seen.address(signal.page, signal.args, signal.code)
        found.append(Line(signal.words, url, signal.code, signal.title, signal.since, tag, colour, host))
    return found


def counted_by_rule(seen: Sight) -> list[tuple[str, int]]:
    """For what the person may not open: how many it is about, by rule, and no more."""
    closed = {(signal.rule, signal.code) for signal in seen.signals if signal.code not in seen.by_code}
    counts = Counter(rule for rule, _ in closed)
    return [(words, counts[rule]) for rule, words in RULE_WORDS.items() if counts[rule]]


def changes(seen: Sight, since: datetime.datetime) -> list[Line]:
    return [
        Line(one.words, seen.address(one.page, one.args, one.code), one.code, one.title, one.on)
        for one in seen.changes(since)
    ]


def uses(seen: Sight) -> list[Line]:
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


def ahead(seen: Sight) -> list[Line]:
    return [
        Line(one.words, seen.address(one.page, one.args, one.code), one.code, one.title, one.day)
        for one in dates_ahead(seen.facts, seen.today)
        if one.code in seen.by_code
    ]
