"""A page as a browser takes it: what stands in its boxes, what is marked wrong, and what markup came out of text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from tests.house.hostile import MARK

ADDRESSES = {"href", "src", "action", "formaction", "data", "xlink:href", "poster", "cite", "background"}
# attributes of ours that hold words of people, or addresses that carry them after our own path
WORDY = {"value", "title", "alt", "aria-label", "content", "placeholder", "label"}
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:")
SCHEMES = ("https://", "http://", "mailto:", "tel:", "data:image/")
RAW = {"script", "style"}
Attributes = list[tuple[str, str | None]]


@dataclass
class Box:
    """What would be sent under one name."""

    kind: str = ""
    values: list[str] = field(default_factory=list)
    offered: set[str] = field(default_factory=set)
    hidden: bool = False


class Page(HTMLParser):
    """`boxes` by name, `ids` with how often each is there, `addresses`, and `foreign`: markup made of words."""

    def __init__(self, text: str, mark: str = MARK) -> None:
        super().__init__(convert_charrefs=True)
        self.mark = mark
        self.boxes: dict[str, Box] = {}
        self.ids: dict[str, int] = {}
        self.foreign: list[str] = []
        self.addresses: list[str] = []
        self._raw = self._select = self._area = ""
        self._words: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        self._look(tag, attrs)
        given = {name: value or "" for name, value in attrs}
        if "id" in given:
            self.ids[given["id"]] = self.ids.get(given["id"], 0) + 1
        self._raw = tag if tag in RAW else self._raw
        name = given.get("name", "")
        if tag == "input" and name:
            self._input(self.boxes.setdefault(name, Box()), given)
        elif tag == "select":
            self._select = name
            self.boxes.setdefault(name, Box("select"))
        elif tag == "option" and self._select:
            box = self.boxes[self._select]
            box.offered.add(given.get("value", ""))
            if "selected" in given:
                box.values.append(given.get("value", ""))
        elif tag == "textarea":
            self._area, self._words = name, []

    def handle_startendtag(self, tag: str, attrs: Attributes) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if self.mark in tag:
            self.foreign.append(f"</{tag}>")
        if tag == self._raw:
            self._raw = ""
        if tag == "select":
            self._select = ""
        if tag == "textarea" and self._area:
            self.boxes.setdefault(self._area, Box("textarea")).values.append("".join(self._words))
            self._area = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self._words.append(data)
        if self._raw and self.mark in data:
            self.foreign.append(f"<{self._raw}>: {data[:60]}")

    def handle_comment(self, data: str) -> None:
        self._odd("comment", data)

    def handle_decl(self, decl: str) -> None:
        self._odd("declaration", decl)

    def unknown_decl(self, data: str) -> None:
        self._odd("declaration", data)

    def handle_pi(self, data: str) -> None:
        self._odd("instruction", data)

    def _odd(self, what: str, data: str) -> None:
        if self.mark in data:
            self.foreign.append(f"{what}: {data[:60]}")

    def _input(self, box: Box, given: dict[str, str]) -> None:
        box.kind, box.hidden = given.get("type", "text"), given.get("type") == "hidden"
        if box.kind in ("radio", "checkbox"):
            box.offered.add(given.get("value", "on"))
            if "checked" in given:
                box.values.append(given.get("value", "on"))
        elif box.kind not in ("submit", "button"):
            box.values.append(given.get("value", ""))

    def _look(self, tag: str, attrs: Attributes) -> None:
        """Tag, attribute and handler names are ours; so is the scheme and the path of every address."""
        if self.mark in tag:
            self.foreign.append(f"<{tag}>")
        for name, value in attrs:
            value = value or ""
            if self.mark in name or name.startswith("on") or name in ("style", "srcdoc"):
                self.foreign.append(f"<{tag} {name}>")
            elif name in ADDRESSES:
                self._address(tag, name, value)
            elif self.mark in value and name not in WORDY and not name.startswith("data-"):
                self.foreign.append(f"<{tag} {name}={value[:60]}>")

    def _address(self, tag: str, name: str, value: str) -> None:
        self.addresses.append(value)
        bare = re.sub(r"[\x00-\x20]", "", value).lower()
        known = SCHEME.match(bare) is None or bare.startswith(SCHEMES)
        inside = bare.startswith(("/", "?")) and not bare.startswith(("//", "/\\"))
        letter = bare.startswith("mailto:") and "?" not in bare and "<" not in bare
        ours = self.mark not in value or inside or letter
        if not known or not ours:
            self.foreign.append(f"<{tag} {name}={value[:60]}>")


def lines_of_summary(text: str) -> list[tuple[str, str]]:
    """The id that each line of "There is a problem" leads to, and its words as they stand in the page."""
    start = text.find("nhsuk-error-summary__list")
    summary = text[start : text.index("</ul>", start)] if start >= 0 else ""
    return re.findall(r'<a href="#([^"]+)">([^<]+)</a>', summary)


def words_at_fields(text: str) -> set[str]:
    """The messages that stand beside the fields."""
    pattern = r'<span[^>]*class="nhsuk-error-message[^"]*"[^>]*>\s*(?:<span[^>]*>[^<]*</span>)?([^<]+)'
    return {one.strip() for one in re.findall(pattern, text)}


def boxes_of(answer: Any) -> dict[str, Box]:
    return Page(answer.content.decode()).boxes
