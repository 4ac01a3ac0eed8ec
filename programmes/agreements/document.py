"""The working agreement as a document: the same words for the web page, the PDF and Word, and what a newer version
changes."""

from __future__ import annotations

import datetime
import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from embedded.nhsuk.words import day, start_high
from programmes.models import Residency, WorkingAgreement, WorkingAgreementPerson

PARTS: Final = {
    "supervision": "Supervision on both sides",
    "days_and_places": "Days and places",
    "asking": "How work is asked for, and refused",
    "bad_news": "How bad news is told",
    "publishing": "Before something is published",
    "no_go": "What is left alone",
    "ending": "How it ends",
}
NOT_A_CONTRACT: Final = (
    "This is not a contract. It says in plain words how we mean to work together. It gives nobody rights in law and "
    "changes no contract of employment and no agreement between organisations. Where it differs from one, that one "
    "stands."
)
TIMESHEET: Final = "The log is not a timesheet"
LOG_WORDS: Final = (
    "The log says what the time went into, by kind. It is kept for learning and for telling what the work came to.",
    "The host and the programme see whole months that are over, kinds and totals, and nothing finer. What is not in "
    "the log is not time that was not worked.",
    "Nobody is judged, paid or checked by it, and nobody asks for a fuller one.",
)
NOTHING_SAID: Final = "We have agreed nothing about this."


@dataclass(frozen=True)
class Block:
    """A paragraph, or a list when `is_list`."""

    lines: tuple[str, ...]
    is_list: bool = False


@dataclass(frozen=True)
class Section:
    heading: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Document:
    """Everything that is read; `edition` says which version of which day."""

    title: str
    about: str
    edition: str
    opening: str
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    people: tuple[tuple[str, str, str], ...]

    def lines(self) -> list[str]:
        """All that is said, one text after another, however it is set."""
        found = [self.title, self.about, self.edition, self.opening]
        found += [text for fact in self.facts for text in fact]
        for section in self.sections:
            found.append(section.heading)
            found += [line for block in section.blocks for line in block.lines]
        return found + [text for person in self.people for text in person if text]


@dataclass(frozen=True)
class Change:
    """What a newer version says otherwise under one heading."""

    heading: str
    gone: tuple[str, ...]
    new: tuple[str, ...]


def document_of(agreement: WorkingAgreement, people: Sequence[WorkingAgreementPerson]) -> Document:
    """The whole document. Of a draft the facts are those of today, afterwards those that people were asked with."""
    facts = agreement.facts if agreement.asked_at else facts_of(agreement.residency)
    return Document(
        title="Working agreement",
        about=f"{agreement.residency.code} {agreement.residency.title}" if not facts else str(facts[0][1]),
        edition=_edition(agreement),
        opening=NOT_A_CONTRACT,
        facts=tuple((str(label), str(text)) for label, text in facts[1:]),
        sections=tuple(_sections(agreement)),
        people=tuple((one.name, one.part, _agreed(agreement, one)) for one in people),
    )


def _agreed(agreement: WorkingAgreement, one: WorkingAgreementPerson) -> str:
    if agreement.asked_at is None:
        return "Not asked yet"
    return (
        f"Agreed {day(one.agreed_at)}, {one.get_agreed_how_display().lower()}" if one.agreed_at else "Not yet"
    )


def _edition(agreement: WorkingAgreement) -> str:
    if agreement.asked_at is None:
        return f"Version {agreement.number}, draft"
    return f"Version {agreement.number}, {day(agreement.asked_at)}"


def _sections(agreement: WorkingAgreement) -> list[Section]:
    written = [
        Section(heading, blocks_of(getattr(agreement, name)) or (Block((NOTHING_SAID,)),))
        for name, heading in PARTS.items()
    ]
    return [*written, Section(TIMESHEET, tuple(Block((line,)) for line in LOG_WORDS))]


def blocks_of(text: str) -> tuple[Block, ...]:
    """Typed text in paragraphs; lines that begin with a dash are a list."""
    found: list[Block] = []
    for line in (one.strip() for one in text.splitlines()):
        if not line:
            continue
        listed = line.startswith(("- ", "– ", "• ", "* "))
        words = line[2:].strip() if listed else line
        if listed and found and found[-1].is_list:
            found[-1] = Block((*found[-1].lines, words), True)
        elif words:
            found.append(Block((words,), listed))
    return tuple(found)


def facts_of(residency: Residency) -> list[tuple[str, str]]:
    """What is known of it today, its name first; what is not known is left out."""
    word = residency.programme.researcher_word
    posts = [
        f"{one.person}, {one.wte.normalize():f} of full time, from {day(one.start)}"
        + (f" to {day(one.end)}" if one.end else "")
        for one in residency.placements.all()
    ]
    found = [
        ("", f"{residency.code} {residency.title}"),
        ("Host", "; ".join(one.display_name for one in residency.hosts)),
        ("Academic home", "; ".join(one.display_name for one in residency.academic_homes)),
        (start_high(word), "; ".join(posts) or residency.researcher_name),
        ("Host manager", residency.host_manager_name),
        ("Supervisor at the host", residency.host_supervisor_name),
        ("Academic supervisor", residency.academic_supervisors),
        ("Dates", _span(residency.started_on or residency.planned_start, residency.end)),
    ]
    return [(label, text) for label, text in found if text]


def _span(start: datetime.date | None, end: datetime.date | None) -> str:
    if start and end:
        return f"{day(start)} to {day(end)}"
    return f"From {day(start)}" if start else (f"Until {day(end)}" if end else "")


def changes(older: WorkingAgreement | None, newer: WorkingAgreement) -> list[Change]:
    """Heading by heading what went and what came, line by line; nothing for the first version."""
    if older is None:
        return []
    before, after = document_of(older, ()), document_of(newer, ())
    pairs = [("Facts", [f"{a}: {b}" for a, b in before.facts], [f"{a}: {b}" for a, b in after.facts])]
    for old, new in zip(before.sections, after.sections, strict=True):
        pairs.append((new.heading, _lines(old), _lines(new)))
    return [found for heading, old, new in pairs if (found := _change(heading, old, new))]


def _lines(section: Section) -> list[str]:
    return [line for block in section.blocks for line in block.lines]


def _change(heading: str, old: list[str], new: list[str]) -> Change | None:
    gone: list[str] = []
    came: list[str] = []
    for kind, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            gone += old[a:b]
            came += new[c:d]
    return Change(heading, tuple(gone), tuple(came)) if gone or came else None
