"""What Monday's page says: its sentence, its six numbers, the mix, and the lists cut to a length that is read."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.urls import reverse

from programmes.dashboards import lines
from programmes.dashboards.forms import Narrowing
from programmes.dashboards.lines import Section
from programmes.dashboards.reading import Glance, Sight
from programmes.lifecycle import stage_word
from programmes.measures import figures as drawn
from programmes.measures.engagement import MonthRow
from programmes.measures.figure import Figure, percent
from programmes.measures.happenings import uses_sentence
from programmes.measures.logs import Logs, quiet_words
from programmes.measures.standing import AtStage, Standing
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
    may_narrow: bool
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
    quiet: str
    small_numbers: str
    may_open: bool


def dashboard(seen: Sight, since: datetime.datetime | None) -> Dashboard:
    """The whole page. `since` is None on a first visit."""
    start = since or seen.at - FIRST_VISIT
    glance = seen.glance(start, signals=MOST_LINES, below=MOST_BELOW)
    lists, counted = lines.lists(seen, glance), Counted.of(glance.standing)
    return Dashboard(
        programme=seen.programme,
        narrowing=seen.narrowing,
        may_narrow=seen.may_narrow,
        sentence=_sentence(seen, glance.standing, counted.going),
        attention=lists.attention,
        changes=lists.changes,
        since=start,
        is_first_visit=since is None,
        uses=lists.uses,
        uses_sentence=uses_sentence(glance.uses.counts),
        ahead=lists.ahead,
        numbers=_numbers(seen, glance, counted),
        mix=mix(seen, glance.months, glance.logs, counted.by_word["running"]),
        quiet=_quiet(glance.logs),
        small_numbers=_small_numbers(seen, glance.logs),
        may_open=seen.sees_all or seen.opened.exists(),
    )


@dataclass(frozen=True)
class Counted:
    """How many there are by plain stage, and how many are not over."""

    by_word: Counter[str]
    active: AtStage

    @classmethod
    def of(cls, standing: Standing) -> Counted:
        words: Counter[str] = Counter()
        for stage, found in standing.stages.items():
            words[stage_word(stage)] += found.number
        return cls(words, standing.stages.get(Stage.ACTIVE, AtStage()))

    @property
    def going(self) -> int:
        return self.by_word.total() - self.by_word["ended"]


def _sentence(seen: Sight, standing: Standing, going: int) -> str:
    """The page in one sentence, before everything else."""
    words, pressing, asking = seen.words, standing.now.residencies, standing.all.residencies
    if not going:
        return f"There is no {words.one} here that is not over."
    if not asking:
        return f"Nothing needs you today in {words.counted(going)}."
    if asking == 1:
        return f"1 of {words.counted(going)} needs attention{', and now' if pressing else ''}."
    return f"{asking} of {words.counted(going)} need attention, {pressing or 'none'} of them now."


def _numbers(seen: Sight, glance: Glance, counted: Counted) -> list[Number]:
    """Six, each with its denominator and the list behind it."""
    standing, stages, running = glance.standing, counted.by_word, counted.active
    uses = glance.uses.counts
    not_over = f"of {seen.words.counted(counted.going)} not over"
    unknown = running.number - running.known
    planned = stages["being planned"] + stages["being set up"]
    return [
        Number(str(stages["running"]), "running", _others(stages), _running(seen)),
        Number(str(planned), "being planned or set up", not_over, _to(seen, "stages")),
        Number(str(standing.all.residencies), "need attention", not_over, _to(seen, "attention")),
        Number(
            str(uses.total),
            "used or considered in a decision",
            f"in the last 12 months; hosts confirmed {uses.confirmed}",
            _to(seen, "uses"),
        ),
        Number(
            f"{standing.in_place} of {standing.needed}" if standing.needed else "No data",
            "permissions and things in place",
            percent(standing.in_place, standing.needed) if standing.needed else "nothing is listed yet",
            _to(seen, "access"),
        ),
        Number(
            f"{running.public} of {running.number}" if running.known else "No data",
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


def mix(seen: Sight, months: Sequence[MonthRow], logs: Logs, running: int) -> Figure:
    """The mix of activity in closed months, `running` residencies asked; page and download are made from this one."""
    return drawn.activity_mix_figure(
        months,
        running=running,
        silent=logs.silent,
        words=seen.words,
        at=seen.at,
        hidden=seen.hidden_months,
    )


def _quiet(logs: Logs) -> str:
    """Running ones whose log does not reach into the last month that is over."""
    first, number = logs.quiet, logs.quiet_in_all
    told = [quiet_words(title, day) for title, day in first]
    more = [f"{number - len(first)} more"] if number > len(first) else []
    return "; ".join(told + more)


def _small_numbers(seen: Sight, logs: Logs) -> str:
    logging = logs.logged
    if not 0 < logging < FEWEST_PEOPLE or seen.hidden_months:
        return ""
    return (
        f"These months rest on {seen.words.counted(logging)}. Figures about so few say more about people than about "
        "a programme: read them together with those people, and do not pass them on."
    )
