"""What the pages of packs say that their records do not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from embedded.jobs.models import Job, JobState
from guidance.choices import Audience
from guidance.models import Pack
from guidance.packs.forms import ChooseForm, place_of
from guidance.packs.parts import Part
from guidance.packs.sections import pages_of, pieces
from guidance.present import size

ZIP_NOTE: Final = "the PDF of each document, and what you fill in as Word and Excel files"


@dataclass(frozen=True)
class Line:
    """A document in a pack. `newer` is the version that has come out since, and `parts` the titles chosen of it."""

    slug: str
    title: str
    summary: str
    version: str
    parts: tuple[str, ...]
    newer: str


@dataclass(frozen=True)
class Tick:
    """One box to tick."""

    id: str
    value: str
    title: str
    ticked: bool


@dataclass(frozen=True)
class Choice:
    """A document to choose, whole or in parts."""

    tick: Tick
    slug: str
    audience: str
    summary: str
    pages: int
    parts: tuple[Tick, ...]
    place: Any

    @property
    def is_open(self) -> bool:
        """Whether its parts are shown from the beginning."""
        return any(one.ticked for one in self.parts)

    @property
    def is_touched(self) -> bool:
        """Whether anything of it is ticked or numbered."""
        return self.tick.ticked or self.is_open or bool(self.place.value() or self.place.errors)


@dataclass(frozen=True)
class ChoiceShelf:
    """The documents to choose from that are written for the same people. Case sheets are folded away: there are many,
    and few want more than one; `is_open` where one is taken already."""

    title: str
    anchor: str
    choices: tuple[Choice, ...]
    is_folded: bool

    @property
    def is_open(self) -> bool:
        return any(one.is_touched for one in self.choices)


def lines(parts: Sequence[Part], newest: Sequence[Part] = ()) -> tuple[Line, ...]:
    """The documents of a pack, in order."""
    today = {part.edition.document.slug: part.edition for part in newest}
    return tuple(_line(part, today.get(part.edition.document.slug)) for part in parts)


def _line(part: Part, newest: Any) -> Line:
    edition = part.edition
    titles = {piece.anchor: piece.title for piece in pieces(edition)}
    return Line(
        slug=edition.document.slug,
        title=edition.title,
        summary=edition.summary,
        version=edition.version,
        parts=tuple(titles.get(anchor, anchor) for anchor in part.sections),
        newer=newest.version if newest and newest.pk != edition.pk else "",
    )


def choice_shelves(form: ChooseForm) -> tuple[ChoiceShelf, ...]:
    """The form's documents, shelf by shelf."""
    by_audience = groupby(choices(form), key=lambda one: one.audience)
    return tuple(
        ChoiceShelf(
            Audience(audience).label,
            audience.replace("_", "-"),
            tuple(those),
            is_folded=audience == Audience.CASE_STUDY,
        )
        for audience, those in by_audience
    )


def choices(form: ChooseForm) -> tuple[Choice, ...]:
    """The form's documents with their parts, as they are ticked now."""
    whole, some = set(form["document"].value() or ()), set(form["section"].value() or ())
    numbers = {value: number for number, (value, _) in enumerate(form.fields["section"].choices, 1)}  # type: ignore[attr-defined]
    found = []
    for number, (slug, edition) in enumerate(form.editions.items(), 1):
        own = "id_document" if number == 1 else f"id_document-{number}"
        values = [(f"{slug}#{piece.anchor}", piece.title) for piece in form.parts[slug]]
        parts = tuple(
            Tick(f"id_part-{numbers[value]}", value, title, value in some) for value, title in values
        )
        tick = Tick(own, slug, edition.title, slug in whole)
        audience = edition.document.audience
        found.append(
            Choice(tick, slug, audience, edition.summary, pages_of(edition), parts, form[place_of(slug)])
        )
    return tuple(found)


def progress_words(job: Job | None) -> str:
    """Where the making is, in a sentence."""
    if job is None or job.state == JobState.WAITING:
        again = " The first try was interrupted; it begins again by itself." if job and job.tries else ""
        return f"It is waiting its turn.{again}"
    if not job.step:
        return "It has just begun."
    return f"Step {job.done_units} of {job.of_units}: {job.step[:1].lower()}{job.step[1:]}."


def pdf_words(pack: Pack) -> str:
    """What follows the link, so that nobody is surprised by it: "PDF, 60 pages, 1.2 MB"."""
    pages = f"{pack.pages} page{'' if pack.pages == 1 else 's'}"
    return f"PDF, {pages}, {size(pack.pdf.size)}" if pack.pdf else "PDF"


def zip_words(pack: Pack) -> str:
    return f"ZIP, {size(pack.bundle.size)}" if pack.bundle else "ZIP"
