"""The deeds of the diary and of what is shared out of it. No word of either goes into the trail."""

from __future__ import annotations

import datetime

from django.db import transaction

from embedded.accounts.models import Person
from embedded.audit import record
from embedded.drafts import Changed, check_version
from embedded.vault import Sealer
from programmes.entries.words import Words
from programmes.entries.writing import place_of
from programmes.models import Activity, Comment, DiaryEntry, Passage, Readers, Residency

PLACE = "diary"


@transaction.atomic
def write_entry(*, text: str, on: datetime.date, today: datetime.date, by: Person) -> DiaryEntry:
    """Puts a text into `by`'s diary, sealed with their own key."""
    entry = DiaryEntry.objects.create(person=by, on=on, text=Sealer(by).seal(text), made_on=today)
    record(by=by, deed="diary_entry.written", what=f"Diary entry {entry.pk}", place=PLACE)
    return entry


@transaction.atomic
def change_entry(*, entry: DiaryEntry, text: str, on: datetime.date, version: int, by: Person) -> None:
    """Writes it anew; Changed if another window was there since it was opened."""
    check_version(entry, version)
    entry.text, entry.on = Sealer(by).seal(text), on
    entry.save()
    record(by=by, deed="diary_entry.changed", what=f"Diary entry {entry.pk}", place=PLACE)


@transaction.atomic
def remove_entry(*, entry: DiaryEntry, by: Person) -> None:
    """Takes it out of the diary; what was shared out of it stays until that is withdrawn."""
    record(by=by, deed="diary_entry.removed", what=f"Diary entry {entry.pk}", place=PLACE)
    entry.delete()


@transaction.atomic
def share_passage(
    *,
    source: DiaryEntry | Activity,
    version: int,
    residency: Residency,
    words: Words,
    on: datetime.date,
    by: Person,
) -> Passage:
    """Copies words out of a text of `by`'s own for the readers named. Changed if that text is no longer the one from
    which they were chosen. From the copy nothing leads back to a diary."""
    held = type(source)._default_manager.select_for_update(of=("self",)).filter(pk=source.pk).first()
    if held is None or held.version != version:
        raise Changed(source)
    passage = Passage.objects.create(
        author=by,
        residency=residency,
        activity=held if isinstance(held, Activity) else None,
        text=words.text,
        readers=words.readers,
        shared_on=on,
    )
    passage.named_readers.set(words.named if words.readers == Readers.PEOPLE else ())
    record(by=by, deed="passage.shared", what=f"Passage {passage.pk}", place=place_of(residency))
    return passage


@transaction.atomic
def withdraw_passage(*, passage: Passage, on: datetime.date, by: Person) -> None:
    """Takes it away from its readers from now on; once more changes nothing."""
    there = Passage.objects.select_for_update(of=("self",)).select_related("residency__programme")
    held = there.get(pk=passage.pk)
    if held.withdrawn_on is not None:
        return
    held.withdrawn_on = on
    held.version += 1
    held.save(update_fields=["withdrawn_on", "version"])
    record(by=by, deed="passage.withdrawn", what=f"Passage {held.pk}", place=place_of(held.residency))


@transaction.atomic
def add_comment(
    *,
    residency: Residency,
    text: str,
    on: datetime.date,
    by: Person,
    passage: Passage | None = None,
    activity: Activity | None = None,
    month: datetime.date | None = None,
) -> Comment:
    """Says something to exactly one of the three; what it is said to stays as its author wrote it (P8)."""
    comment = Comment.objects.create(
        residency=residency, by=by, passage=passage, activity=activity, month=month, text=text, on=on
    )
    record(by=by, deed="comment.made", what=f"Comment {comment.pk}", place=place_of(residency))
    return comment
