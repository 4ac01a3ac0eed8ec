"""What the pages of a job description ask for: each text with its label, hint and length, page by page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from programmes.recruitment.content import GROUPS


@dataclass(frozen=True)
class Asked:
    """One text. `rows` 1 is a single line; `listed` takes one thing a line."""

    name: str
    label: str
    called: str
    hint: str = ""
    rows: int = 1
    longest: int = 200
    listed: bool = False
    needed: bool = False


@dataclass(frozen=True)
class Page:
    name: str
    title: str
    asked: tuple[Asked, ...]


def _listed(name: str, label: str, hint: str = "") -> Asked:
    hint = f"One a line. {hint}".strip()
    return Asked(name, label, label[:1].lower() + label[1:], hint, rows=6, longest=4000, listed=True)


POST: Final = Page(
    "post",
    "Post details",
    (
        Asked("title", "Title of the post", "the title of the post", needed=True),
        Asked("grade", "Grade or band", "the grade or band", "For example, Grade 8 or Band 7"),
        Asked("hours", "Hours", "the hours", "Days or hours a week, and the share of full time"),
        Asked("contract", "Contract", "the contract", "The type, and from when to when"),
        Asked("employer", "Employer", "the employer"),
        Asked("host", "Host", "the host", longest=400),
        Asked("base", "Base", "the base", "Where the person mostly works", longest=300),
        Asked(
            "accountable_to",
            "Accountable to",
            "who the post is accountable to",
            "Name or part, and organisation",
        ),
        Asked(
            "supervised_by",
            "Professionally supervised by",
            "who supervises",
            "Name or part, and organisation",
        ),
        Asked(
            "reports_to",
            "Reports at the host to",
            "who the post reports to",
            "Name or part, and organisation",
        ),
        Asked("guided_by", "Group that guides the work", "the group", "Names or parts", longest=500),
    ),
)
PURPOSE: Final = Page(
    "purpose",
    "Purpose and people",
    (
        Asked(
            "purpose",
            "Job purpose",
            "the purpose",
            "One paragraph: the problem, what this post does about it, and for whom",
            rows=8,
            longest=3000,
            needed=True,
        ),
        Asked(
            "about_host",
            "About the host",
            "the text about the host",
            "Two or three sentences: what it does, for whom, how many people work there",
            rows=4,
            longest=2000,
        ),
        Asked(
            "about_home", "About the university", "the text about the university", "", rows=4, longest=2000
        ),
        Asked(
            "about_programme", "About the programme", "the text about the programme", "", rows=4, longest=2000
        ),
        _listed("relationships", "Key relationships", "Whom the person works with"),
    ),
)
DUTIES: Final = Page(
    "duties",
    "Main duties",
    tuple(_listed(name, heading, "Begin with what the person does") for name, heading in GROUPS.items()),
)
TERMS: Final = Page(
    "terms",
    "What goes with the post",
    (
        _listed("scope", "What this post is not"),
        _listed("support", "Support the person will have"),
        _listed(
            "conditions",
            "What the work is like",
            "In plain words: travel, shared rooms, distressing material",
        ),
        _listed("checks", "Checks before the person starts"),
        _listed("general", "General responsibilities"),
    ),
)
PAGES: Final = {page.name: page for page in (POST, PURPOSE, DUTIES, TERMS)}
