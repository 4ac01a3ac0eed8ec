"""Log lines: JSON with the request's number; never an address, a token or what was typed."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest
import structlog
from django.conf import settings
from django.test import Client

from embedded.logs import masked

TOKEN = "q8Zk3vN1-x7Lw_0PqRs5TuVyAbCdEfGhIjKlMnOpQr2"


def formatted(record: logging.LogRecord) -> dict[str, Any]:
    made = settings.LOGGING["formatters"]["json"]
    formatter = made["()"](
        processors=made["processors"], foreign_pre_chain=made["foreign_pre_chain"], use_get_message=True
    )
    line: dict[str, Any] = json.loads(formatter.format(record))
    return line


def test_addresses_and_tokens_are_masked() -> None:
    assert masked(f"GET /i/{TOKEN}/ by ada.wong@hosp.nhs.uk") == "GET /i/[token]/ by [email]"
    number = "3fabe713-96c2-47a5-b205-b915ee2b8d16"
    assert masked(f"request {number} of conversation") == f"request {number} of conversation"


def test_lines_of_others_are_json_and_masked() -> None:
    record = logging.LogRecord("x", logging.ERROR, "f", 1, "Lost %s", (TOKEN,), None)
    with structlog.contextvars.bound_contextvars(request_id="r1"):
        line = formatted(record)
    assert (line["event"], line["level"], line["request_id"]) == ("Lost [token]", "error", "r1")


def test_stack_in_the_log_is_masked_too() -> None:
    try:
        raise ValueError(f"no letter to ada@hosp.example with {TOKEN}")
    except ValueError:
        import sys

        record = logging.LogRecord("x", logging.ERROR, "f", 1, "Failed", (), sys.exc_info())
    line = formatted(record)
    assert "ValueError" in line["exception"]
    assert "ada@" not in line["exception"]
    assert TOKEN not in line["exception"]


def test_request_is_logged_by_the_pattern_of_its_address(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        response = Client().get(f"/livez?token={TOKEN}")
    text = "".join(str(record.msg) for record in caplog.records)
    assert "GET /livez" in text
    assert TOKEN not in text
    assert response["X-Request-ID"] in text


def test_request_id_is_ours_and_new_each_time() -> None:
    answers = [Client().get("/livez", headers={"X-Request-ID": "forged"})["X-Request-ID"] for _ in range(2)]
    assert len(set(answers)) == 2
    assert "forged" not in answers
