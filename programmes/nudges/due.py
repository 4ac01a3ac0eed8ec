"""To whom a reminder of the log is due: nothing logged for ten working days, and nothing that explains it."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from django.db.models import Max
from django.utils import timezone

from embedded.accounts.models import Person
from programmes.measures.bank_holidays import is_working_day
from programmes.models import (
    Activity,
    Away,
    LogHabit,
    Organisation,
    Placement,
    Residency,
    Stage,
    StageChange,
)

WORKING_DAYS: Final = 10
DAY: Final = datetime.timedelta(days=1)
HALF: Final = 0.5


@dataclass
class Post:
    """What one person holds: the residencies, their nations, and from when on something could be logged."""

    person: Person
    residencies: list[Residency] = field(default_factory=list)
    since: datetime.date = datetime.date.min

    @property
    def nations(self) -> set[str]:
        """Of the lead host of each."""
        hosts: list[Organisation | None] = [next(iter(one.hosts), None) for one in self.residencies]
        return {host.nation for host in hosts if host is not None}


@dataclass(frozen=True)
class Due:
    """`since` is the last day that counted: one spell of silence has one."""

    person: Person
    since: datetime.date


def due_on(today: datetime.date) -> list[Due]:
    """Each person once, whatever they hold; nobody who is away that day, paused, or wants no reminders, and nobody on a
    day on which they do not work."""
    posts = _posts(today)
    logged, aways = _last_logged(posts, today), _aways(posts)
    found = []
    for person_pk, post in posts.items():
        if not _is_worked(today, post.nations):
            continue
        since = max(post.since, logged.get(person_pk, post.since))
        away = aways[person_pk]
        if _away_on(away, today) == 0 and _quiet_days(since, today, post.nations, away) >= WORKING_DAYS:
            found.append(Due(post.person, since))
    return found


def _posts(today: datetime.date) -> dict[int, Post]:
    """Live and accepted posts of running residencies, by person; only of those whom a letter reaches."""
    held = (
        Placement.objects.on(today)
        .filter(accepted_on__lte=today, residency__stage=Stage.ACTIVE, person__user__is_active=True)
        .exclude(person__email="")
        .exclude(person__in=LogHabit.objects.filter(nudges_off_on__isnull=False).values("person"))
        .select_related("person", "residency")
        .prefetch_related("residency__organisations__organisation")
        .order_by("person", "pk")
    )
    found: dict[int, Post] = {}
    for placement in held:
        post = found.setdefault(placement.person_id, Post(placement.person))
        post.residencies.append(placement.residency)
        begun = max(placement.start, placement.accepted_on or placement.start)
        post.since = max(post.since, begun, placement.residency.started_on or begun)
    for person_pk, resumed in _resumed(found).items():
        found[person_pk].since = max(found[person_pk].since, resumed)
    return found


def _resumed(posts: dict[int, Post]) -> dict[int, datetime.date]:
    """The last day on which a residency of theirs began to run, or ran again after a pause."""
    numbers = {one.pk for post in posts.values() for one in post.residencies}
    changes = StageChange.objects.filter(residency__in=numbers, to_stage=Stage.ACTIVE).order_by()
    last = dict(changes.values_list("residency").annotate(last=Max("on")))
    return {
        person_pk: max(days)
        for person_pk, post in posts.items()
        if (days := [last[one.pk] for one in post.residencies if one.pk in last])
    }


def _last_logged(posts: Iterable[int], today: datetime.date) -> dict[int, datetime.date]:
    """The last day of an entry, or the last on which one was written, whichever is later."""
    own = Activity.objects.filter(person__in=list(posts), date__lte=today).order_by()
    return {
        person: max(date, timezone.localdate(made))
        for person, date, made in own.values_list("person").annotate(Max("date"), Max("made_at"))
    }


def _aways(posts: Iterable[int]) -> dict[int, list[Away]]:
    found: dict[int, list[Away]] = defaultdict(list)
    for away in Away.objects.filter(person__in=list(posts)):
        found[away.person_id].append(away)
    return found


def _quiet_days(since: datetime.date, today: datetime.date, nations: set[str], aways: list[Away]) -> float:
    """Working days between two days, both left out, less those away; counted no further than is needed."""
    count, day = 0.0, today - DAY
    while day > since and count < WORKING_DAYS:
        if _is_worked(day, nations):
            count += 1 - _away_on(aways, day)
        day -= DAY
    return count


def _is_worked(day: datetime.date, nations: set[str]) -> bool:
    """A day that is a holiday where any of the hosts is, is none."""
    return all(is_working_day(day, nation) for nation in nations or {""})


def _away_on(aways: list[Away], day: datetime.date) -> float:
    """How much of a day somebody is away: nothing, half of it, all of it."""
    gone = 0.0
    for away in aways:
        if away.start <= day <= away.end:
            half = (day == away.start and away.start_afternoon) or (day == away.end and away.end_noon)
            gone += HALF if half else 1
    return min(gone, 1.0)
