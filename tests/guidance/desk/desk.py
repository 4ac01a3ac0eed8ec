"""What an editor's browser sends: forms taken off the pages as they stand, with what is typed over them."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser
from typing import Any

from django.http import HttpResponse
from django.test import Client

DESK = "/guidance/desk/a-guide/"


class Boxes(HTMLParser):
    """The fields of the form that sends words, as the page shows them."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, list[str]] = {}
        self.area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        about = {name: value or "" for name, value in attrs}
        name, kind = about.get("name", ""), about.get("type", "")
        if tag == "textarea":
            self.area, self.fields[name] = name, [""]
        elif tag == "input" and name and (kind not in ("radio", "checkbox") or "checked" in about):
            self.fields.setdefault(name, []).append(about.get("value", ""))

    def handle_data(self, data: str) -> None:
        if self.area:
            self.fields[self.area][0] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.area = ""


def page(browser: Client, address: str, status: int = 200) -> str:
    answer = browser.get(address)
    assert answer.status_code == status, f"{address} answers {answer.status_code}"
    return html.unescape(answer.content.decode())


def shown(browser: Client, address: str) -> dict[str, list[str]]:
    """The form that the page shows, without the one in its head that signs out."""
    answer = browser.get(address)
    assert answer.status_code == 200, f"{address} answers {answer.status_code}"
    boxes = Boxes()
    boxes.feed(answer.content.decode().partition("<main")[2])
    return boxes.fields


def press(browser: Client, address: str, **typed: Any) -> HttpResponse:
    """Opens the page, types and presses."""
    answer: Any = browser.post(address, shown(browser, address) | typed)
    return answer


def begin(browser: Client, slug: str = "a-guide") -> None:
    document = f"/guidance/desk/{slug}/"
    answer: Any = browser.post(f"{document}begin/", shown(browser, document))
    assert answer.status_code == 302, answer.content.decode()


def write(browser: Client, slug: str = "a-guide", **typed: Any) -> None:
    """Begins when nothing is in hand, and saves what is typed over the text that the page shows."""
    if browser.get(f"/guidance/desk/{slug}/edit/").status_code == 404:
        begin(browser, slug)
    answer = press(browser, f"/guidance/desk/{slug}/edit/", **({"press": "save"} | typed))
    assert answer.status_code == 302, said(answer)


def said(answer: Any) -> str:
    """The words of a page, without its marks."""
    text = html.unescape(answer.content.decode())
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())
