"""What a holder of the token is told about work that stands still (trust.md P53), and that nobody else is told."""

from __future__ import annotations

import shutil
from collections import namedtuple
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone

from embedded import health_detail
from embedded.jobs import ask, pulse, retry
from embedded.jobs.models import Job, Pulse
from embedded.post.models import Letter

pytestmark = pytest.mark.django_db
TOKEN = "a long random word"
Disk = namedtuple("Disk", "total used free")


@pytest.fixture(autouse=True)
def watched(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A house that is well, with a token."""
    settings.HEALTH_TOKEN = TOKEN
    monkeypatch.setattr(shutil, "disk_usage", lambda path: Disk(100, 50, 50))
    pulse.beat()


def ask_page(authorization: str = f"Bearer {TOKEN}") -> Any:
    return Client().get("/readyz/detail", headers={"Authorization": authorization})


def told() -> tuple[int, list[str]]:
    answer = ask_page()
    return answer.status_code, answer.json()["problems"]


def test_all_is_well() -> None:
    answer = ask_page()
    assert answer.status_code == 200
    assert answer.json() | {"beat_silence": 0} == {
        "problems": [],
        "oldest_wait": None,
        "beat_silence": 0,
        "disk_free_percent": 50.0,
        "jobs_failed_in_a_day": 0,
        "letters_failed_in_a_day": 0,
    }


@pytest.mark.parametrize(
    "authorization", ["", "Bearer", "Bearer ", TOKEN, f"Bearer {TOKEN}x", f"Basic {TOKEN}", "Bearer Łódź"]
)
def test_without_the_token_there_is_no_such_page(authorization: str) -> None:
    assert ask_page(authorization).status_code == 404


@pytest.mark.parametrize("authorization", ["", "Bearer ", "Bearer", f"Bearer {TOKEN}"])
def test_where_no_token_is_set_there_is_no_such_page(settings: Any, authorization: str) -> None:
    settings.HEALTH_TOKEN = ""
    assert ask_page(authorization).status_code == 404


def test_it_can_only_be_read() -> None:
    headers = {"Authorization": f"Bearer {TOKEN}"}
    assert Client().post("/readyz/detail", headers=headers).status_code == 405


@pytest.mark.parametrize(("seconds", "status"), [(295, 200), (305, 503)])
def test_work_that_waits_for_five_minutes(seconds: int, status: int) -> None:
    ask("drill", "report:7", {}, None)
    Job.objects.update(asked_at=timezone.now() - timedelta(seconds=seconds))
    assert told() == (status, ["work waits"] if status == 503 else [])


@pytest.mark.parametrize(
    "changes",
    [
        {"not_before": timedelta(minutes=10)},
        {"not_before": timedelta(minutes=-1)},
        {"state": "running", "lease_until": timedelta(minutes=1), "lease_token": uuid4()},
        {"state": "running", "lease_until": timedelta(minutes=-1), "lease_token": uuid4()},
        {"state": "done", "ended_at": timedelta(minutes=-50)},
    ],
)
def test_work_that_is_held_done_or_to_wait_is_not_late(changes: dict[str, Any]) -> None:
    ask("drill", "report:7", {}, None)
    now = timezone.now()
    moments = {name: now + value for name, value in changes.items() if isinstance(value, timedelta)}
    Job.objects.update(asked_at=now - timedelta(hours=1), **(changes | moments))
    assert told() == (200, [])


def test_work_that_is_tried_again_waits_from_then() -> None:
    job = ask("drill", "report:7", {}, None)
    long_ago = timezone.now() - timedelta(hours=1)
    Job.objects.update(asked_at=long_ago, state="failed", error="No.", ended_at=long_ago)
    retry(job)
    assert told() == (200, [])


@pytest.mark.parametrize(("seconds", "status"), [(175, 200), (185, 503)])
def test_beat_that_is_silent_for_three_minutes(seconds: int, status: int) -> None:
    Pulse.objects.update(at=timezone.now() - timedelta(seconds=seconds))
    assert told() == (status, ["beat is silent"] if status == 503 else [])


def test_beat_that_never_was() -> None:
    Pulse.objects.all().delete()
    assert told() == (503, ["beat is silent"])


@pytest.mark.parametrize(("free", "status"), [(10, 200), (9, 503)])
def test_disk_of_which_a_tenth_is_free(monkeypatch: pytest.MonkeyPatch, free: int, status: int) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda path: Disk(100, 100 - free, free))
    assert told() == (status, ["disk is filling up"] if status == 503 else [])


def test_what_failed_is_counted() -> None:
    now = timezone.now()
    for number, ago in enumerate((1, 30)):
        ended = now - timedelta(hours=ago)
        Job.objects.create(
            kind="drill", key=f"{number}", asked_at=ended, state="failed", error="No.", ended_at=ended
        )
        Letter.objects.create(
            to="a@b.nhs.uk", key=f"{number}", asked_at=ended, state="failed", problem="Refused."
        )
    seen = ask_page().json()
    assert (seen["jobs_failed_in_a_day"], seen["letters_failed_in_a_day"]) == (1, 1)


def test_without_a_database_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> None:
        raise OperationalError("away")

    monkeypatch.setattr(health_detail, "read", away)
    answer = ask_page()
    assert (answer.status_code, answer.json()) == (503, {"problems": ["no database"]})
    assert connection.is_usable()
