"""The small marks inside a sentence: source numbers `[KEY]`, `{fact}`, `{advice}`, `{check locally}`, gaps to fill in
(`____`), and what a spreadsheet works out (`{= B * C}`)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

NOTE = re.compile(r"\[([A-Z][A-Z0-9-]+)\](?![(\[:])")
MARK = re.compile(r"\{(fact|advice|check locally)\}")
GAP = re.compile(r"_{4,}")
FORMULA = re.compile(r"\{=[ \t]*([^{}|\n]{1,120})\}")
LONG_GAP = 8  # underscores


def marks(md: MarkdownIt) -> None:
    """Teaches a Markdown parser our marks. Numbers are given in the order of first citing; after parsing,
    `env["cited"]` lists the keys by number and `env["unknown"]` those that `env["known"]` does not hold."""
    md.inline.ruler.before("link", "note", _find_note)
    md.inline.ruler.before("link", "mark", _find_mark)
    md.inline.ruler.before("emphasis", "blank", _find_gap)
    md.inline.ruler.before("link", "formula", _find_formula)
    md.core.ruler.push("tidy_marks", _tidy)
    md.add_render_rule("note", _draw_note)
    md.add_render_rule("mark", _draw_mark)
    md.add_render_rule("blank", _draw_gap)
    md.add_render_rule("formula", _draw_formula)


def _find_note(state: StateInline, silent: bool) -> bool:
    match = NOTE.match(state.src, state.pos)
    if not match:
        return False
    if not silent:
        state.push("note", "", 0).meta = {"key": match[1]}
    state.pos = match.end()
    return True


def _find_mark(state: StateInline, silent: bool) -> bool:
    match = MARK.match(state.src, state.pos)
    if not match:
        return False
    if not silent:
        state.push("mark", "", 0).meta = {"words": match[1]}
    state.pos = match.end()
    return True


def _find_gap(state: StateInline, silent: bool) -> bool:
    match = GAP.match(state.src, state.pos)
    if not match:
        return False
    if not silent:
        state.push("blank", "", 0).meta = {"long": len(match[0]) >= LONG_GAP}
    state.pos = match.end()
    return True


def _find_formula(state: StateInline, silent: bool) -> bool:
    match = FORMULA.match(state.src, state.pos)
    if not match:
        return False
    if not silent:
        state.push("formula", "", 0).meta = {"formula": match[1].strip()}
    state.pos = match.end()
    return True


def _tidy(state: StateCore) -> None:
    """Numbers the notes outside letters, and draws them close to the word before."""
    cited: list[str] = state.env.setdefault("cited", [])
    unknown: list[str] = state.env.setdefault("unknown", [])
    in_letter = False
    for token in state.tokens:
        if token.type in ("box_open", "box_close"):
            in_letter = token.type == "box_open" and token.meta["kind"] == "email"
        for child in token.children or []:
            if child.type == "note":
                _number(child, state.env["known"], cited, unknown, in_letter)
        token.children = _close_up(token.children) if token.children else token.children


def _number(note: Token, known: Sequence[str], cited: list[str], unknown: list[str], in_letter: bool) -> None:
    key = note.meta["key"]
    if in_letter or key not in known:
        if not in_letter and key not in unknown:
            unknown.append(key)
        note.type, note.content = "text", f"[{key}]"
        return
    if key not in cited:
        cited.append(key)
    note.meta["number"] = cited.index(key) + 1


def _close_up(children: list[Token]) -> list[Token]:
    """Draws each note close to the word before it, and keeps the two on one line."""
    tidy: list[Token] = []
    for index, child in enumerate(children):
        if child.type == "text" and not child.content.strip() and _between_notes(children, index):
            continue
        if child.type != "note":
            tidy.append(child)
        elif tidy and tidy[-1].type == "together_close":
            child.meta["follows"] = True
            tidy.insert(-1, child)
        else:
            tidy += [*_last_word(tidy), child, Token("together_close", "span", -1)]
    return tidy


def _between_notes(children: list[Token], index: int) -> bool:
    around = children[max(0, index - 1) : index + 2]
    return len(around) == 3 and around[0].type == around[2].type == "note"


def _last_word(tidy: list[Token]) -> list[Token]:
    """Takes the last word off what is set so far and opens the span that it shares with its note."""
    opening = Token("together_open", "span", 1, attrs={"class": "together"})
    if not tidy or tidy[-1].type != "text":
        return [opening]
    before, space, word = tidy[-1].content.rstrip(" ").rpartition(" ")
    tidy[-1].content = before + space
    return [opening, Token("text", "", 0, content=word)]


def _draw_note(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    number, comma = tokens[index].meta["number"], ", " if tokens[index].meta.get("follows") else ""
    return f'<sup>{comma}<a href="#source-{number}"><span class="{env["hidden"]}">source </span>{number}</a></sup>'


def _draw_mark(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    words = tokens[index].meta["words"]
    return f'<span class="mark mark--{words.split()[0]}">{words}</span>'


def _draw_gap(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    long = " blank--long" if tokens[index].meta["long"] else ""
    return f'<span class="blank{long}"><span class="{env["hidden"]}">(to fill in)</span></span>'


def _draw_formula(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    if env["medium"].name == "paper":
        return f'<span class="formula"><span class="{env["hidden"]}">(to work out)</span></span>'
    return '<span class="formula">worked out for you</span>'
