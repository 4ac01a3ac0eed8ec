"""The form that puts a pack together: documents and parts to tick, and a number where the order matters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from embedded.nhsuk.forms import CheckboxesField, NhsForm, NumberField
from guidance.models import Edition
from guidance.packs.limits import too_large
from guidance.packs.parts import Part
from guidance.packs.sections import pieces

NOTHING: Final = "Select at least one document or part of one"


class PressForm(NhsForm):
    """A press alone."""


class ChooseForm(NhsForm):
    """`document` takes slugs, `section` takes "slug#anchor", and `place-<slug>` a number: lower ones come first,
    documents without one follow in the order of the library. `chosen` is what came of it."""

    document = CheckboxesField("Documents", required=False, missing=NOTHING)
    section = CheckboxesField("Parts of documents", required=False, missing=NOTHING)

    def __init__(self, *args: Any, editions: Sequence[Edition], **options: Any) -> None:
        super().__init__(*args, **options)
        self.editions = {edition.document.slug: edition for edition in editions}
        self.parts = {slug: pieces(edition) for slug, edition in self.editions.items()}
        self.chosen: list[Part] = []
        self.offer("document", [(slug, edition.title) for slug, edition in self.editions.items()])
        named = [
            (f"{slug}#{piece.anchor}", piece.title) for slug, those in self.parts.items() for piece in those
        ]
        self.offer("section", named)
        for slug, edition in self.editions.items():
            called = f"the order number of “{edition.title}”"
            self.fields[place_of(slug)] = NumberField(
                "Order (1 comes first)", called=called, required=False, at_least=1, at_most=99, width=2
            )

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if self.errors:
            return typed
        self.chosen = self._chosen(typed)
        wrong = too_large(self.chosen) if self.chosen else NOTHING
        if wrong:
            self.add_error("document", wrong)
        return typed

    def _chosen(self, typed: dict[str, Any]) -> list[Part]:
        """A document that is ticked goes in whole, whatever parts of it are ticked too."""
        whole, some = set(typed.get("document") or ()), set(typed.get("section") or ())
        found: list[tuple[int, Part]] = []
        for slug, edition in self.editions.items():
            sections = tuple(one.anchor for one in self.parts[slug] if f"{slug}#{one.anchor}" in some)
            if slug in whole or sections:
                place = typed.get(place_of(slug)) or 100
                everything = slug in whole or len(sections) == len(self.parts[slug])
                found.append((place, Part(edition, () if everything else sections)))
        return [part for _, part in sorted(found, key=lambda one: one[0])]


def place_of(slug: str) -> str:
    """The name of the box for a document's place."""
    return f"place-{slug}"


def chosen_before(parts: Sequence[Part]) -> dict[str, Any]:
    """What the form is to show where a pack is changed: its parts, with their places."""
    shown: dict[str, Any] = {"document": [], "section": []}
    for place, part in enumerate(parts, 1):
        slug = part.edition.document.slug
        shown[place_of(slug)] = place
        if part.sections:
            shown["section"] += [f"{slug}#{anchor}" for anchor in part.sections]
        else:
            shown["document"].append(slug)
    return shown
