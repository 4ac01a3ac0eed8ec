"""The forms of the desk: the text of an edition with its sources, how large a change it is, reasons, reviews."""

from __future__ import annotations

import datetime
from typing import Any, Final

from django.utils import timezone

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
from guidance.catalogue import KEY
from guidance.choices import Moment, Reader, Topic
from guidance.desk.models import Revision
from guidance.desk.words import Notes, Words
from guidance.models import Edition, Review

LONGEST_BODY: Final = 120_000
MOST_SOURCES: Final = 60
SPARE: Final = 2  # empty rows under the sources that there are


def two_years_on() -> datetime.date:
    """The latest review date."""
    return timezone.localdate() + datetime.timedelta(days=731)


class WordsForm(NhsForm):
    """Title, text and sources. Saving asks for little: what is not right yet is said before publishing. `rows` sources
    are shown; an empty row is none."""

    title = TextField("Title", max_length=160, called="the title")
    summary = TextAreaField(
        "Summary",
        hint="One sentence: what it is and whom it helps",
        called="the summary",
        max_length=400,
        rows=2,
    )
    body = TextAreaField("Text", rows=30, max_length=LONGEST_BODY, called="the text")
    changelog = TextAreaField(
        "What changed",
        hint="For somebody who has read the edition before, in a sentence or two",
        called="what changed",
        max_length=600,
        rows=2,
        required=False,
    )
    next_review = DateField(
        "Next review by", hint="At most two years from now", called="the next review", latest=two_years_on
    )

    readers = CheckboxesField("Who is it for?", Reader.choices, small=True, called="at least one reader")
    moments = CheckboxesField(
        "When does it help?",
        Moment.choices,
        small=True,
        hint="None, if it helps at any time",
        called="a moment",
        required=False,
    )
    topics = CheckboxesField("What is it about?", Topic.choices, small=True, called="at least one topic")

    def __init__(self, *args: Any, rows: int, **options: Any) -> None:
        super().__init__(*args, **options)
        self.rows = max(1, min(rows, MOST_SOURCES))
        for number in range(1, self.rows + 1):
            self.fields[f"key_{number}"] = TextField(
                f"Key of source {number}", width=10, max_length=30, required=False, spellcheck=False
            )
            self.fields[f"text_{number}"] = TextAreaField(
                f"Text of source {number}", max_length=1000, rows=2, required=False
            )
            self.fields[f"url_{number}"] = TextField(
                f"Web address of source {number}", max_length=2000, required=False, spellcheck=False
            )
        for field in self.fields.values():
            field.marks_optional = False  # type: ignore[attr-defined]

    @property
    def sources(self) -> list[tuple[Any, Any, Any]]:
        """The boxes of each row: key, text, web address."""
        numbers = range(1, self.rows + 1)
        return [(self[f"key_{one}"], self[f"text_{one}"], self[f"url_{one}"]) for one in numbers]

    def clean(self) -> None:
        """Each row has a key of its own and a text."""
        seen: set[str] = set()
        for number in range(1, self.rows + 1):
            key, text, url = (
                self.cleaned_data.get(f"{name}_{number}") or "" for name in ("key", "text", "url")
            )
            if not (key or text or url):
                continue
            if not KEY.fullmatch(key):
                self.add_error(
                    f"key_{number}",
                    f"Enter a key for source {number} in capitals, digits and hyphens, like SMITH23",
                )
            elif key in seen:
                self.add_error(f"key_{number}", f"Enter another key for source {number}: {key} is taken")
            if not text:
                self.add_error(f"text_{number}", f"Enter the text of source {number}")
            if url and not url.startswith(("https://", "http://")):
                self.add_error(
                    f"url_{number}", f"Enter a web address for source {number} that begins with https://"
                )
            seen.add(key)

    def words(self) -> Words:
        """What was typed, after is_valid()."""
        typed = self.cleaned_data
        return Words(
            title=typed["title"],
            summary=_one_line(typed["summary"]),
            body=f"{typed['body'].strip()}\n",
            notes=self._notes(),
            changelog=typed["changelog"],
            next_review=typed["next_review"],
            readers=tuple(typed["readers"]),
            moments=tuple(typed["moments"]),
            topics=tuple(typed["topics"]),
        )

    def _notes(self) -> Notes:
        found = {}
        for number in range(1, self.rows + 1):
            key, text, url = (self.cleaned_data[f"{name}_{number}"] for name in ("key", "text", "url"))
            if key:
                found[key] = {"text": _one_line(text), "url": url}
        return found


def _one_line(text: str) -> str:
    """Without the line breaks that a large box lets in."""
    return " ".join(text.split())


def saved_words(words: Words) -> dict[str, Any]:
    """What the form shows first."""
    shown: dict[str, Any] = {
        "title": words.title,
        "summary": words.summary,
        "body": words.body,
        "changelog": words.changelog,
        "next_review": words.next_review,
        "readers": words.readers,
        "moments": words.moments,
        "topics": words.topics,
    }
    for number, (key, note) in enumerate(words.notes.items(), start=1):
        shown |= {f"key_{number}": key, f"text_{number}": note["text"], f"url_{number}": note.get("url", "")}
    return shown


class KindForm(NhsForm):
    """How large the change is, in words; from it comes the number of the edition."""

    kind = RadioField("How large is the change?", called="how large the change is")

    def __init__(self, *args: Any, numbers: dict[str, str], alone: bool, **options: Any) -> None:
        """`numbers`: the version that each kind would have; `alone`: whether it may be published without approval."""
        super().__init__(*args, **options)
        hints = {
            Revision.Kind.CORRECTION: "Spelling, a broken link, a clearer word. Published at once, by you alone",
            Revision.Kind.EDITION: "Something new or put right. Another editor approves it",
            Revision.Kind.REWRITTEN: "Most of it is different. Another editor approves it",
        }
        kinds = [kind for kind in Revision.Kind if alone or kind is not Revision.Kind.CORRECTION]
        self.offer("kind", [(kind.value, f"{kind.label}: version {numbers[kind]}") for kind in kinds], hints)


class ReasonForm(NhsForm):
    """One reason, under the question that the page asks."""

    def __init__(
        self, *args: Any, label: str = "", hint: str = "", called: str = "the reason", **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.fields["because"] = TextAreaField(label, hint=hint, rows=4, max_length=600, called=called)


class ReviewForm(NhsForm):
    """Somebody real read an edition."""

    edition = SelectField("Which edition did they read?", called="the edition that they read")
    reader = RadioField("Who read it?", called="who read it")
    on = DateField("When?", called="the date", earliest=datetime.date(2020, 1, 1), latest=timezone.localdate)
    name = TextField(
        "Their name",
        hint="Only if they agreed to be named. Leave it empty otherwise",
        called="their name",
        max_length=120,
        required=False,
    )
    agreed = TickField("They agreed to be named on the page and in the PDF", required=False)

    def __init__(self, *args: Any, editions: list[Edition], **options: Any) -> None:
        super().__init__(*args, **options)
        self.editions = {str(one.pk): one for one in editions}
        self.offer("edition", [(key, f"Version {one.version}") for key, one in self.editions.items()])
        self.offer("reader", [(reader.value, reader.unnamed) for reader in Review.Reader])

    def clean(self) -> None:
        typed = self.cleaned_data
        if typed.get("name") and not typed.get("agreed"):
            self.add_error("agreed", "Confirm that they agreed to be named, or leave the name empty")
        edition = self.editions.get(str(typed.get("edition")))
        if edition and typed.get("on") and typed["on"] < edition.published_on:
            self.add_error(
                "on", "Date must be the same as or after the day on which the edition was published"
            )
