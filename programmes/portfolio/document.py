"""What a portfolio says, module by module: the page, the PDF and the Word file all print this and nothing else."""

from __future__ import annotations

import datetime
import io
import re
from dataclasses import dataclass
from typing import Any, Final

import docx
from django.conf import settings
from django.template.loader import render_to_string
from docx.oxml.ns import qn

from embedded.accounts.models import Person
from embedded.nhsuk.words import day
from embedded.pdf import PrintedPdf, print_pdf
from embedded.vault import Sealer
from programmes.portfolio import reading
from programmes.portfolio.modules import MODULES
from programmes.portfolio.saying import said_in, said_of_post

NO_XML: Final = re.compile(
    "[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
)  # what no such file holds
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
    paper = docx.Document()
    for language in paper.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")
    _tell_about_itself(paper, person, at)
    paper.add_heading(_fit(title_of(person)), level=1)
    for post in [*posts_of(person), day(at)]:
        paper.add_paragraph(_fit(post))
    for section in sections:
        paper.add_heading(section.heading, level=2)
        for line in section.lines:
            paper.add_paragraph(_fit(line.words), style="List Bullet")
        if not section.lines:
            paper.add_paragraph(NOTHING)
    file = io.BytesIO()
    paper.save(file)
    return file.getvalue()


def title_of(person: Person) -> str:
    return f"Portfolio of {person}"


def _tell_about_itself(paper: Any, person: Person, at: datetime.datetime) -> None:
    told = paper.core_properties
    told.title, told.author, told.language = _fit(title_of(person))[:255], _fit(str(person))[:255], "en-GB"
    told.comments = told.keywords = told.subject = ""
    told.created = told.modified = at.astimezone(datetime.UTC).replace(tzinfo=None)
    told.last_modified_by = told.author


def _fit(words: str) -> str:
    return NO_XML.sub("", words)
