"""What the desk's pages say that its records do not."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import TextChoices

from embedded.accounts.models import Person
from embedded.nhsuk.words import day
from guidance.choices import Moment, Reader, Topic
from guidance.desk.actions import is_own, next_number
from guidance.desk.corrections import too_much
from guidance.desk.differing import Difference, difference
from guidance.desk.editors import editors
from guidance.desk.models import Revision
from guidance.desk.reading import Lying, last_number
from guidance.desk.words import Words, sources_as_text, words_of
from guidance.models import Edition


@dataclass(frozen=True)
class Part:
    """One part of a document that was compared, such as its title."""

    name: str
    difference: Difference


@dataclass(frozen=True)
class Comparison:
    """What was changed between two states of a document, part by part; what stayed is left out."""

    parts: tuple[Part, ...]
    added: int
    removed: int


@dataclass(frozen=True)
class Row:
    """A document on the desk: what is to be done about it, in sentences."""

    slug: str
    title: str
    version: str
    to_do: tuple[str, ...]


@dataclass(frozen=True)
class Standing:
    """Where a revision stands, for one reader."""

    words: str
    may_approve: bool
    waits: bool


def comparison(before: Words, after: Words) -> Comparison:
    """Of everything that readers see."""
    pairs: dict[str, tuple[str, ...]] = {
        "Title": (before.title, after.title),
        "Summary": (before.summary, after.summary),
        "Text": (before.body, after.body),
        "Sources": (sources_as_text(before.notes), sources_as_text(after.notes)),
        "Next review": (day(before.next_review), day(after.next_review)),
        "Who it is for": tuple(_labels(Reader, one.readers) for one in (before, after)),
        "When it helps": tuple(_labels(Moment, one.moments) for one in (before, after)),
        "What it is about": tuple(_labels(Topic, one.topics) for one in (before, after)),
    }
    found = [Part(name, difference(*pair)) for name, pair in pairs.items()]
    parts = tuple(part for part in found if part.difference)
    return Comparison(
        parts,
        sum(part.difference.added for part in parts),
        sum(part.difference.removed for part in parts),
    )


def _labels(choices: type[TextChoices], values: Iterable[str]) -> str:
    """In the order of the list, a line each."""
    return "\n".join(label for value, label in choices.choices if value in values)


def between(before: Edition, after: Edition) -> Comparison:
    """Of two editions of one document; the review date is the document's and tells nothing here."""
    return comparison(words_of(before), words_of(after))


def row(lying: Lying, today: datetime.date) -> Row:
    return Row(lying.document.slug, lying.document.title, lying.newest.version, tuple(_to_do(lying)))


def _to_do(lying: Lying) -> list[str]:
    found = []
    if lying.revision:
        found.append(standing_words(lying.revision))
    if lying.shipped:
        found.append(f"Version {lying.shipped.version} came with the product: use it or not")
    if lying.broken:
        number = len(lying.broken)
        found.append(f"{number} broken link{'' if number == 1 else 's'}")
    if lying.is_past:
        found.append(f"Past its review date, {day(lying.document.next_review)}")
    elif lying.is_due:
        found.append(f"To be reviewed by {day(lying.document.next_review)}")
    return found


def standing_words(revision: Revision) -> str:
    """In one sentence."""
    if revision.asked_by and revision.asked_at:
        return f"Waits for approval: {revision.asked_by} asked on {day(revision.asked_at)}"
    if revision.returned_by and revision.returned_at:
        return f"Sent back by {revision.returned_by} on {day(revision.returned_at)}"
    return f"Being written: last saved by {revision.changed_by} on {day(revision.changed_at)}"


def standing(revision: Revision, person: Person) -> Standing:
    waits = revision.state == Revision.State.ASKED
    return Standing(standing_words(revision), waits and not is_own(revision, person), waits)


def who_approves(revision: Revision, asker: Person | None = None) -> str:
    """Who is left to approve it, in sentences: when several have it as their own, or when nobody is left. Else empty.
    `asker`: whoever is about to ask, who counts as one of them."""
    own = {one.pk: one for one in (*revision.writers.all(), revision.asked_by, asker) if one}
    left = [one.display_name for one in editors() if one.pk not in own]
    if len(own) < 2 and left:
        return ""
    names = " and ".join(sorted(one.display_name for one in own.values()))
    which = {1: "second", 2: "third"}.get(len(own), "further")
    who = f"{names} wrote in this edition or asked for its approval, so a {which} editor has to approve it"
    if left:
        return f"{who}: {' or '.join(left)}."
    return (
        f"{who}. There is no {which} editor yet. Ask whoever runs this service to name one: "
        "the command is “manage.py library_editor” with the person’s e-mail address."
    )


def numbers(revision: Revision, newest: Edition) -> dict[str, str]:
    """The version that each kind of change would have."""
    last = last_number(newest)
    found = {kind: next_number(last, kind) for kind in Revision.Kind}
    if revision.shipped:
        found = {kind: max(number, revision.shipped.number) for kind, number in found.items()}
    return {kind: ".".join(map(str, number)) for kind, number in found.items()}


def not_alone(revision: Revision) -> tuple[str, ...]:
    """Why somebody else has to approve it; empty for a small correction."""
    return too_much(words_of(revision.base), words_of(revision))
