"""Makes the HTML of one document fit to stand in a pack: headings one level lower, anchors that no other document has,
and links to what stands in the same pack lead there."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:\"[^\"]*\"|'[^']*'|[^\"'>])*)>")
ATTRIBUTE = re.compile(r"([a-zA-Z:_-]+)=\"([^\"]*)\"")
LOWER = {"h1": "h2", "h2": "h3", "h3": "h4", "h4": "h5"}
LOWER_AT_FIRST = {"h1": "h2", "h2": "h3", "h3": "h3", "h4": "h4"}
POINTING = {"aria-labelledby", "aria-describedby", "for", "headers"}  # attributes that hold ids
DRAWN = re.compile(r"url\(#([^)\"']+)\)")

Leading = Callable[[str, str], str]


def ids_in(html: str) -> frozenset[str]:
    """The anchors of a piece of HTML."""
    found = (
        match[2] for tag in TAG.finditer(html) for match in ATTRIBUTE.finditer(tag[3]) if match[1] == "id"
    )
    return frozenset(found)


def joined(html: str, prefix: str, leads: Leading) -> str:
    """The piece with every id under `prefix`. `leads(href, prefix)` says where a link goes in the pack."""

    has_section = False

    def fit(tag: re.Match[str]) -> str:
        nonlocal has_section  # before the first of them a smaller heading would skip a level
        has_section |= tag[2] == "h2"
        name = (
            LOWER.get(tag[2].lower(), tag[2]) if has_section else LOWER_AT_FIRST.get(tag[2].lower(), tag[2])
        )
        return f"<{tag[1]}{name}{ATTRIBUTE.sub(lambda one: _attribute(one, prefix, leads), tag[3])}>"

    return TAG.sub(fit, html)


def _attribute(match: re.Match[str], prefix: str, leads: Leading) -> str:
    name, value = match[1], match[2]
    if name == "id":
        value = prefix + value
    elif name in POINTING:
        value = " ".join(prefix + one for one in value.split())
    elif name in ("href", "xlink:href"):
        value = leads(value, prefix)
    else:
        value = DRAWN.sub(lambda drawn: f"url(#{prefix}{drawn[1]})", value)
    return f'{name}="{value}"'


def leading(
    library: str, own: str, anchors: frozenset[str], others: Mapping[str, tuple[str, frozenset[str]]]
) -> Leading:
    """Where links of one document go. `library` is the address below which documents lie on the web, `own` the
    document's there, `anchors` the ids that stand in the pack, and `others` the prefix and ids of each document of the
    pack by its slug."""

    def leads(href: str, prefix: str) -> str:
        if href.startswith("#"):
            return f"#{prefix}{href[1:]}" if href[1:] in anchors else own + href
        if not href.startswith(library):
            return href
        slug, _, anchor = href.removeprefix(library).partition("/")
        there = others.get(slug)
        if there is None or (anchor and not anchor.startswith("#")):
            return href
        return f"#{there[0]}{anchor[1:]}" if anchor[1:] in there[1] else f"#{there[0]}start"

    return leads
