"""What a page of the library says, word by word, as somebody who sees it reads it."""

from __future__ import annotations

import re

import lxml.html

UNSEEN = (
    '//*[@aria-hidden="true"]',
    '//*[contains(@class, "visually-hidden")]',
    '//*[@class="drawing-room"]',
)
LETTER_OPENER = "Open this e-mail in your e-mail program"


def seen(html: str) -> str:
    """The text of a piece of a page, without what is only read aloud, drawings, and what only a screen offers."""
    tree = lxml.html.fragment_fromstring(html, create_parent="div")
    for path in UNSEEN:
        for element in tree.xpath(path):
            element.drop_tree()
    return " ".join(tree.itertext()).replace(LETTER_OPENER, "")


def words(text: str) -> list[str]:
    """Words and numbers alone: gaps to fill in, bullets and dashes are not said."""
    return re.findall(r"[^\W_]+", text)
