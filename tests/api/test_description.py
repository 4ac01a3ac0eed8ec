"""Whatever is sent, the API answers as its own description says, never breaks, and tells nothing of anybody else."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi import checks

from embedded.accounts.models import Person
from programmes.api import bearing
from programmes.entries.words import Words
from programmes.entries.writing import Entry, log_activity
from tests.api.asking import token_of
from tests.world import World, join, make_person

DESCRIPTION = "/api/v1/openapi.json"
HELD_TO = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
]
CANARY = "quagga-api-7716"


@pytest.fixture
def one_connection() -> Iterator[None]:
    """A request as a server gets it closes its connection, and with it the transaction of the test; not here."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    many = bearing.Limit("requests of a program", 1_000_000, datetime.timedelta(minutes=1))
    monkeypatch.setattr(bearing, "REQUESTS", many)


def test_the_description_names_three_requests_and_how_to_be_known() -> None:
    said = Client().get(DESCRIPTION).json()
    asked = {(path, method) for path, methods in said["paths"].items() for method in methods}
    one = "/api/v1/entries/{pk}/"
    assert asked == {("/api/v1/entries/", "get"), ("/api/v1/entries/", "post"), (one, "get")}
    assert said["components"]["securitySchemes"] == {"Bearer": {"type": "http", "scheme": "bearer"}}
    assert all(one["security"] for methods in said["paths"].values() for one in methods.values())


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["fits", "does_not"])
@pytest.mark.parametrize("who", ["researcher", "colleague", "stranger"])
@pytest.mark.usefixtures("one_connection", "unhurried")
def test_every_answer_is_as_described_and_tells_of_nobody_else(
    world: World, times: Callable[[int, int], int], who: str, mode: GenerationMode
) -> None:
    colleague = make_person("Second researcher")
    join(colleague, "researcher", world.programme, world.residency)
    person = {"researcher": world.people["researcher"], "colleague": colleague}.get(who) or make_person()
    for owner in {world.people["researcher"], colleague} - {person}:
        leave_words(world, owner)
    headers = {"Authorization": f"Bearer {token_of(person)}"}
    description = schemathesis.openapi.from_wsgi(DESCRIPTION, WSGIHandler())
    tried = 0
    for found in description.get_all_operations():
        tried += try_all(found.ok(), mode, headers, times(8, 250))
    assert tried


def try_all(operation: Any, mode: GenerationMode, headers: dict[str, str], most: int) -> int:
    """Sends what fits the description, or what does not; gives how often."""
    answers: list[int] = []

    @settings(max_examples=most, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy(mode))
    def send(case: Any) -> None:
        held_to = [*HELD_TO, checks.negative_data_rejection] if mode.is_negative else HELD_TO
        answer = case.call(headers=headers)
        case.validate_response(answer, checks=held_to)
        assert CANARY not in answer.text
        answers.append(answer.status_code)

    send()
    return len(answers)


def leave_words(world: World, owner: Person) -> None:
    """One entry for its writer alone, one for everybody in the residency."""
    for readers in ("only_me", "residency"):
        words = Words(CANARY, readers)
        entry = Entry(date=datetime.date(2026, 5, 4), minutes=30, kind="relational", words=words)
        log_activity(residency=world.residency, entry=entry, by=owner)
