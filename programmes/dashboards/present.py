"""What Monday's page says: its sentence, its six numbers, the mix, and the lists cut to a length that is read."""

from __future__ import annotations

import datetime
from collections import Counter
from dataclasses import dataclass
from typing import Final

from django.urls import reverse
from markupsafe import Markup

from programmes.dashboards import lines
from programmes.dashboards.forms import Narrowing
from programmes.dashboards.lines import Line, Section
from programmes.dashboards.reading import Sight
from programmes.lifecycle import stage_word
from programmes.measures import figures as drawn
from programmes.measures.access_times import access_readiness
from programmes.measures.figure import Figure, percent
from programmes.measures.happenings import uses_sentence
from programmes.measures.period import day_words
from programmes.measures.suppression import FEWEST_PEOPLE
from programmes.models import Programme, Stage

MOST_LINES: Final = 10
MOST_BELOW: Final = 8  # lines of the other lists
FIRST_VISIT: Final = datetime.timedelta(days=28)


@dataclass(frozen=True)
class Number:
    """A big figure, what it counts, the note with its denominator, and the list behind it."""

    shown: str
    text: str
    note: str
    url: str


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
    changed = lines.changes(seen, start)
    attention = lines.attention(seen)
    return Dashboard(
        programme=seen.programme,
        narrowing=seen.narrowing,
        sentence=_sentence(seen),
        attention=_cut(attention, MOST_LINES, lines.counted_by_rule(seen)),
        changes=_cut(changed, MOST_BELOW, []),
        since=start,
        is_first_visit=since is None,
        uses=_cut(lines.uses(seen), MOST_BELOW, []),
        uses_sentence=uses_sentence(seen.uses),
        ahead=_cut(lines.ahead(seen), MOST_BELOW, []),
        numbers=_numbers(seen),
        mix=mix(seen),
        quiet=_quiet(seen),
        small_numbers=_small_numbers(seen),
        may_open=bool(seen.by_code) or not seen.shown,
    )


def _cut(found: list[Line], most: int, counted: list[tuple[str, int]]) -> Section:
    return Section(found[:most], len(found), counted)


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
        Number(str(stages["running"]), "running", _others(stages), _running(seen)),
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
            f"{public} of {len(running)}" if known else "No data",
            "guided with members of the public",
            f"of those running{f'; {unknown} not recorded yet' if unknown else ''}",
            _to(seen, "public"),
        ),
    ]


def _others(stages: Counter[str]) -> str:
    beside = [f"{stages[word]} {word}" for word in ("paused", "ending") if stages[word]]
    return f"and {', '.join(beside)}" if beside else "none paused or ending"


def _running(seen: Sight) -> str:
    """The list of those that run, or where they stand among the figures when the list would show others too."""
    if seen.narrowing.chosen or not seen.sees_all:
        return _to(seen, "over-time")
    return f"{reverse('residencies', args=[seen.programme.slug])}?stage=running"


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
            found.append(f"{one.title} ({f'figures to {day_words(day)}' if day else 'not recorded yet'})")
    return found


def _small_numbers(seen: Sight) -> str:
    logging = len(seen.logging)
    if not 0 < logging < FEWEST_PEOPLE or seen.hidden_months:
        return ""
    return (
        f"These months rest on {seen.words.counted(logging)}. Figures about so few say more about people than about "
        "a programme: read them together with those people, and do not pass them on."
    )


def markup(figure: Figure) -> Markup:
    """The drawing as the page takes it: made by embedded.charts, which escapes all text."""
    return Markup(figure.svg)  # noqa: S704
