"""What is somebody's own beside the log, row by row: diary, what was shared, people, requests, answers, what waits."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final

from django.db.models import QuerySet

from embedded.accounts.models import Person
from embedded.vault import CannotBeRead, Sealer
from programmes.entries.people_met import name_of
from programmes.entries.words import LOST
from programmes.models import (
    Away,
    Contact,
    DiaryEntry,
    FirstDaysLine,
    MonthlyPulse,
    Passage,
    PlannedEntry,
    PlannedState,
    PortfolioLine,
    PulseAnswer,
    Request,
)

AT_ONCE: Final = 500  # rows
_ANSWERS: Final = {answer.value: str(answer.label) for answer in PulseAnswer}
_QUESTIONS: Final = ("getting_in", "line_of_work", "academic")


def opened(opener: Sealer, sealed: bytes | memoryview | None) -> str:
    """ "" where nothing is sealed, LOST where the key is gone."""
    if not sealed:
        return ""
    try:
        return opener.open(sealed)
    except CannotBeRead:
        return LOST


def diary(person: Person) -> Iterator[list[str]]:
    opener = Sealer(person)
    for one in DiaryEntry.objects.filter(person=person).order_by("on", "id").iterator(AT_ONCE):
        yield [str(one.on), opened(opener, one.text)]


def shared(person: Person) -> Iterator[list[str]]:
    passages = (
        Passage.objects.filter(author=person)
        .select_related("residency__programme")
        .order_by("shared_on", "id")
    )
    for one in passages.prefetch_related("named_readers"):
        named = "; ".join(sorted(reader.display_name for reader in one.named_readers.all()))
        said = [str(one.shared_on), one.residency.long_code, one.text, one.get_readers_display(), named]
        yield [*said, str(one.withdrawn_on or "")]


def people(person: Person) -> Iterator[list[str]]:
    opener = Sealer(person)
    for one in Contact.objects.filter(person=person).select_related("organisation").order_by("id"):
        organisation = one.organisation.display_name if one.organisation else ""
        yield [name_of(one, opener), one.get_kind_display() if one.kind else "", organisation]


def requests(person: Person) -> Iterator[list[str]]:
    opener = Sealer(person)
    asked: QuerySet[Request] = Request.objects.filter(person=person).order_by("asked_on", "id")
    for one in asked.select_related("asked_by", "residency__programme"):
        asked_by = name_of(one.asked_by, opener) if one.asked_by else ""
        days = [str(day or "") for day in (one.answered_on, one.told_on)]
        what = opened(opener, one.what)
        yield [str(one.asked_on), one.residency.long_code, asked_by, what, one.get_answer_display(), *days]


def months(person: Person) -> Iterator[list[str]]:
    opener = Sealer(person)
    for one in (
        MonthlyPulse.objects.filter(person=person)
        .select_related("residency__programme")
        .order_by("month", "id")
    ):
        said = _answers(opened(opener, one.answers))
        yield [str(one.month), one.residency.long_code, *said, str(one.shared_on or "")]


def _answers(said: str) -> list[str]:
    """The three of a month in words."""
    if said in ("", LOST):
        return [said] * len(_QUESTIONS)
    answers = json.loads(said)
    return [_ANSWERS.get(answers.get(question, ""), "") for question in _QUESTIONS]


def first_days(person: Person) -> Iterator[list[str]]:
    """Lines of the person's own, and those of the record that they ticked."""
    opener = Sealer(person)
    lines = FirstDaysLine.objects.filter(person=person).select_related("residency__programme")
    for one in lines.order_by("residency", "week", "id"):
        said = [one.residency.long_code, str(one.week), one.key, opened(opener, one.text)]
        yield [*said, str(one.done_on or "")]


def portfolio(person: Person) -> Iterator[list[str]]:
    opener = Sealer(person)
    lines = PortfolioLine.objects.filter(person=person).select_related("activity", "use", "project")
    for one in lines.order_by("module", "position", "id"):
        yield [one.get_module_display(), opened(opener, one.text), _thing(one)]


def _thing(line: PortfolioLine) -> str:
    """What of the record a line stands for."""
    if line.activity is not None:
        return f"Entry of {line.activity.date}"
    return line.use.what if line.use is not None else line.project.title if line.project is not None else ""


def waiting(person: Person) -> Iterator[list[str]]:
    opener = Sealer(person)
    rows = PlannedEntry.objects.filter(person=person, state=PlannedState.WAITING).select_related(
        "residency__programme"
    )
    for one in rows.order_by("on", "id"):
        kind = one.get_kind_display() if one.kind else ""
        code = one.residency.long_code if one.residency else ""
        minutes = str(one.minutes or "")
        yield [str(one.on), minutes, kind, opened(opener, one.text), code, one.get_origin_display()]


def away(person: Person) -> Iterator[list[str]]:
    for one in Away.objects.filter(person=person).order_by("start", "id"):
        half = ["Yes" if said else "No" for said in (one.start_afternoon, one.end_noon)]
        yield [str(one.start), str(one.end), *half]
