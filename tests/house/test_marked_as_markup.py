"""Words become markup in few places, each saying why (P23); no nonce comes twice (P24); logs stay lines (P27)."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog
from django.conf import settings
from django.test import Client

from tests.house.hostile import VALUES, arrives_as
from tests.house.test_reading import nonce_in

ROOT = Path(__file__).resolve().parents[2]
MOST = 6
WAYS = {
    "mark_safe": re.compile(r"\bmark_safe\("),
    "Markup": re.compile(r"\bMarkup\("),
    "|safe": re.compile(r"\|\s*safe\b"),
}
# other ways to the same thing, which nobody needs
OTHER_WAYS = re.compile(
    r"\bSafe(?:String|Text|Data)\(|autoescape\s*(?:=\s*False|false|off)|@html_safe|\|\s*safeseq|__html__"
)
# letters are plain text first: nothing in those templates is markup
TEXT_ONLY = re.compile(r"embedded/post/writing\.py|templates/\w+/email/\w+\.txt")


def lines() -> Iterator[tuple[str, str, str]]:
    """File, line, and the line before it, of every source and template."""
    for room in ("embedded", "guidance", "programmes", "templates"):
        for path in sorted((ROOT / room).rglob("*")):
            if path.suffix in (".py", ".jinja", ".html", ".txt"):
                before = ""
                for line in path.read_text().splitlines():
                    yield str(path.relative_to(ROOT)), line, before
                    before = line


@pytest.mark.parametrize("way", WAYS)
def test_p23_markup_is_made_in_few_places_that_say_why(way: str) -> None:
    found = [(path, line, before) for path, line, before in lines() if WAYS[way].search(line)]
    assert len(found) <= MOST, found
    for path, line, _ in found:
        said = re.search(r"#\s*(?:noqa: S\d+)?\s*\W*(\w.*)", line)
        assert path.endswith(".jinja") or said, f"{path} does not say why: {line}"


def test_p23_there_is_no_other_way() -> None:
    found = [(path, line) for path, line, _ in lines() if OTHER_WAYS.search(line)]
    assert not [one for one in found if not TEXT_ONLY.fullmatch(one[0])]
    asking = {path for path, line, _ in lines() if "as_printed(" in line}
    assert asking and all(path.startswith("embedded/nhsuk/") for path in asking)


def test_p24_every_nonce_is_new(db: None, times: Callable[[int, int], int]) -> None:
    visitor, asked = Client(), times(50, 1_000)
    given = {nonce_in(visitor.get("/privacy/")["Content-Security-Policy"]) for _ in range(asked)}
    assert len(given) == asked


def test_p27_whatever_is_logged_stays_one_line_of_json() -> None:
    """In the words, in what is filled in, in names of fields, in what is bound to the request."""
    made: dict[str, Any] = settings.LOGGING["formatters"]["json"]
    formatter = made["()"](
        processors=made["processors"], foreign_pre_chain=made["foreign_pre_chain"], use_get_message=True
    )
    for value in VALUES.values():
        text = arrives_as(value)[:5_000] + '\r\n{"level": "info", "event": "forged"}\n\x1b[2J\u2028\u2029\x85'
        record = logging.LogRecord(text, logging.ERROR, "f", 1, "Lost %s", (text,), None)
        with structlog.contextvars.bound_contextvars(request_id=text, asked=[text], told={"a": text}):
            line = formatter.format(record)
        assert len(line.splitlines()) == 1 and line.isprintable()
        assert json.loads(line)["level"] == "error"
