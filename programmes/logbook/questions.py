"""Questions of the log that are read in a way of their own: how long it took, what was done, who reads it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError

from embedded.accounts.models import Person
from embedded.nhsuk.forms import RadioField, TextAreaField, TextField
from programmes.entries.days import MOST_A_DAY
from programmes.entries.durations import DAY, HALF_DAY, NotADuration, half_days, minutes_of
from programmes.models import Readers


class DurationField(TextField):
    """How long it took, in words or figures; gives whole minutes."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return ""
        try:
            minutes = minutes_of(text)
        except NotADuration as wrong:
            raise ValidationError(str(wrong), code="invalid") from None
        if not 1 <= minutes <= MOST_A_DAY:
            raise ValidationError("How long it took must be between 1 minute and 16 hours", code="range")
        return str(minutes)


class WordsField(TextAreaField):
    """What was done. It need not be said, and the question is too short to say so every time."""

    marks_optional = False


def reader_choices(supervisors: Iterable[Person], everyone: Iterable[Person]) -> list[tuple[str, str]]:
    """Readers by name (users.md decision 7): only me, each academic supervisor, people named, everyone."""
    choices = [(Readers.ONLY_ME.value, "Only me")]
    choices += [(f"person-{person.pk}", f"{person}, academic supervisor") for person in supervisors]
    if everyone := list(everyone):
        choices += [
            (Readers.PEOPLE.value, "People I name"),
            (Readers.RESIDENCY.value, f"Everyone in the residency ({len(everyone)})"),
        ]
    return choices


def reader_hints(everyone: Iterable[Person]) -> dict[str, str]:
    return {
        Readers.ONLY_ME.value: "Encrypted with a key of your own. No page shows it to others, not even your lead.",
        Readers.RESIDENCY.value: ", ".join(str(person) for person in everyone),
    }


def half_days_asked(shown: Any) -> RadioField:
    """The question of how long where a programme knows half-days alone; an entry of more keeps what it has."""
    lengths = [(str(HALF_DAY), "Half a day"), (str(DAY), "A day")]
    halves = half_days(int(shown)) if str(shown).isdecimal() else 0
    if halves > len(lengths):
        lengths.append((str(halves * HALF_DAY), f"{halves / 2:g} days"))
    asked = RadioField("How long did it take?", lengths, called="how long it took", small=True)
    asked.choices = lengths
    return asked
