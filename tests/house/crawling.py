"""One walk over every address by everybody, taken once and looked at by many tests: status, headers, words, tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from django.core.management import call_command
from django.test import Client
from django.urls import get_resolver, reverse
from pypdf import PdfReader
from pypdf.errors import PdfReadError

from embedded.accounts.models import Person
from embedded.pdf import print_pdf
from programmes.entries.words import Words
from programmes.entries.writing import Entry, change_activity
from programmes.reports.build import compose, paper
from tests.house import tables
from tests.house.addresses import Things, all_names, is_allauths, our_names, things_in
from tests.house.principals import PRINCIPALS, STAY_CONFIRMED, Everybody, everybody
from tests.house.reach import Unbounded, bounded_queries
from tests.house.sealed import plant
from tests.house.shapes import known_ids
from tests.house.tenants import full_tenant
from tests.reports.telling import ask, keep_made
from tests.world import World, make_world

WRITER = "researcher"
SECRET_WHAT = "quagga-what-4417"
SECRET_NOTE = "quagga-note-9023"
ALLAUTH_PARTS = {
    "account_confirm_email": {"key": "nothing"},
    "account_reset_password_from_key": {"uidb36": "1", "key": "nothing"},
}


@dataclass(frozen=True)
class Answer:
    """What one person got from one address by GET."""

    name: str
    who: str
    address: str
    status: int
    headers: Mapping[str, str]
    content: bytes

    def __str__(self) -> str:
        return f"{self.name} to {self.who}: {self.status}"

    @property
    def words(self) -> str:
        """What can be read in it, in a PDF, a Word file or a workbook too."""
        if self.content.startswith(b"%PDF"):
            return text_of_pdf(self.content)
        if self.content.startswith(b"PK"):
            return text_of_office_file(self.content)
        return self.content.decode()


@cache
def text_of_office_file(content: bytes) -> str:
    """Every part of it that is XML."""
    with ZipFile(BytesIO(content)) as parts:
        return "\n".join(parts.read(name).decode() for name in parts.namelist() if name.endswith(".xml"))


@cache
def text_of_pdf(content: bytes) -> str:
    try:
        return "\n".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
    except PdfReadError:  # handed in by a test, and no more than the first signs of one
        return content.decode("latin-1")


@dataclass
class Crawl:
    """Every answer, and what stood in the tables before and after."""

    answers: list[Answer] = field(default_factory=list)
    before: dict[str, str] = field(default_factory=dict)
    after: dict[str, str] = field(default_factory=dict)
    unbounded: list[Unbounded] = field(default_factory=list)

    def statuses(self) -> dict[str, dict[str, int]]:
        """Of our own pages, for the matrix: by address, by principal."""
        found: dict[str, dict[str, int]] = {name: {} for name in our_names()}
        for answer in self.answers:
            if answer.name in found:
                found[answer.name][answer.who] = answer.status
        return found

    def holding(self, words: str) -> list[str]:
        """Who read these words where, as text."""
        return [str(one) for one in self.answers if words in one.words or words in str(one.headers)]


@STAY_CONFIRMED
def walk() -> Crawl:
    """Makes two programmes, both full, and asks every address of the first by everybody."""
    world, known = make_world(), known_ids()
    theirs = full_tenant(make_world(), known).things
    call_command("load_guidance", no_packs=True, verbosity=0)
    things = filled(world)
    found = Crawl()
    doors = list(_doors(things, everybody(things, theirs)))
    found.before = tables.digests(tables.WRITTEN_BY_READING)
    with bounded_queries() as found.unbounded:
        found.answers = [_look(*door) for door in doors]
    found.after = tables.digests(tables.WRITTEN_BY_READING)
    return found


def filled(world: World) -> Things:
    """One of everything, a report that is made, and a word of its own in all that is the writer's alone."""
    things = things_in(world)
    plant(things)
    write_into(things, f"{SECRET_WHAT}\n\n{SECRET_NOTE}")
    report = ask(world)
    things.report = keep_made(report, bytes(print_pdf(paper(compose(report)), "A report of the walk")))
    return things


def write_into(things: Things, text: str, readers: str = "only_me", *named: Person) -> None:
    """Puts words into the entry by the deed, for the writer alone unless told otherwise."""
    activity = things.activity
    entry = Entry(
        date=activity.date,
        minutes=activity.minutes,
        kind=activity.kind,
        words=Words(text, readers, named),
    )
    writer = things.world.people[WRITER]
    things.activity = change_activity(activity=activity, entry=entry, version=activity.version, by=writer)


def _doors(things: Things, everyone: Everybody) -> Iterator[tuple[str, str, str, Client]]:
    """Name, principal, address, browser: ours by everybody, live links by nobody, allauth's by two."""
    browsers = everyone.browsers
    for name in our_names():
        for who in PRINCIPALS:
            yield name, who, everyone.address(name, who, things), browsers[who]
    for name, address in everyone.links["link_valid"].items():
        yield f"{name}, live", "anonymous", address, Client()
    for name in all_names():
        if is_allauths(name):
            for who in ("anonymous", "stranger"):
                yield name, who, address_of_allauths(name), browsers[who]


def address_of_allauths(name: str) -> str:
    """An address of allauth's; what stands open in it is filled with what leads to nothing."""
    ways: Any = get_resolver().reverse_dict[name][0]
    return reverse(name, kwargs=ALLAUTH_PARTS.get(name) or dict.fromkeys(ways[0][1], 1))


def _look(name: str, who: str, address: str, browser: Client) -> Answer:
    answer: Any = browser.get(address)
    content = b"".join(answer) if answer.streaming else answer.content
    return Answer(name, who, address, answer.status_code, dict(answer.headers), content)
