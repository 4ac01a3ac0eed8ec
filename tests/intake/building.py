"""Makes files of residencies in memory: tables in text and workbooks, whole and spoilt."""

from __future__ import annotations

import csv
import datetime
import io
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from programmes.models import ResidencyFile
from tests.registration.filled import key
from tests.workers import run_jobs
from tests.world import World

HEAD = ["Title", "Host", "Stage", "Start", "End", "Researcher", "Researcher's email", "Days a week"]
TODAY = timezone.localdate()
BEGUN = TODAY - datetime.timedelta(days=300)
ENDS = TODAY + datetime.timedelta(days=400)
HOST = "Made Up Trust"
ROW = [
    "Falls on the way home",
    HOST,
    "running",
    str(BEGUN),
    str(ENDS),
    "Jo Bell",
    "jo.bell@people.example",
    "2.5",
]


def row(**cells: str) -> list[str]:
    """The usual row with other words under some headings: `row(Title="Sleep")`."""
    return [
        cells.get(heading.replace(" ", "_").replace("'", ""), usual)
        for heading, usual in zip(HEAD, ROW, strict=True)
    ]


def many(number: int) -> list[list[str]]:
    """So many different rows."""
    return [
        row(Title=f"Residency {n}", Researcher=f"Person {n}", Researchers_email=f"p{n}@people.example")
        for n in range(1, number + 1)
    ]


def text(
    *rows: Sequence[str], head: Sequence[str] | None = HEAD, between: str = ",", ends: str = "\r\n"
) -> str:
    held = io.StringIO()
    writer = csv.writer(held, delimiter=between, lineterminator=ends)
    writer.writerows([*([head] if head is not None else []), *rows])
    return held.getvalue()


def table(*rows: Sequence[str], encoding: str = "utf-8", **options: Any) -> bytes:
    """A CSV file; without rows, with the usual one."""
    return text(*(rows or (ROW,)), **options).encode(encoding)


def workbook(*rows: Sequence[Any], more: Callable[[Any, Any], None] | None = None, **options: Any) -> bytes:
    """An XLSX file with a sheet; `more(book, sheet)` does what else is wanted."""
    held = io.BytesIO()
    with xlsxwriter.Workbook(
        held, {"strings_to_formulas": False, "strings_to_urls": False} | options
    ) as book:
        sheet = book.add_worksheet("Residencies")
        for number, cells in enumerate([HEAD, *(rows or (ROW,))]):
            for at, cell in enumerate(cells):
                sheet.write(number, at, cell)
        if more:
            more(book, sheet)
    return held.getvalue()


def packed(content: bytes, change: Callable[[dict[str, bytes]], Any], **options: Any) -> bytes:
    """A workbook whose parts were changed after it was made."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = {entry.filename: package.read(entry) for entry in package.infolist()}
    change(parts)
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED, **options) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return held.getvalue()


def sheet_of(cells: str) -> Callable[[dict[str, bytes]], None]:
    """Puts this XML in place of the rows of the first sheet."""

    def change(parts: dict[str, bytes]) -> None:
        name = "xl/worksheets/sheet1.xml"
        whole = parts[name].decode()
        start, end = whole.index("<sheetData>"), whole.index("</sheetData>")
        parts[name] = (whole[: start + 11] + cells + whole[end:]).encode()

    return change


def upload(client: Client, world: World, content: bytes, name: str = "residencies.csv", **more: str) -> Any:
    file = SimpleUploadedFile(name, content)
    return client.post(address(world), {"form_key": key(), "file": file} | more)


def address(world: World) -> str:
    return f"/p/{world.programme.slug}/residencies/file/"


def checked(client: Client, world: World, content: bytes, name: str = "residencies.csv") -> ResidencyFile:
    """Uploaded, and checked as a worker would."""
    answer = upload(client, world, content, name)
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    run_jobs()
    file = ResidencyFile.objects.latest("pk")
    assert answer["Location"] == file.get_absolute_url()
    return file


def brought_in(client: Client, file: ResidencyFile) -> ResidencyFile:
    """The button pressed, and the work done."""
    assert client.post(file.get_absolute_url(), {"form_key": key()}).status_code == 302
    run_jobs()
    file.refresh_from_db()
    return file


def states(file: ResidencyFile) -> list[str]:
    return list(file.rows.values_list("state", flat=True))


def page_of(client: Client, file: ResidencyFile, **query: str) -> str:
    answer = client.get(file.get_absolute_url(), query)
    assert answer.status_code == 200
    return str(answer.content.decode())
