"""Turns a document's Markdown into clean HTML, for the screen and for paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

import nh3
from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, hr
from markdown_it.token import Token

from guidance.boxes import boxes
from guidance.figures import drawn, undrawn
from guidance.linking import is_target
from guidance.marks import marks
from guidance.medium import Medium
from guidance.rules import Section, house_rules

LONGEST_SHOWN_URL = 48
LONGEST_TEXT = 1_000_000  # characters
TAGS = {
    *"h2 h3 p ul ol li strong em a br sup span div blockquote code table caption thead tbody tr th td".split(),
    *"dl dt dd figure figcaption".split(),
}
ATTRIBUTES = {
    "a": {"href"},
    "th": {"scope"},
    "ol": {"start"},
    "span": {"aria-hidden"},
    "*": {"class", "id", "role"},
}
SCHEMES = {"http", "https", "mailto"}
Notes = tuple[tuple[str, str, str], ...]  # key, text and address of each source


class TooLong(Exception):
    """A text that no reader could read and no printer should try."""


@dataclass(frozen=True)
class Source:
    """One entry of the list at the end."""

    number: int
    text: str
    url: str

    @property
    def short_url(self) -> str:
        """What paper shows of the address: all of a short one, else the site; the link leads all the way."""
        bare = self.url.split("://", 1)[-1].removeprefix("www.").rstrip("/")
        return bare if len(bare) <= LONGEST_SHOWN_URL else bare.split("/", 1)[0]


@dataclass(frozen=True)
class Typeset:
    """A document ready to be shown: the box it opens with, if it does, and the rest. `links` are those to the library
    as they were typed, `anchors` the places that one can link to. `unknown` and `uncited` sources and `undrawn` figures
    are mistakes of the author; shipped editions have none."""

    opening: SafeString
    rest: SafeString
    sections: tuple[Section, ...]
    sources: tuple[Source, ...]
    unknown: tuple[str, ...] = field(default=())
    uncited: tuple[str, ...] = field(default=())
    links: tuple[str, ...] = field(default=())
    anchors: frozenset[str] = field(default=frozenset())
    undrawn: tuple[str, ...] = field(default=())


def typeset(
    body: str,
    notes: Mapping[str, Mapping[str, str]],
    medium: Medium,
    numbered: bool,
    loose: frozenset[str] = frozenset(),
) -> Typeset:
    """The body as HTML that holds nothing but our tags and our drawings, without scripts, images or styles (P25).
    `loose`: targets such as "guide:glossary" that lead nowhere, whose words stand without a link.
    Raises TooLong above a million characters."""
    flat = tuple((key, note["text"], note.get("url", "")) for key, note in notes.items())
    base = settings.BASE_URL if medium.whole_addresses else ""
    return _typeset(body, flat, medium, numbered, loose, base)


@lru_cache(maxsize=128)
def _typeset(
    body: str,
    notes: Notes,
    medium: Medium,
    numbered: bool,
    loose: frozenset[str],
    base: str,
) -> Typeset:
    env = _env(body, notes, medium, numbered, loose, base)
    html = _parser().render(body, env)
    opening, rest = _divide(html)
    return Typeset(
        opening=_clean(opening, medium),
        rest=_clean(rest, medium),
        sections=tuple(env["sections"]),
        sources=_sources(env, notes),
        unknown=tuple(env["unknown"]),
        uncited=tuple(key for key, *_ in notes if key not in env["cited"]),
        links=tuple(dict.fromkeys(env["links"])),
        anchors=frozenset(env["used"]),
        undrawn=undrawn(html),
    )


def parsed(
    body: str,
    notes: Mapping[str, Mapping[str, str]],
    medium: Medium,
    numbered: bool,
    loose: frozenset[str] = frozenset(),
) -> tuple[list[Token], tuple[Source, ...]]:
    """What `typeset` draws, for forms that are no HTML: the parser's tokens after our rules, and the sources."""
    flat = tuple((key, note["text"], note.get("url", "")) for key, note in notes.items())
    env = _env(body, flat, medium, numbered, loose, settings.BASE_URL if medium.whole_addresses else "")
    return _parser().parse(body, env), _sources(env, flat)


def _env(
    body: str,
    notes: Notes,
    medium: Medium,
    numbered: bool,
    loose: frozenset[str],
    base: str,
) -> dict[str, Any]:
    """What our rules read and fill. Raises TooLong."""
    if len(body) > LONGEST_TEXT:
        raise TooLong("Shorten the text: a document may have a million characters.")
    known = tuple(key for key, *_ in notes)
    env: dict[str, Any] = {"known": known, "hidden": medium.hidden, "medium": medium, "numbered": numbered}
    return env | {"loose": loose, "base": base, "sections": [], "links": [], "used": set()}


def _sources(env: Mapping[str, Any], notes: Notes) -> tuple[Source, ...]:
    texts = {key: (text, url) for key, text, url in notes}
    return tuple(Source(number, *texts[key]) for number, key in enumerate(env["cited"], start=1))


def _divide(html: str) -> tuple[str, str]:
    """The box `::: five` at the very top, and what follows: the contents list goes between them."""
    if not html.startswith('<div class="box box--five"'):
        return "", html
    opening, end, rest = html.partition("</div>\n")
    return opening + end, rest


def _clean(html: str, medium: Medium) -> SafeString:
    """Everything not on our list is taken away, then our drawings are put in their rooms; what remains may be put on
    a page unescaped."""
    clean = nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        link_rel="noopener nofollow",
        strip_comments=True,
    )
    return mark_safe(drawn(clean, medium))  # noqa: S308  the one place: nh3 has just cleaned it


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    md = MarkdownIt("commonmark", {"html": False, "maxNesting": 20, "typographer": True})
    md.enable(["table", "smartquotes"]).disable(
        ["html_block", "html_inline", "image", "reference", "code", "fence", "lheading"]
    )
    md.validateLink = _may_link  # type: ignore[method-assign]
    md.block.ruler.at("hr", _rule_of_hyphens, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    boxes(md)
    marks(md)
    house_rules(md)
    return md


def _rule_of_hyphens(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A new page is asked for with hyphens or asterisks: a line of underscores is one to write on."""
    begins = state.bMarks[start] + state.tShift[start]
    return not state.src.startswith("_", begins) and hr(state, start, end, silent)


def _may_link(url: str) -> bool:
    """Only to a place on the page, to a document or term of the library, to a web address without credentials, or to
    an e-mail address."""
    if url.startswith("#") or is_target(url):
        return True
    try:
        parts = urlsplit(url.strip())
        return parts.scheme == "mailto" or (
            parts.scheme in SCHEMES and bool(parts.hostname) and parts.username is None
        )
    except ValueError:
        return False
