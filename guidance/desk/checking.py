"""Looks through the words of an edition before it is published: each problem has its place and its cure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from textwrap import shorten
from typing import Final
from urllib.parse import urlsplit

from guidance.boxes import CLOSING, OPENING
from guidance.catalogue import KEY
from guidance.desk.words import Words
from guidance.formulas import NotAFormula
from guidance.marks import MARK
from guidance.medium import PAPER
from guidance.sheet import check_formulas
from guidance.typeset import typeset

MOST_WORDS: Final = 8_000  # about 20 pages; the longest document that came with the product has half of it
MOST_ON_A_SHEET: Final = 1_100
MOST_PROBLEMS: Final = 50
LONGEST_BEGINNING: Final = 40  # characters
LONGEST_ON_PAPER: Final = (
    200_000  # characters of HTML; the longest document that came with the product has 72,000
)
# bounded, so that a hostile text comes to an end
LINK: Final = re.compile(r"(!?)\[[^\[\]]{0,500}\]\([ \t]{0,9}<?([^)\s>]{0,2000})")
TAG: Final = re.compile(r"</?[A-Za-z!?][^>]*>?")
AUTOMATIC: Final = re.compile(r"<(?:https?://|mailto:)[^\s<>]+>")
FIGURE: Final = re.compile(r":::[ \t]*figure\b")
BRACES: Final = re.compile(r"\{([a-z][a-z ]{1,30})\}")

Anchors = Callable[[str], "frozenset[str] | None"]


@dataclass(frozen=True)
class Problem:
    """What is wrong on a line of the text (1 is the first), or with a field where there is no line; `says` is the
    cure, `begins` how the line begins, as boxes to write in number no lines."""

    says: str
    line: int = 0
    field: str = "body"
    begins: str = ""

    def __str__(self) -> str:
        found = f" (the line “{self.begins}”)" if self.begins else ""
        return f"Line {self.line}: {self.says}{found}" if self.line else self.says


@dataclass(frozen=True)
class Setting:
    """What a check needs to know besides the words. `anchors` gives the anchors of a document by its slug, None for one
    that there is not; `terms` are the anchors of the glossary; `before` is what has to differ from it, if anything."""

    slug: str
    is_sheet: bool
    needs_five: bool
    needs_email: bool
    is_spreadsheet: bool
    anchors: Anchors
    terms: frozenset[str]
    before: Words | None = None


def problems(words: Words, setting: Setting) -> tuple[Problem, ...]:
    """All that has to be put right first, in the order of the lines, at most 50."""
    every = (_same(words, setting), _fields(words), _by_line(words, setting), _whole(words, setting))
    found = [problem for some in every for problem in islice(some, 4 * MOST_PROBLEMS)]
    lines = words.body.splitlines()
    first = sorted(found, key=lambda one: one.line)[:MOST_PROBLEMS]
    return tuple(replace(one, begins=_beginning(lines, one.line)) for one in first)


def _beginning(lines: list[str], number: int) -> str:
    """The first words of a line; empty where it has none."""
    return (
        shorten(lines[number - 1][:500], LONGEST_BEGINNING, placeholder=" …")
        if 0 < number <= len(lines)
        else ""
    )


def _same(words: Words, setting: Setting) -> Iterator[Problem]:
    if setting.before and replace(words, changelog="") == replace(setting.before, changelog=""):
        yield Problem("Change something first: every word is as it was")


def _fields(words: Words) -> Iterator[Problem]:
    if not words.changelog.strip():
        yield Problem("Enter what changed for somebody who has read the edition before", field="changelog")
    for key, note in words.notes.items():
        if not KEY.fullmatch(key):
            yield Problem(f"Write the source key “{key}” in capitals, digits and hyphens", field="notes")
        if not note.get("text", "").strip():
            yield Problem(f"Enter the text of the source {key}", field="notes")
        if note.get("url") and not _is_web(note["url"]):
            yield Problem(f"Begin the address of the source {key} with https://", field="notes")


def _by_line(words: Words, setting: Setting) -> Iterator[Problem]:
    own = typeset(words.body, words.notes, PAPER, numbered=True).anchors
    for number, line in enumerate(words.body.splitlines(), start=1):
        if re.match(r"#(?:\s|$)|####", line):
            yield Problem("Begin the heading with ## or ###", number)
        if TAG.search(AUTOMATIC.sub("", line)):
            yield Problem("Take off the HTML: nothing in angle brackets is obeyed", number)
        for mark in BRACES.findall(line):
            if not MARK.fullmatch(f"{{{mark}}}"):
                yield Problem(
                    f"Write {{fact}}, {{advice}} or {{check locally}} instead of {{{mark}}}", number
                )
        for picture, address in LINK.findall(line):
            if picture:
                yield Problem(
                    "Take off the picture: only a figure drawn by the product can stand here", number
                )
                continue
            yield from (Problem(says, number) for says in _link(address, setting, own))


def _link(address: str, setting: Setting, own: frozenset[str]) -> Iterator[str]:
    """What is wrong with one link."""
    scheme, _, rest = address.partition(":")
    if address.startswith("#"):
        if address[1:] not in own:
            yield f"Choose another place for the link to {address}: no heading here is called that"
    elif scheme == "guide":
        yield from _guide(rest, setting)
    elif scheme == "term":
        if rest not in setting.terms:
            yield f"Choose another word for the link to term:{rest}: the glossary has no such entry"
    elif scheme == "mailto":
        if "@" not in rest:
            yield f"Write the whole e-mail address in the link to {address[:80]}"
    elif address.startswith("/guidance/"):
        slug = address.removeprefix("/guidance/").split("/")[0] or "slug"
        yield f"Write (guide:{slug}) instead of ({address[:80]}) to lead to another document"
    elif not _is_web(address):
        yield f"Begin the link to {address[:80]} with https://, and leave out names and passwords"


def _guide(rest: str, setting: Setting) -> Iterator[str]:
    slug, _, anchor = rest.partition("#")
    found = setting.anchors(slug)
    if found is None:
        yield f"Choose another document for the link to guide:{rest}: the library has none called {slug}"
    elif anchor and anchor not in found:
        yield f"Choose another place for the link to guide:{rest}: no heading there is called {anchor}"


def _is_web(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return parts.scheme in ("https", "http") and bool(parts.hostname) and parts.username is None
    except ValueError:
        return False


def _whole(words: Words, setting: Setting) -> Iterator[Problem]:
    length, most = len(words.body.split()), MOST_ON_A_SHEET if setting.is_sheet else MOST_WORDS
    if length > most:
        yield Problem(f"Shorten the text to {most:,} words: it has {length:,}")
    yield from _boxes(words.body)
    yield from _opening_and_end(words.body, setting)
    text = typeset(words.body, words.notes, PAPER, numbered=True)
    if len(text.opening) + len(text.rest) > LONGEST_ON_PAPER:
        yield Problem("Shorten the text: it has more boxes, rows or headings than can be printed")
    for key in text.unknown:
        yield Problem(f"Add {key} to the sources, or take [{key}] off", _line_of(words.body, f"[{key}]"))
    for key in text.uncited:
        yield Problem(f"Cite [{key}] in the text, or take it off the sources", field="notes")
    if setting.is_spreadsheet:
        yield from _formulas(words.body)
    for name in text.undrawn:
        where = next((n for n, line in enumerate(words.body.splitlines(), 1) if FIGURE.match(line)), 0)
        yield Problem(f"Choose a figure that there is, instead of “{name}”", where)


def _formulas(body: str) -> Iterator[Problem]:
    try:
        check_formulas(body)
    except NotAFormula as error:
        yield Problem(f"Write the formula so that it can be worked out: {error}", error.line)


def _boxes(body: str) -> Iterator[Problem]:
    opened, kind, lines = 0, "", body.splitlines()
    for number, line in enumerate(lines, start=1):
        bare = line.strip()
        if not bare.startswith(":::"):
            continue
        if CLOSING.fullmatch(bare):
            if not opened:
                yield Problem("Take off the three colons: no box is open here", number)
            elif kind == "figure" and not "".join(lines[opened : number - 1]).strip():
                yield Problem("Write in the figure’s box what it shows, for whoever cannot see it", opened)
            opened, kind = 0, ""
            continue
        name = bare[3:].strip().partition(" ")[0]
        if not OPENING.fullmatch(bare):
            yield Problem(f"Give the box a name that there is, instead of “{name[:40]}”", number)
        elif opened:
            yield Problem(
                f"Close the box “{kind}” of line {opened} with three colons before this one", number
            )
        opened, kind = number, name
    if opened:
        yield Problem(f"Close the box “{kind}” with three colons on a line of their own", opened)


def _opening_and_end(body: str, setting: Setting) -> Iterator[Problem]:
    if setting.needs_five and not body.lstrip().startswith("::: five"):
        yield Problem("Begin with the box ::: five, the five things to do", 1)
    last = body.rsplit("\n## ", 1)[-1].rstrip()
    ends = re.search(r"^::: email\b", last, re.MULTILINE) and last.endswith(":::")
    if setting.needs_email and not ends:
        yield Problem("End with the box ::: email, the message to send", body.rstrip().count("\n") + 1)


def _line_of(body: str, words: str) -> int:
    before, found, _ = body.partition(words)
    return before.count("\n") + 1 if found else 0
