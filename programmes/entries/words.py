"""The one text of an entry: sealed for its writer alone, or in the clear for the readers who are named."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from embedded.accounts.models import Person
from embedded.vault import CannotBeRead, Sealer
from programmes.models import Activity, Readers

LOST: Final = "(These words cannot be read any more: the key to them is gone.)"


@dataclass(frozen=True)
class Words:
    """What was done, and for whom. No text is nobody's to read but the writer's."""

    text: str = ""
    readers: str = Readers.ONLY_ME
    named: Sequence[Person] = ()

    @property
    def are_shared(self) -> bool:
        return bool(self.text.strip()) and self.readers != Readers.ONLY_ME


def seal_into(activity: Activity, words: Words, sealer: Sealer) -> None:
    """Puts the words into an entry that is not saved yet; `name_readers` follows once it is. Words that could not be
    opened come back as LOST, and leave what is sealed as it was."""
    if words.text == LOST and activity.sealed is not None:
        return
    text = words.text if words.text.strip() else ""
    activity.readers = words.readers if words.are_shared else Readers.ONLY_ME
    activity.what = text if words.are_shared else ""
    activity.sealed = sealer.seal(text) if text and not words.are_shared else None


def name_readers(activity: Activity, words: Words) -> None:
    """Names those who may read it, and nobody else."""
    named = words.named if words.are_shared and words.readers == Readers.PEOPLE else ()
    activity.named_readers.set(named)


def text_of(activity: Activity, opener: Sealer) -> str:
    """What stands in an entry, "" where nothing does, LOST where its key is gone. `opener` is its writer's."""
    if activity.readers != Readers.ONLY_ME:
        return activity.what
    if activity.sealed is None:
        return ""
    try:
        return opener.open(activity.sealed)
    except CannotBeRead:
        return LOST


def with_words(activities: Iterable[Activity], person: Person) -> list[tuple[Activity, str]]:
    """Entries of one person's own, each with its text: one key for all of them."""
    opener = Sealer(person)
    return [(activity, text_of(activity, opener)) for activity in activities]
