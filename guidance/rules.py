"""Makes parsed Markdown our kind of document: levels, captions, row heads, ticks, letters, section numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Mapping
from dataclasses import dataclass

from django.utils.text import slugify
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from guidance.blocks import block_rules
from guidance.boxes import HEADINGS, mailto
from guidance.linking import links
from guidance.medium import Medium


@dataclass(frozen=True)
class Section:
    """One `## ` section. `number` is 0 on a sheet of one page, which numbers nothing."""

    number: int
    title: str
    anchor: str


def house_rules(md: MarkdownIt) -> None:
    """Teaches a parser our rules, one concern each, in this order. They read `env["medium"]`, `env["numbered"]` and
    `env["loose"]`, and fill the lists `env["sections"]` and `env["links"]` and the set `env["used"]` of anchors."""
    rules = (
        _levels,
        _box_levels,
        _captions,
        _row_heads,
        _answers,
        _columns,
        _ticks,
        _new_pages,
        links,
        block_rules,
    )
    for rule in (*rules, _letters, _sections, _dress):
        md.core.ruler.push(rule.__name__, rule)


def _levels(state: StateCore) -> None:
    """Headings are of two levels under the title, whatever was typed."""
    for token in state.tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = "h2" if token.tag in ("h1", "h2") else "h3"


def _box_levels(state: StateCore) -> None:
    """The heading of a box that stands before all sections is of their level; the opening box is such a section."""
    below = False
    for token in state.tokens:
        if token.type == "heading_open" and token.tag == "h2":
            below = True
        if token.type == "box_open":
            token.meta["level"] = 3 if below and token.meta["kind"] != "five" else 2
            below = below or token.meta["kind"] in HEADINGS


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
    """Says which cells head their column and which their row, so that a screen reader can; an empty cell is to be
    written in."""
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
        filled = bool(state.tokens[index + 1].content)
        heads = filled and (in_head or first)
        closing = state.tokens[index + 2]
        token.tag = closing.tag = "th" if heads else "td"
        if heads:
            token.attrSet("scope", "col" if in_head else "row")
        elif not in_head and not filled:
            token.attrJoin("class", "to-write-in")
        first = False


def _answers(state: StateCore) -> None:
    """Tells a table the most cells that one of its rows leaves to be written in, so that paper gives them room; under
    "Yes" and "No" they are only ticked."""
    table, most, here = Token("table_open", "table", 1), 0, 0
    for index, token in enumerate(state.tokens):
        if token.type == "table_open":
            table, most = token, 0
        elif token.type == "th_open" and state.tokens[index + 1].content == "Yes":
            table.attrJoin("class", "yes-or-no")
        elif token.type == "tr_open":
            here = 0
        elif token.type == "td_open" and "to-write-in" in str(token.attrGet("class") or ""):
            here += 1
            most = max(most, here)
        elif token.type == "table_close" and most:
            table.attrJoin("class", f"answers-{most}")


def _columns(state: StateCore) -> None:
    """On the screen a table can become a list of cards on a telephone: each cell says its column, and roles
    keep it a table for screen readers."""
    if state.env["medium"].name != "web":
        return
    roles = {"table": "table", "thead": "rowgroup", "tbody": "rowgroup", "tr": "row", "td": "cell"}
    heads: list[str] = []
    column = 0
    for index, token in enumerate(state.tokens):
        if token.type == "table_open":
            heads = []
        elif token.type == "tr_open":
            column = 0
        if token.nesting == 1 and token.tag in roles:
            token.attrSet("role", roles[token.tag])
        if token.type in ("th_open", "td_open"):
            text = state.tokens[index + 1]
            if token.tag == "th":
                token.attrSet("role", "columnheader" if token.type == "th_open" else "rowheader")
            if token.type == "th_open":
                heads.append(_plain(text))
            elif text.children is not None and column < len(heads) and heads[column]:
                words = [Token("words_open", "span", 1), *text.children, Token("words_close", "span", -1)]
                text.children = [*_column_name(heads[column]), *words]
            column += 1


def _column_name(name: str) -> list[Token]:
    classes = "nhsuk-table__heading nhsuk-table-responsive__heading"
    return [
        Token("name_open", "span", 1, attrs={"class": classes, "aria-hidden": "true"}),
        Token("text", "", 0, content=f"{name} "),
        Token("name_close", "span", -1),
    ]


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
    used: set[str] = state.env["used"]
    counts: Counter[str] = Counter()
    for index, token in enumerate(state.tokens):
        if token.type != "heading_open":
            continue
        inline = state.tokens[index + 1]
        title = _plain(inline)
        anchor = _anchor(title, used, counts)
        used.add(anchor)
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


def _plain(inline: Token) -> str:
    """The words alone, without marks, links and source numbers."""
    return "".join(
        child.content for child in inline.children or [] if child.type in ("text", "code_inline")
    ).strip()


def _anchor(title: str, used: Container[str], counts: Counter[str]) -> str:
    """The title's own anchor, with a number when it is taken. `counts` keeps the last number that each title had, so
    that equal titles are not counted anew each time."""
    base = slugify(title)[:60].strip("-") or "section"
    if base.startswith("source-"):
        base = f"on-{base}"
    anchor = base
    while anchor in used:
        counts[base] = max(counts[base], 1) + 1
        anchor = f"{base}-{counts[base]}"
    return anchor


def _dress(state: StateCore) -> None:
    """Gives each element the class that it carries in this medium."""
    classes: Mapping[str, str] = state.env["medium"].classes
    for token in state.tokens:
        if token.nesting == 1 and token.tag in classes:
            token.attrSet("class", f"{classes[token.tag]} {token.attrGet('class') or ''}".strip())
