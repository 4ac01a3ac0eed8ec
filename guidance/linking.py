"""Links from one document to another (`guide:slug`, `guide:slug#anchor`) and to the glossary (`term:slug`)."""

from __future__ import annotations

import re
from functools import lru_cache

from django.conf import settings
from django.urls import reverse
from django.utils.text import slugify
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

GLOSSARY = "glossary"
SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"
TARGET = re.compile(rf"guide:({SLUG})(?:#({SLUG}))?|term:({SLUG})")
TYPED = re.compile(rf"\]\(((?:guide|term):{SLUG})")
IN_LETTER = re.compile(rf"\[([^\[\]]+)\]\(((?:guide|term):{SLUG}(?:#{SLUG})?)\)")
TERM = re.compile(r"^\*\*([^*\n]+)\*\*[ \t]+—[ \t]", re.MULTILINE)


def is_target(address: str) -> bool:
    """Whether this is written as a link to a document or to a term; it may still lead nowhere."""
    return bool(TARGET.fullmatch(address))


@lru_cache(maxsize=128)
def targets(body: str) -> frozenset[str]:
    """Where the links of a text want to go, without anchors: "guide:cases-compared", "term:orcid"."""
    return frozenset(TYPED.findall(body))


def terms_of(body: str) -> frozenset[str]:
    """The anchors of the terms that a glossary explains."""
    return frozenset(slugify(term) for term in TERM.findall(body))


def address_of(target: str, base: str = "") -> str:
    """Where a target is found. `base` is the address of the product, for readers who are not in it."""
    match = TARGET.fullmatch(target)
    if not match:
        raise ValueError(f"{target!r} is no link to the library")
    slug, anchor = (match[1], match[2]) if match[1] else (GLOSSARY, match[3])
    path = reverse("guidance_document", kwargs={"slug": slug})
    return f"{base}{path}#{anchor}" if anchor else f"{base}{path}"


def written_out(letter: str) -> str:
    """A letter as an e-mail program takes it: each link as its words and its whole address."""
    return IN_LETTER.sub(lambda link: f"{link[1]} ({address_of(link[2], settings.BASE_URL)})", letter)


def links(state: StateCore) -> None:
    """Leads the links on. Those in `env["loose"]`, which lead nowhere, leave their words alone. Fills `env["links"]`
    with all of them as they were typed."""
    base = state.env["base"]
    for token in state.tokens:
        if token.children:
            token.children = _led_on(token.children, state, base)


def _led_on(children: list[Token], state: StateCore, base: str) -> list[Token]:
    kept: list[Token] = []
    dropping = False
    for child in children:
        target = str(child.attrGet("href") or "") if child.type == "link_open" else ""
        if target and is_target(target):
            state.env["links"].append(target)
            dropping = target.partition("#")[0] in state.env["loose"]
            child.attrSet("href", address_of(target, base))
        if dropping and child.type in ("link_open", "link_close"):
            dropping = child.type == "link_open"
            continue
        kept.append(child)
    return kept
