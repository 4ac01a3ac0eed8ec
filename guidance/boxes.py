"""The boxes of a document (`::: try`, `::: five` and so on): how they are found in the text and drawn."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from urllib.parse import quote

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from guidance.blocks import BLOCKS
from guidance.linking import written_out

HEADINGS = {
    "five": "If you only do five things",
    "try": "Try this",
    "watch": "Watch for",
    "ask": "Ask",
    "email": "The e-mail to send",
    "note": "Note",
}
OPENING = re.compile(r":::[ \t]*(" + "|".join([*HEADINGS, *BLOCKS]) + r")(?:[ \t]+(.*))?")
CLOSING = re.compile(r":::[ \t]*")
LONGEST_LETTER = 1600  # characters; longer mailto: links are cut off by common e-mail programs


def boxes(md: MarkdownIt) -> None:
    """Teaches a Markdown parser our boxes."""
    stops = ["paragraph", "blockquote", "list", "table"]
    md.block.ruler.before("hr", "box", _find_box, {"alt": stops})
    md.add_render_rule("box_open", _draw_opening)
    md.add_render_rule("box_close", _draw_closing)


def heading_of(kind: str, own: str) -> str:
    """The words at the top of a box: "Try this", or "Try this: a first meeting". An opening or an e-mail
    with words of its own needs no more."""
    if kind in BLOCKS or not own:
        return HEADINGS.get(kind, own)
    return own if kind in ("five", "email", "note") else f"{HEADINGS[kind]}: {own}"


def _find_box(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    opening = OPENING.fullmatch(_line(state, start))
    if state.is_code_block(start) or not opening or state.parentType == "box":
        return False
    closing = _next_closing(state, start, end)
    if closing is None:
        return False
    if not silent:
        _push_box(state, start, closing, opening[1], (opening[2] or "").strip())
    return True


def _next_closing(state: StateBlock, start: int, end: int) -> int | None:
    """The line that closes a box begun at `start`; all such lines of the text are found once."""
    if "closings" not in state.env:
        lines = range(state.lineMax)
        state.env["closings"] = [line for line in lines if CLOSING.fullmatch(_line(state, line))]
    closings: list[int] = state.env["closings"]
    following = bisect_right(closings, start)
    return closings[following] if following < len(closings) and closings[following] < end else None


def _push_box(state: StateBlock, start: int, closing: int, kind: str, heading: str) -> None:
    level, parent, last = state.level, state.parentType, state.lineMax
    letter = state.getLines(start + 1, closing, state.blkIndent, False) if kind == "email" else ""
    token = state.push("box_open", "div", 1)
    token.map, token.block = [start, closing], True
    token.meta = {"kind": kind, "heading": heading_of(kind, heading), "letter": letter, "level": 3}
    state.parentType, state.lineMax = "box", closing
    state.md.block.tokenize(state, start + 1, closing)
    state.parentType, state.lineMax, state.level = parent, last, level
    closing_token = state.push("box_close", "div", -1)
    closing_token.block, closing_token.meta = True, token.meta
    state.line = closing + 1


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]].rstrip()


def _draw_opening(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    box = tokens[index].meta
    if box["kind"] in BLOCKS:
        return BLOCKS[box["kind"]].opening(box["heading"], env["hidden"])
    level = f"h{box['level']}"
    classes = " ".join(["box", f"box--{box['kind']}", *str(tokens[index].attrGet("class") or "").split()])
    heading = escapeHtml(box["heading"])
    return f'<div class="{classes}">\n<{level} class="box-heading">{heading}</{level}>\n'


def _draw_closing(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    box = tokens[index].meta
    if box["kind"] in BLOCKS:
        return BLOCKS[box["kind"]].closing(box["heading"], env["hidden"])
    return "</div>\n"


def mailto(letter: str) -> str:
    """A mailto: link that opens the letter ready to send, or "" when it is too long for one."""
    letter = written_out(letter)
    subject = re.search(r"^Subject:[ \t]*(.+)$", letter, re.MULTILINE)
    text = re.sub(r"^(?:To|Subject):.*\n?", "", letter, flags=re.MULTILINE).strip().replace("**", "")
    if not subject or len(text) > LONGEST_LETTER:
        return ""
    return (
        f"mailto:?subject={quote(subject[1].strip())}&body={quote(text.replace(chr(10), chr(13) + chr(10)))}"
    )
