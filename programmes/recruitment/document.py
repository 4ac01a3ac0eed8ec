"""What a job description says, part by part: the page, the PDF and the Word file all print this and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from embedded.nhsuk.words import day
from programmes.models import JobDescription, PostVariant
from programmes.recruitment.content import ASSESSED, GROUPS, HEADINGS, Content, Criterion, lines_of

PROPOSED: Final = "proposed, subject to job evaluation"
NOTHING: Final = "Nothing entered yet."


@dataclass(frozen=True)
class Paragraph:
    words: str


@dataclass(frozen=True)
class Lines:
    """A list; `start` is the number of its first line, 0 for a list without numbers."""

    lines: tuple[str, ...]
    start: int = 0


@dataclass(frozen=True)
class Table:
    """The first cell of each row heads it."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Part = Paragraph | Lines | Table


@dataclass(frozen=True)
class Section:
    """A heading of level 2 or 3 and what stands under it."""

    heading: str
    parts: tuple[Part, ...] = ()
    level: int = 2


@dataclass(frozen=True)
class Document:
    """`standing` says which version it is and who approved it, if anybody did."""

    title: str
    kicker: str
    standing: str
    sections: tuple[Section, ...]


def document_of(description: JobDescription) -> Document:
    """The whole document of a version that was written here."""
    content = Content.from_json(description.content)
    return Document(
        title=content.texts.get("title", "") or "Job description",
        kicker="Job description and person specification",
        standing=standing(description),
        sections=(
            Section("Post details", (_details(description, content),)),
            Section("Job purpose", _paragraphs(content, "purpose")),
            *_about(content),
            Section("Who the post answers to", (_answers_to(content),)),
            Section("Key relationships", _list(content, "relationships")),
            Section("Main duties", (Paragraph("The person specification names these duties by number."),)),
            *_duties(content),
            Section("What this post is not", _list(content, "scope")),
            Section("Support you will have", _list(content, "support")),
            Section("What the work is like", _list(content, "conditions")),
            Section("Checks before you start", _list(content, "checks")),
            Section("General responsibilities", _list(content, "general")),
            Section("Person specification", (Paragraph(_HOW_TO_READ),)),
            *_specification(content),
        ),
    )


_HOW_TO_READ: Final = (
    "Skills with people count as much as research skills. What you have done counts more than how long it took, and "
    "experience outside paid work counts too."
)


def standing(description: JobDescription) -> str:
    """ "Version 2, approved on 3 May 2026 by Amara Osei" or "Version 3, a draft of 4 May 2026"."""
    if description.approved_at is not None:
        on = day(description.approved_at)
        return f"Version {description.number}, approved on {on} by {description.approved_by}"
    return f"Version {description.number}, a draft of {day(description.changed_at)}"


def grade_words(variant: str, grade: str) -> str:
    """A band is never printed as decided: a panel matches it (domain.md §5.4)."""
    if variant != PostVariant.NHS or PROPOSED in grade.lower():
        return grade
    return f"{grade} ({PROPOSED})" if grade else f"To be {PROPOSED}"


def _details(description: JobDescription, content: Content) -> Table:
    text, nhs = content.texts.get, description.variant == PostVariant.NHS
    rows = [
        ("Title", text("title", "")),
        ("Band" if nhs else "Grade", grade_words(description.variant, text("grade", ""))),
        ("Hours", text("hours", "")),
        ("Contract", text("contract", "")),
        ("Employer", text("employer", "")),
        ("Host", text("host", "")),
        ("Base", text("base", "")),
        ("Accountable to", text("accountable_to", "")),
        ("Professionally supervised by", text("supervised_by", "")),
        ("Reports at the host to", text("reports_to", "")),
        ("Reference", description.residency.code),
    ]
    return Table(
        "The post at a glance",
        ("Detail", "This post"),
        tuple((name, words or NOTHING) for name, words in rows),
    )


def _about(content: Content) -> list[Section]:
    asked = (
        ("about_host", "About the host"),
        ("about_home", "About the university"),
        ("about_programme", "About the programme"),
    )
    return [
        Section(heading, _paragraphs(content, name))
        for name, heading in asked
        if content.texts.get(name, "").strip()
    ]


def _answers_to(content: Content) -> Table:
    """The organisation chart in words: three lines that meet in the post."""
    text = content.texts.get
    return Table(
        "The three lines that meet in this post",
        ("Line", "Who", "For what"),
        (
            ("Host line", text("reports_to", "") or NOTHING, "Day-to-day work, priorities and access"),
            (
                "Academic line",
                text("supervised_by", "") or NOTHING,
                "Quality of the research and your development",
            ),
            (
                "Group that guides it",
                text("guided_by", "") or NOTHING,
                "Direction, fairness and what comes of it",
            ),
        ),
    )


def _paragraphs(content: Content, name: str) -> tuple[Part, ...]:
    return tuple(Paragraph(line) for line in lines_of(content.texts.get(name, "")) or [NOTHING])


def _list(content: Content, name: str) -> tuple[Part, ...]:
    lines = lines_of(content.texts.get(name, ""))
    return (Lines(tuple(lines)),) if lines else (Paragraph(NOTHING),)


def _duties(content: Content) -> list[Section]:
    """Numbered through all groups, so that the person specification can name them."""
    numbers = content.numbered()
    return [
        Section(heading, (Lines(tuple(one.words for one in duties), numbers[duties[0].id]),), level=3)
        for group, heading in GROUPS.items()
        if (duties := content.in_group(group))
    ]


def _specification(content: Content) -> list[Section]:
    numbers = content.numbered()
    head = ("Criterion", "Essential or desirable", "From duty", "How assessed")
    return [
        Section(
            heading,
            (
                Table(
                    f"What is asked for: {heading.lower()}", head, tuple(_row(one, numbers) for one in asked)
                ),
            ),
            level=3,
        )
        for name, heading in HEADINGS.items()
        if (asked := [one for one in content.criteria if one.heading == name])
    ]


def _row(criterion: Criterion, numbers: dict[int, int]) -> tuple[str, ...]:
    duties = sorted(numbers[one] for one in criterion.duties if one in numbers)
    return (
        criterion.words,
        "Essential" if criterion.essential else "Desirable",
        ", ".join(map(str, duties)) or "None",
        ", ".join(ASSESSED[one] for one in criterion.by if one in ASSESSED) or "Not decided",
    )


def words_of(document: Document) -> list[str]:
    """Everything that it says, in order: what each of the three forms must hold."""
    found = [document.kicker, document.title, document.standing]
    for section in document.sections:
        found.append(section.heading)
        for part in section.parts:
            found += _words_of_part(part)
    return found


def _words_of_part(part: Part) -> list[str]:
    match part:
        case Paragraph(words):
            return [words]
        case Lines(lines):
            return list(lines)
        case Table(caption, head, rows):
            return [caption, *head, *(cell for row in rows for cell in row)]
