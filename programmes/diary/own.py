"""One person's diary: free entries, and the texts of their log that only they read. One promise, one list."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from django.http import Http404

from embedded.accounts.models import Person
from embedded.vault import CannotBeRead, Sealer
from programmes.entries.words import LOST, text_of
from programmes.models import Activity, ActivityQuerySet, DiaryEntry, Passage, Readers

SHOWN: Final = 50
DAY: Final = datetime.timedelta(days=1)
Sealed = tuple[int, datetime.date, bytes | memoryview | None]
Found = tuple[int, datetime.date, str]


@dataclass(frozen=True)
class Line:
    """A text with its day. One of the log has its entry, one of the diary alone has none."""

    on: datetime.date
    pk: int
    text: str
    activity: Activity | None = None

    @property
    def place(self) -> tuple[datetime.date, bool, int]:
        """Where it stands in the list: by day, the diary before the log."""
        return self.on, self.activity is None, self.pk


def page_of(person: Person, before: datetime.date | None) -> tuple[list[Line], datetime.date | None]:
    """The latest lines before a day, whole days of them, and the day before which the next page goes on (None at the
    end). A day with more than a page of lines is shown whole."""
    opener = Sealer(person)
    found = _lines(person, opener, before=before, most=SHOWN + 1)
    if len(found) <= SHOWN:
        return found, None
    last = found[SHOWN].on
    if whole := [line for line in found if line.on > last]:
        return whole, last + DAY
    return _lines(person, opener, before=last + DAY, since=last), last


def find(person: Person, words: str) -> list[Line]:
    """The latest lines that hold these words, capitals aside. Every text is opened, as the database cannot look."""
    wanted = _folded(words)
    if not wanted:
        return []
    opener = Sealer(person)
    diary = DiaryEntry.objects.filter(person=person).order_by("-on", "-id")
    log = _sealed_entries(person).order_by("-date", "-id")
    held = [
        Line(on, pk, text) for pk, on, text in _holding(wanted, diary.values_list("pk", "on", "text"), opener)
    ]
    found = {pk: text for pk, _, text in _holding(wanted, log.values_list("pk", "date", "sealed"), opener)}
    there = log.filter(pk__in=found).select_related("residency__programme")
    held += [Line(entry.date, entry.pk, found[entry.pk], entry) for entry in there]
    return sorted(held, key=lambda line: line.place, reverse=True)[:SHOWN]


def _holding(wanted: str, rows: Iterable[Sealed], opener: Sealer) -> list[Found]:
    """The first of these rows, opened, whose text holds what is wanted."""
    opened = ((pk, on, _opened(blob, opener)) for pk, on, blob in rows)
    held = (one for one in opened if wanted in _folded(one[2]))
    return list(islice(held, SHOWN))


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def own_diary_entry(person: Person, pk: int) -> DiaryEntry:
    """One of the person's own diary; anybody else's is a 404."""
    entry = DiaryEntry.objects.filter(person=person, pk=pk).first()
    if entry is None:
        raise Http404("No diary entry of yours has that number")
    return entry


def own_passage(person: Person, pk: int) -> Passage:
    """One that the person shared and has not withdrawn; anybody else's is a 404."""
    passages = Passage.objects.filter(author=person, pk=pk).select_related("residency__programme")
    passage = passages.prefetch_related("named_readers").first()
    if passage is None:
        raise Http404("Nothing that you shared has that number")
    return passage


def any_entry(person: Person, pk: int) -> Activity:
    """An entry of the person's own log, of any post; anybody else's is a 404."""
    entry = Activity.objects.of(person).filter(pk=pk).select_related("residency__programme").first()
    if entry is None:
        raise Http404("No entry of yours has that number")
    return entry


def words_in(source: DiaryEntry | Activity, person: Person) -> str:
    """What stands in a text of the person's own; LOST where its key is gone."""
    opener = Sealer(person)
    return text_of(source, opener) if isinstance(source, Activity) else _opened(source.text, opener)


def _lines(
    person: Person,
    opener: Sealer,
    *,
    before: datetime.date | None,
    since: datetime.date | None = None,
    most: int | None = None,
) -> list[Line]:
    both = [
        *_of_the_diary(person, opener, before, since, most),
        *_of_the_log(person, opener, before, since, most),
    ]
    return sorted(both, key=lambda line: line.place, reverse=True)[:most]


def _of_the_diary(
    person: Person,
    opener: Sealer,
    before: datetime.date | None,
    since: datetime.date | None,
    most: int | None,
) -> Iterator[Line]:
    entries = DiaryEntry.objects.filter(person=person).order_by("-on", "-id")
    if before is not None:
        entries = entries.filter(on__lt=before)
    if since is not None:
        entries = entries.filter(on__gte=since)
    for entry in entries[:most]:
        yield Line(entry.on, entry.pk, _opened(entry.text, opener))


def _of_the_log(
    person: Person,
    opener: Sealer,
    before: datetime.date | None,
    since: datetime.date | None,
    most: int | None,
) -> Iterator[Line]:
    entries = _sealed_entries(person)
    if before is not None:
        entries = entries.filter(date__lt=before)
    if since is not None:
        entries = entries.filter(date__gte=since)
    latest = entries.select_related("residency__programme").order_by("-date", "-id")
    for entry in latest[:most]:
        yield Line(entry.date, entry.pk, text_of(entry, opener), entry)


def _sealed_entries(person: Person) -> ActivityQuerySet:
    return Activity.objects.of(person).filter(readers=Readers.ONLY_ME, sealed__isnull=False)


def _opened(blob: bytes | memoryview | None, opener: Sealer) -> str:
    try:
        return opener.open(blob or b"")
    except CannotBeRead:
        return LOST
