"""Turns a document's Markdown into clean HTML, for the screen and for paper."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import urlsplit

import nh3
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from guidance.boxes import boxes, mailto
from guidance.marks import marks

LONGEST_SHOWN_URL = 48
LONGEST_TEXT = 1_000_000  # characters
TAGS = {
    *"h2 h3 p ul ol li strong em a br sup span div blockquote code table caption thead tbody tr th td".split()
}
ATTRIBUTES = {"a": {"href"}, "th": {"scope"}, "ol": {"start"}, "*": {"class", "id"}}
SCHEMES = {"http", "https", "mailto"}


class TooLong(Exception):
    """A text that no reader could read and no printer should try."""


@dataclass(frozen=True)
class Medium:
    """Where the HTML is shown: the classes that its elements carry there."""

    name: str
    classes: Mapping[str, str]
    hidden: str

    def __hash__(self) -> int:
        return hash(self.name)


WEB = Medium(
    "web",
    {
        "h2": "nhsuk-heading-l",
        "h3": "nhsuk-heading-m",
        "p": "nhsuk-body",
        "ul": "nhsuk-list nhsuk-list--bullet",
        "ol": "nhsuk-list nhsuk-list--number",
        "table": "nhsuk-table",
        "caption": "nhsuk-table__caption",
        "thead": "nhsuk-table__head",
        "tbody": "nhsuk-table__body",
        "tr": "nhsuk-table__row",
        "th": "nhsuk-table__header",
        "td": "nhsuk-table__cell",
    },
    hidden="nhsuk-u-visually-hidden",
)
PAPER = Medium("paper", {}, hidden="unsaid")


@dataclass(frozen=True)
class Section:
    """One `## ` section. `number` is 0 on a sheet of one page, which numbers nothing."""

    number: int
    title: str
    anchor: str


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
    """A document ready to be shown: the box it opens with, if it does, and the rest. `unknown` and `uncited`
    are mistakes of the author; shipped editions have none."""

    opening: SafeString
    rest: SafeString
    sections: tuple[Section, ...]
    sources: tuple[Source, ...]
    unknown: tuple[str, ...] = field(default=())
    uncited: tuple[str, ...] = field(default=())


def typeset(body: str, notes: Mapping[str, Mapping[str, str]], medium: Medium, numbered: bool) -> Typeset:
    """The body as HTML that holds nothing but our tags, without scripts, images or styles (P25).
    Raises TooLong above a million characters."""
    flat = tuple((key, note["text"], note.get("url", "")) for key, note in notes.items())
    return _typeset(body, flat, medium, numbered)


@lru_cache(maxsize=64)
def _typeset(body: str, notes: tuple[tuple[str, str, str], ...], medium: Medium, numbered: bool) -> Typeset:
    if len(body) > LONGEST_TEXT:
        raise TooLong("Shorten the text: a document may have a million characters.")
    texts = {key: (text, url) for key, text, url in notes}
    env = {
        "known": tuple(texts),
        "hidden": medium.hidden,
        "medium": medium,
        "numbered": numbered,
        "sections": [],
    }
    html = _parser().render(body, env)
    cited: list[str] = env["cited"]  # type: ignore[assignment]
    opening, rest = _divide(html)
    return Typeset(
        opening=_clean(opening),
        rest=_clean(rest),
        sections=tuple(env["sections"]),  # type: ignore[arg-type]
        sources=tuple(Source(number, *texts[key]) for number, key in enumerate(cited, start=1)),
        unknown=tuple(env["unknown"]),  # type: ignore[arg-type]
        uncited=tuple(key for key in texts if key not in cited),
    )


def _divide(html: str) -> tuple[str, str]:
    """The box `::: five` at the very top, and what follows: the contents list goes between them."""
    if not html.startswith('<div class="box box--five"'):
        return "", html
    opening, end, rest = html.partition("</div>\n")
    return opening + end, rest


def _clean(html: str) -> SafeString:
    """Everything not on our list is taken away; what remains may be put on a page unescaped."""
    clean = nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        link_rel="noopener nofollow",
        strip_comments=True,
    )
    return mark_safe(clean)  # noqa: S308  the one place: nh3 has just cleaned it


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    md = MarkdownIt("commonmark", {"html": False, "maxNesting": 20})
    md.enable("table").disable(
        ["html_block", "html_inline", "image", "reference", "code", "fence", "lheading"]
    )
    md.validateLink = _may_link  # type: ignore[method-assign]
    boxes(md)
    marks(md)
    for rule in (_levels, _captions, _row_heads, _ticks, _new_pages, _letters, _sections, _dress):
        md.core.ruler.push(rule.__name__, rule)
    return md


def _may_link(url: str) -> bool:
    """Only to a place on the page, to a web address without credentials, or to an e-mail address."""
    if url.startswith("#"):
        return True
    try:
        parts = urlsplit(url.strip())
        return parts.scheme == "mailto" or (
            parts.scheme in SCHEMES and bool(parts.hostname) and parts.username is None
        )
    except ValueError:
        return False


# The rules below change the parsed text one concern at a time, in the order of _parser


def _levels(state: StateCore) -> None:
    """Headings are of two levels under the title, whatever was typed."""
    for token in state.tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = "h2" if token.tag in ("h1", "h2") else "h3"


def _captions(state: StateCore) -> None:
    """A paragraph "Table: …" directly above a table becomes its caption."""
    tokens, moved = state.tokens, []
    index = 0
    while index < len(tokens):
        if _is_caption(tokens, index):
            start, text = tokens[index], tokens[index + 1]
            _drop_start(text, "Table:")
            start.type, start.tag = "caption_open", "caption"
            tokens[index + 2].type, tokens[index + 2].tag = "caption_close", "caption"
            moved += [tokens[index + 3], start, text, tokens[index + 2]]
            index += 4
        else:
            moved.append(tokens[index])
            index += 1
    state.tokens = moved


def _is_caption(tokens: list[Token], index: int) -> bool:
    return (
        index + 3 < len(tokens)
        and tokens[index].type == "paragraph_open"
        and tokens[index + 1].content.startswith("Table:")
        and tokens[index + 3].type == "table_open"
    )


def _drop_start(inline: Token, words: str) -> None:
    """Takes the words off the start of a line of text."""
    inline.content = inline.content[len(words) :].lstrip()
    if inline.children:
        inline.children[0].content = inline.children[0].content[len(words) :].lstrip()


def _row_heads(state: StateCore) -> None:
    """Says which cells head their column and which their row, so that a screen reader can."""
    first = in_head = False
    for index, token in enumerate(state.tokens):
        if token.type in ("thead_open", "tbody_open"):
            in_head = token.type == "thead_open"
        if token.type == "tr_open":
            first = True
        if token.type not in ("th_open", "td_open"):
            continue
        right = "right" in str(token.attrs.pop("style", ""))
        if right:
            token.attrJoin("class", "numeric")
        heads = bool(state.tokens[index + 1].content) and (in_head or first)
        closing = state.tokens[index + 2]
        token.tag = closing.tag = "th" if heads else "td"
        if heads:
            token.attrSet("scope", "col" if in_head else "row")
        first = False


def _ticks(state: StateCore) -> None:
    """Items that begin with "[ ] " are to be ticked."""
    for index, token in enumerate(state.tokens[:-2]):
        text = state.tokens[index + 2]
        if token.type == "list_item_open" and text.type == "inline" and text.content.startswith("[ ] "):
            _drop_start(text, "[ ]")
            token.attrJoin("class", "tick")


def _new_pages(state: StateCore) -> None:
    """A rule in the text starts a new page on paper, at whatever follows it."""
    kept: list[Token] = []
    waiting = False
    for token in state.tokens:
        if token.type == "hr":
            waiting = True
            continue
        if waiting and token.nesting == 1:
            token.attrJoin("class", "new-page")
            waiting = False
        kept.append(token)
    state.tokens = kept


def _letters(state: StateCore) -> None:
    """In a letter line ends stay, `[gaps]` are shown as gaps, and on the screen a link opens it."""
    in_letter = False
    letter = ""
    made: list[Token] = []
    for token in state.tokens:
        if token.type == "box_open":
            in_letter, letter = token.meta["kind"] == "email", token.meta["letter"]
        if token.type == "box_close" and in_letter:
            in_letter = False
            made += _open_letter(mailto(letter), state.env["medium"])
        if in_letter and token.children:
            token.children = [part for child in token.children for part in _letter_parts(child)]
        made.append(token)
    state.tokens = made


def _letter_parts(child: Token) -> list[Token]:
    if child.type == "softbreak":
        return [Token("hardbreak", "br", 0)]
    if child.type != "text":
        return [child]
    parts = []
    for piece in re.split(r"(\[[^\[\]]{1,120}\]|^(?:To|Subject):)", child.content):
        if not piece:
            continue
        opening = Token("gap_open", "span", 1, attrs={"class": "gap" if piece[0] == "[" else "letter-head"})
        text = Token("text", "", 0, content=piece)
        marked = piece[0] == "[" or piece in ("To:", "Subject:")
        parts += [opening, text, Token("gap_close", "span", -1)] if marked else [text]
    return parts


def _open_letter(link: str, medium: Medium) -> list[Token]:
    if not link or medium.name != "web":
        return []
    text = Token("inline", "", 0, content="")
    text.children = [
        Token("link_open", "a", 1, attrs={"href": link}),
        Token("text", "", 0, content="Open this e-mail in your e-mail program"),
        Token("link_close", "a", -1),
    ]
    return [Token("paragraph_open", "p", 1), text, Token("paragraph_close", "p", -1)]


def _sections(state: StateCore) -> None:
    """Numbers the sections and gives each an address; parts of them get an address too."""
    sections: list[Section] = state.env["sections"]
    used: set[str] = set()
    for index, token in enumerate(state.tokens):
        if token.type != "heading_open":
            continue
        inline = state.tokens[index + 1]
        title = "".join(
            child.content for child in inline.children or [] if child.type in ("text", "code_inline")
        ).strip()
        anchor = _anchor(title, used)
        token.attrSet("id", anchor)
        if token.tag == "h2":
            number = len(sections) + 1 if state.env["numbered"] else 0
            sections.append(Section(number, title, anchor))
            if number and inline.children is not None:
                inline.children = [
                    Token("number_open", "span", 1, attrs={"class": "number"}),
                    Token("text", "", 0, content=f"{number}."),
                    Token("number_close", "span", -1),
                    Token("text", "", 0, content=" "),
                    *inline.children,
                ]


def _anchor(title: str, used: set[str]) -> str:
    base = slugify(title)[:60].strip("-") or "section"
    if base.startswith("source-"):
        base = f"on-{base}"
    anchor, number = base, 2
    while anchor in used:
        anchor, number = f"{base}-{number}", number + 1
    used.add(anchor)
    return anchor


def _dress(state: StateCore) -> None:
    """Gives each element the class that it carries in this medium."""
    classes: Mapping[str, str] = state.env["medium"].classes
    for token in state.tokens:
        if token.nesting == 1 and token.tag in classes:
            token.attrSet("class", f"{classes[token.tag]} {token.attrGet('class') or ''}".strip())
