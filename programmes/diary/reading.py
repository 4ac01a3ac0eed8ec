"""What was shared with somebody, what they shared themselves, and what was said to it."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from typing import Final, TypeVar

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils.crypto import salted_hmac

from embedded.accounts.models import Person
from embedded.nhsuk.words import month as month_words
from programmes.models import (
    Activity,
    ActivityQuerySet,
    Comment,
    Membership,
    MonthlyPulse,
    Passage,
    Readers,
    Residency,
)

Words = TypeVar("Words", Passage, Activity)
MOST: Final = 200
PASSAGE: Final = "passage"
ENTRY: Final = "entry"
PULSE: Final = "pulse"


@dataclass(frozen=True)
class Shared:
    """Words, whose they are and of which month; a day, and what came first, is nobody else's to know. `of` is PASSAGE
    or ENTRY, `mark` what `mark_of` gives."""

    of: str
    mark: str
    author: Person
    month: datetime.date
    text: str
    comments: list[Comment]


@dataclass(frozen=True)
class Own:
    """What somebody shared themselves: the words, with who reads them and what those said."""

    of: str
    record: Passage | Activity | MonthlyPulse
    text: str
    on: datetime.date
    readers: str
    comments: list[Comment]

    @property
    def mark(self) -> str:
        return mark_of(self.record)


def mark_of(record: Passage | Activity | MonthlyPulse) -> str:
    """Stands for a record in addresses that others see, and for its place within a month: its number would tell what
    was written before what."""
    name = f"{record._meta.model_name} {record.pk}"
    return salted_hmac("programmes.diary.notes", name, algorithm="sha256").hexdigest()[:24]


def shared_with(residency: Residency, person: Person, today: datetime.date) -> list[Shared]:
    """Those that name the person, or that everyone in the residency may read, the latest month first and within it in
    no order that says anything; for who is one of them still (V-6)."""
    if not _is_part_of(residency, person, today):
        return []
    entries = _entries_for(residency, person).select_related("person").order_by("-date", "-id")
    passages = _passages_for(residency, person).select_related("author").order_by("-shared_on", "-id")
    to_entries, to_passages = list(entries[:MOST]), list(passages[:MOST])
    said = _comments(to_passages, to_entries)
    found = [
        Shared(ENTRY, mark_of(one), one.person, one.date.replace(day=1), one.what, said[ENTRY, one.pk])
        for one in to_entries
    ]
    found += [
        Shared(
            PASSAGE, mark_of(one), one.author, one.shared_on.replace(day=1), one.text, said[PASSAGE, one.pk]
        )
        for one in to_passages
    ]
    return sorted(found, key=lambda one: (one.month, one.mark), reverse=True)[:MOST]


def shared_by(person: Person) -> list[Own]:
    """Everything that the person has shared and not withdrawn, the latest first."""
    passages = Passage.objects.filter(author=person, withdrawn_on=None)
    entries = Activity.objects.of(person).exclude(readers=Readers.ONLY_ME)
    with_place = "residency__programme"
    mine = list(passages.select_related(with_place).prefetch_related("named_readers")[:MOST])
    logged = list(entries.select_related(with_place).prefetch_related("named_readers")[:MOST])
    said = _comments(mine, logged)
    found = [
        Own(PASSAGE, one, one.text, one.shared_on, _readers_of(one), said[PASSAGE, one.pk]) for one in mine
    ]
    found += [Own(ENTRY, one, one.what, one.date, _readers_of(one), said[ENTRY, one.pk]) for one in logged]
    pulses = MonthlyPulse.objects.filter(person=person, shared_on__isnull=False)
    found += [
        Own(
            PULSE,
            one,
            f"How it was going in {month_words(one.month)}",
            one.shared_on,
            "Your academic supervisors",
            [],
        )
        for one in pulses.select_related(with_place)[:MOST]
        if one.shared_on
    ]
    return sorted(found, key=lambda one: one.on, reverse=True)


def passage_for(residency: Residency, person: Person, mark: str, today: datetime.date) -> Passage:
    """One that the person may read, or wrote; any other is a 404."""
    own = Passage.objects.filter(author=person, residency=residency, withdrawn_on=None)
    others = _passages_for(residency, person) if _is_part_of(residency, person, today) else ()
    return _marked(mark, own, others)


def entry_for(residency: Residency, person: Person, mark: str, today: datetime.date) -> Activity:
    """An entry whose words the person may read, or wrote and shared; any other is a 404."""
    own = Activity.objects.of(person).filter(residency=residency).exclude(readers=Readers.ONLY_ME)
    others = _entries_for(residency, person) if _is_part_of(residency, person, today) else ()
    return _marked(mark, own, others)


def _marked(mark: str, *there: Iterable[Words]) -> Words:
    """The one of that mark: only by trying, as from a mark nothing leads back."""
    found = next((one for one in chain(*there) if mark_of(one) == mark), None)
    if found is None:
        raise Http404("Nothing shared with you is called that")
    return found


def comments_on_months(residency: Residency) -> list[Comment]:
    """What was said to closed months, the latest month first."""
    found = Comment.objects.filter(residency=residency, month__isnull=False).select_related("by")
    return list(found.order_by("-month", "id")[:MOST])


def _is_part_of(residency: Residency, person: Person, today: datetime.date) -> bool:
    return Membership.objects.filter(residency=residency, person=person).live_on(today).exists()


def _entries_for(residency: Residency, person: Person) -> ActivityQuerySet:
    return Activity.objects.filter(_readable(person), residency=residency).exclude(person=person).distinct()


def _passages_for(residency: Residency, person: Person) -> QuerySet[Passage]:
    passages = Passage.objects.filter(_readable(person), residency=residency, withdrawn_on=None)
    return passages.exclude(author=person).distinct()


def _readable(person: Person) -> Q:
    return Q(readers=Readers.PEOPLE, named_readers=person) | Q(readers=Readers.RESIDENCY)


def _readers_of(one: Passage | Activity) -> str:
    if one.readers == Readers.RESIDENCY:
        return "Everyone in the residency"
    return ", ".join(str(person) for person in one.named_readers.all()) or "Nobody any more"


def _comments(
    passages: Iterable[Passage], entries: Iterable[Activity]
) -> dict[tuple[str, int], list[Comment]]:
    """What was said to each of these, in the order in which it was said."""
    asked = Q(passage__in=[one.pk for one in passages]) | Q(activity__in=[one.pk for one in entries])
    found: dict[tuple[str, int], list[Comment]] = defaultdict(list)
    for comment in Comment.objects.filter(asked).select_related("by").order_by("id"):
        is_passage = comment.passage_id is not None
        found[PASSAGE if is_passage else ENTRY, comment.passage_id or comment.activity_id or 0].append(
            comment
        )
    return found
