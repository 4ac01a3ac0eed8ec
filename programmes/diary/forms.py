"""The forms of the diary: what is written, what is shared and with whom, what is said to it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError

from embedded.accounts.models import Person
from embedded.nhsuk.forms import (
    CheckboxesField,
    DateField,
    NhsForm,
    RadioField,
    SelectField,
    TextAreaField,
    TextField,
    TickField,
)
from embedded.nhsuk.words import month as month_words
from programmes.entries.words import Words
from programmes.models import Readers

MOST_WRITTEN = 20_000  # letters
MOST_SAID = 2_000
PARTED = re.compile(r"\n\s*\n")


class DiaryForm(NhsForm):
    """A text and its day. Not a word more is asked."""

    text = TextAreaField(
        "Only you can read this",
        rows=6,
        max_length=MOST_WRITTEN,
        missing="Enter what you want to write",
        called="what you write",
    )
    on = DateField("Day", called="the day")

    def __init__(self, *args: Any, today: datetime.date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.today = today

    def clean_on(self) -> datetime.date:
        on: datetime.date = self.cleaned_data["on"]
        if on > self.today:
            raise ValidationError("The day must be today or in the past", code="future")
        return on


class FindForm(NhsForm):
    """Words to look for. They are sent, never put into an address: addresses are written down by servers."""

    words = TextField("Words to look for", max_length=200, missing="Enter a word to look for")


class ShareForm(NhsForm):
    """Which part of a text, and for whom. There is no "only me": that is what it is already."""

    parts = CheckboxesField("Which part do you share?", missing="Select the part that you share")
    readers = RadioField("Who can read it?", missing="Select who can read it", small=True)
    named = CheckboxesField("Who do you name?", hint="Only for “People I name”", required=False, small=True)

    def __init__(
        self,
        *args: Any,
        text: str,
        supervisors: Iterable[Person],
        everyone: Iterable[Person],
        **options: Any,
    ) -> None:
        self.paragraphs = paragraphs_of(text)
        if len(self.paragraphs) == 1:
            options["initial"] = {"parts": ["1"]}
        super().__init__(*args, **options)
        self.people = {str(person.pk): person for person in everyone}
        self.offer("parts", [(str(number), one) for number, one in enumerate(self.paragraphs, 1)])
        choices = [(f"person-{person.pk}", f"{person}, academic supervisor") for person in supervisors]
        choices.append((Readers.PEOPLE.value, "People I name"))
        choices.append((Readers.RESIDENCY.value, f"Everyone in the residency ({len(self.people)})"))
        self.offer("readers", choices, {Readers.RESIDENCY.value: ", ".join(map(str, self.people.values()))})
        self.offer("named", [(pk, str(person)) for pk, person in self.people.items()])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("readers") == Readers.PEOPLE and not cleaned.get("named"):
            self.add_error("named", "Select who can read it")
        return cleaned

    @property
    def words(self) -> Words:
        """What was chosen, and for whom; call it after is_valid()."""
        typed = self.cleaned_data
        text = "\n\n".join(self.paragraphs[int(number) - 1] for number in sorted(typed["parts"], key=int))
        readers = typed["readers"]
        if readers.startswith("person-"):
            return Words(text, Readers.PEOPLE, [self.people[readers.removeprefix("person-")]])
        named = [self.people[pk] for pk in typed["named"]] if readers == Readers.PEOPLE else []
        return Words(text, readers, named)

    @property
    def people_told(self) -> list[Person]:
        """Everybody who could read it, by name."""
        words = self.words
        return list(words.named) if words.readers == Readers.PEOPLE else list(self.people.values())

    @property
    def chosen(self) -> list[tuple[str, str]]:
        """What was chosen, as the page that asks once more sends it on."""
        typed = self.cleaned_data
        several = [(name, value) for name in ("parts", "named") for value in typed[name]]
        return [*several, ("readers", typed["readers"])]


class CommentForm(NhsForm):
    """What a reader says. It stays as it was said, as what it is said to does."""

    text = TextAreaField(
        "Your comment",
        rows=4,
        max_length=MOST_SAID,
        missing="Enter your comment",
        called="your comment",
        hint="It stands under your name and cannot be changed afterwards",
    )


class MonthCommentForm(CommentForm):
    """The same, to a month that is over."""

    month = SelectField("Which month?", called="the month")
    field_order = ["month", "text"]

    def __init__(self, *args: Any, months: Iterable[datetime.date], **options: Any) -> None:
        super().__init__(*args, **options)
        self.offer("month", [(one.isoformat(), month_words(one)) for one in months])


class EraseForm(NhsForm):
    """One tick, so that nobody erases by a slip."""

    kept = TickField(
        "I have kept what I want to keep",
        missing="Confirm that you have kept what you want to keep, or go back",
    )


class PressForm(NhsForm):
    """Asks nothing: the press is the answer."""


def paragraphs_of(text: str) -> list[str]:
    """The text parted where a line is left empty."""
    return [part.strip() for part in PARTED.split(text.replace("\r\n", "\n")) if part.strip()]
