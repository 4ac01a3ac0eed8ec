"""What a portfolio says, module by module: the page, the PDF and the Word file all print this and nothing else."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.template.loader import render_to_string

from embedded import word
from embedded.accounts.models import Person
from embedded.nhsuk.words import day
from embedded.pdf import PrintedPdf, print_pdf
from embedded.vault import Sealer
from programmes.portfolio import reading
from programmes.portfolio.modules import MODULES
from programmes.portfolio.saying import said_in, said_of_post

NOTHING: Final = "Nothing chosen."


@dataclass(frozen=True)
class Line:
    pk: int
    words: str


@dataclass(frozen=True)
class Section:
    number: int
    heading: str
    about: str
    lines: list[Line]


def sections_of(person: Person) -> list[Section]:
    """The four modules with the person's own lines; nobody else's are asked for."""
    opener, lines = Sealer(person), reading.lines_of(person)
    return [
        Section(
            number,
            module.heading,
            module.about,
            [Line(line.pk, said_in(line, opener)) for line in lines if line.module == number],
        )
        for number, module in MODULES.items()
    ]


def posts_of(person: Person) -> list[str]:
    """A line for each post, under the name."""
    return [said_of_post(post) for post in reading.posts_of(person)]


def printed(person: Person, sections: list[Section], on: datetime.date) -> PrintedPdf:
    """A tagged PDF. Raises CannotPrint."""
    paper = render_to_string(
        "paper/portfolio.jinja",
        {
            "title": title_of(person),
            "posts": posts_of(person),
            "sections": sections,
            "nothing": NOTHING,
            "edition_line": f"{title_of(person)} · {day(on)}",
            "newer_line": f"Made with {settings.SERVICE_NAME}, by the person whose work it shows.",
        },
    )
    return print_pdf(paper, title_of(person), author=str(person), made_on=on)


def written(person: Person, sections: list[Section], at: datetime.datetime) -> bytes:
    """The same as a Word file with real headings and lists, to be edited."""
    title = title_of(person)
    blocks: list[word.Block] = [word.Heading(title, 1)]
    blocks += [word.Paragraph(line) for line in (*posts_of(person), day(at))]
    for section in sections:
        lines = [line.words for line in section.lines]
        blocks.append(word.Heading(section.heading, 2))
        blocks.append(word.List(lines) if lines else word.Paragraph(NOTHING))
    return word.written(blocks, word.About(title, at, str(person)))


def title_of(person: Person) -> str:
    return f"Portfolio of {person}"
