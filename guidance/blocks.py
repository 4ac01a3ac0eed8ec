"""The blocks that are no ordinary boxes: places to write in, cards to cut out, terms explained, and figures."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.text import slugify
from markdown_it.common.utils import escapeHtml
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

MOST_LINES = 30
USUAL_LINES = 3


@dataclass(frozen=True)
class Block:
    """A kind of block: how it opens and how it closes, given the words after its name and the class of what is only
    read aloud."""

    opening: Callable[[str, str], str]
    closing: Callable[[str, str], str]


def lines_and_label(words: str) -> tuple[int, str]:
    """ "4 What should change?" as how many lines there are to write on, and what for."""
    match = re.match(r"(\d{1,3})(?:[ \t]+|$)(.*)", words)
    if not match:
        return USUAL_LINES, words
    return min(max(int(match[1]), 1), MOST_LINES), match[2]


def _write(words: str, hidden: str) -> str:
    label = lines_and_label(words)[1]
    return '<div class="write">\n' + (f'<p class="write-label">{escapeHtml(label)}</p>\n' if label else "")


def _lines(words: str, hidden: str) -> str:
    lines = lines_and_label(words)[0]
    said = f'<span class="{hidden}">Space to write {lines} line{"" if lines == 1 else "s"}</span>'
    ruled = '<div class="line"></div>' * lines
    return f'<div class="lines">{said}{ruled}</div>\n</div>\n'


def _card(words: str, hidden: str) -> str:
    return f'<div class="card">\n<h3 class="card-heading">{escapeHtml(words)}</h3>\n'


def _figure(words: str, hidden: str) -> str:
    name = slugify(words)
    return f'<figure class="drawing">\n<div class="drawing-room drawing-room--{name}"></div>\n<figcaption>\n'


BLOCKS = {
    "write": Block(_write, _lines),
    "card": Block(_card, lambda words, hidden: "</div>\n"),
    "figure": Block(_figure, lambda words, hidden: "</figcaption>\n</figure>\n"),
    "terms": Block(lambda words, hidden: "", lambda words, hidden: ""),
}


def block_rules(state: StateCore) -> None:
    """Finishes the blocks: the place to write comes after its hint, cards stand together, terms become a list."""
    state.tokens = _terms(_cards(state.tokens), state.env["used"])


def _is(token: Token, kind: str, end: str) -> bool:
    return token.type == f"box_{end}" and bool(token.meta) and token.meta["kind"] == kind


def _cards(tokens: list[Token]) -> list[Token]:
    """Cards that follow one another lie on one sheet."""
    made: list[Token] = []
    for token in tokens:
        if _is(token, "card", "open") and not (made and made[-1].type == "cards_close"):
            made.append(Token("cards_open", "div", 1, attrs={"class": "cards"}, block=True))
        elif _is(token, "card", "open"):
            made.pop()
        made.append(token)
        if _is(token, "card", "close"):
            made.append(Token("cards_close", "div", -1, block=True))
    return made


def _terms(tokens: list[Token], used: set[str]) -> list[Token]:
    """In `::: terms` each paragraph that begins with a bold term opens an entry; whatever follows belongs to it."""
    made: list[Token] = []
    within = entry = False
    index = 0
    while index < len(tokens):
        token = tokens[index]
        if _is(token, "terms", "open"):
            within, entry = True, False
        elif _is(token, "terms", "close"):
            made += _closed(entry) + ([Token("dl_close", "dl", -1, block=True)] if entry else [])
            within = entry = False
        elif within and token.type == "paragraph_open" and (parts := _term_and_rest(tokens[index + 1])):
            first = [] if entry else [Token("dl_open", "dl", 1, attrs={"class": "terms"}, block=True)]
            made += [*first, *_closed(entry), *_entry(*parts, used)]
            entry = True
            index += 2
        else:
            made.append(token)
        index += 1
    return made


def _closed(entry: bool) -> list[Token]:
    return (
        [Token("dd_close", "dd", -1, block=True), Token("div_close", "div", -1, block=True)] if entry else []
    )


def _term_and_rest(inline: Token) -> tuple[list[Token], list[Token]] | None:
    """What stands in bold at the start, and what after the dash; None for any other paragraph."""
    children = [one for one in inline.children or [] if one.type != "text" or one.content]
    if not children or children[0].type != "strong_open":
        return None
    end = next((place for place, one in enumerate(children) if one.type == "strong_close"), 0)
    after = children[end + 1 : end + 2]
    if not end or not after or after[0].type != "text" or not after[0].content.startswith(" — "):
        return None
    after[0].content = after[0].content[3:]
    return children[1:end], children[end + 1 :]


def _entry(term: list[Token], rest: list[Token], used: set[str]) -> list[Token]:
    words = "".join(one.content for one in term)
    anchor = slugify(words)
    attrs: dict[str, str | int | float] = {"id": anchor} if anchor and anchor not in used else {}
    used.add(anchor)
    return [
        Token("div_open", "div", 1, attrs={"class": "term"}, block=True),
        Token("dt_open", "dt", 1, attrs=attrs),
        Token("inline", "", 0, content=words, children=term),
        Token("dt_close", "dt", -1, block=True),
        Token("dd_open", "dd", 1),
        Token("inline", "", 0, children=rest),
    ]
