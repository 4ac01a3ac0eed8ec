"""Makes files of a log in memory, uploads them as their owner, and does the work of the workers."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Sequence
from html import unescape
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from programmes.models import LogFile
from tests.registration.filled import key
from tests.workers import run_jobs
from tests.world import World

HEAD = ["Date", "Minutes", "What", "Kind"]
TODAY = timezone.localdate()
DAY = TODAY - datetime.timedelta(days=3)
KIND = "Teaching and coaching"
USUAL = {
    "dates": "day",
    "unit": "minutes",
    "usual_kind": "relational",
    "late_reason": "copied",
}


def text(*rows: Sequence[str], head: Sequence[str] = HEAD, between: str = ",", ends: str = "\r\n") -> str:
    held = io.StringIO()
    csv.writer(held, delimiter=between, lineterminator=ends).writerows([head, *rows])
    return held.getvalue()


def table(*rows: Sequence[str], encoding: str = "utf-8", **options: Any) -> bytes:
    return text(*rows, **options).encode(encoding)


def upload(world: World, content: bytes, who: str = "researcher", name: str = "log.csv") -> Any:
    file = SimpleUploadedFile(name, content)
    return world.client(who).post("/log/file/", {"form_key": key(), "file": file})


def opened(world: World, content: bytes) -> LogFile:
    """Uploaded, and its headings looked at."""
    answer = upload(world, content)
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    run_jobs()
    file = LogFile.objects.latest("pk")
    assert answer["Location"] == f"/log/file/{file.pk}/"
    return file


def answers(world: World, file: LogFile, **more: str) -> dict[str, str]:
    """What the form of the columns shows, with other answers to some."""
    at = (file.columns.get("guess") or file.columns)["at"]
    typed = {f"{name}_at": str(place) for name, place in at.items()}
    same = {"form_key": key(), "version": str(file.version), "residency": str(world.residency.pk)}
    return typed | USUAL | same | more


def checked(world: World, content: bytes, **more: str) -> LogFile:
    """Its columns answered as they were guessed, and its rows checked."""
    file = opened(world, content)
    assert not file.problem, file.problem
    answer = researcher(world).post(f"/log/file/{file.pk}/columns/", answers(world, file, **more))
    assert answer.status_code == 302, shown(answer.content)[-4000:]
    run_jobs()
    file.refresh_from_db()
    return file


def brought_in(world: World, file: LogFile) -> LogFile:
    """The button pressed, and the work done."""
    assert researcher(world).post(f"/log/file/{file.pk}/", {"form_key": key()}).status_code == 302
    run_jobs()
    file.refresh_from_db()
    return file


def researcher(world: World) -> Client:
    return world.client("researcher")


def states(file: LogFile) -> list[str]:
    return list(file.rows.order_by("number").values_list("state", flat=True))


def page_of(world: World, file: LogFile, **query: str) -> str:
    answer = researcher(world).get(f"/log/file/{file.pk}/", query)
    assert answer.status_code == 200
    return shown(answer.content)


def shown(content: bytes) -> str:
    return unescape(content.decode())
