"""An organisation as a result of a search, with all that a page shows of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from programmes.models import OrganisationKind
from programmes.registers.index import Index, Known


@dataclass(frozen=True)
class Successor:
    """An organisation that took over from a closed one."""

    pk: int
    scheme: str
    code: str
    display_name: str


@dataclass(frozen=True)
class Found:
    """One result, with all that a page shows of it.

    `why`: "also known as Addenbrooke's", empty where the name itself matches. `closed_note`: a sentence about
    a closed organisation and who took over, else empty. `reference`: "ods:RJ1", what a form sends.
    """

    pk: int
    scheme: str
    code: str
    display_name: str
    kind: str
    kind_label: str
    town: str
    postcode: str
    why: str
    closed_note: str
    successor: Successor | None
    is_made_up: bool

    @property
    def reference(self) -> str:
        return f"{self.scheme}:{self.code}"

    @property
    def place(self) -> str:
        """Town and postcode, as far as they are known."""
        return ", ".join(part for part in (self.town, self.postcode) if part)

    @property
    def note(self) -> str:
        """One line below the name: code or kind, place, why it was found, whether it is closed."""
        code = f"{self.kind_label}, code {self.code}" if self.scheme != "own" else self.kind_label
        made_up = "made up for the demonstration" if self.is_made_up else ""
        parts = [code, self.place, made_up, self.why, self.closed_note]
        return ". ".join(_start_high(part) for part in parts if part)


def found(known: Known, index: Index, why: str = "") -> Found:
    after = [_successor(index.organisations[pk]) for pk in known.successors]
    return Found(
        pk=known.pk,
        scheme=known.scheme,
        code=known.code,
        display_name=known.display_name,
        kind=known.kind,
        kind_label=str(OrganisationKind(known.kind).label),
        town=known.town,
        postcode=known.postcode,
        why=why,
        closed_note=closed_note(known.closed, [one.display_name for one in after]),
        successor=after[0] if after else None,
        is_made_up=known.is_made_up,
    )


def _successor(known: Known) -> Successor:
    return Successor(known.pk, known.scheme, known.code, known.display_name)


def closed_note(closed: date | None, successors: list[str]) -> str:
    """A line like `closed on 30 September 2024, now X and Y`, or nothing for a live one."""
    if closed is None:
        return ""
    now = f", now {' and '.join(successors)}" if successors else ""
    return f"closed on {closed.day} {closed:%B %Y}{now}"


def _start_high(text: str) -> str:
    return text[:1].upper() + text[1:]
