"""What the pages of a log by file fetch: one's own files and their rows, opened for nobody else."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import QuerySet
from django.http import Http404

from embedded.accounts.models import Person
from embedded.vault import CannotBeRead, Sealer
from programmes.access import Scope
from programmes.interchange.columns import Orders
from programmes.interchange.words import Strange
from programmes.models import Activity, LogFile, LogFileForm, LogFileRow, Residency

BY_TABLE: Final = (LogFileForm.CSV, LogFileForm.XLSX)


def residencies_of(scope: Scope) -> list[Residency]:
    """Those in which the person logs; nobody without one brings anything in."""
    found = (
        scope.residencies(permission="log").select_related("programme").order_by("programme__name", "code")
    )
    if not found:
        raise Http404("No residency in which this person logs")
    return list(found)


def files_of(person: Person) -> QuerySet[LogFile]:
    return LogFile.objects.filter(person=person, form__in=BY_TABLE).select_related("job", "importing")


def file_of(person: Person, pk: int) -> LogFile:
    """One of the person's own; anybody else's is a 404."""
    file = files_of(person).select_related("person", "residency__programme").filter(pk=pk).first()
    if file is None:
        raise Http404("No file of yours has that number")
    return file


def rows_of(file: LogFile, *states: str) -> QuerySet[LogFileRow]:
    found = LogFileRow.objects.filter(file=file, state__in=states)
    return found.select_related("residency", "project").order_by("number")


def kept_since(file: LogFile) -> list[Activity]:
    """Entries of a file that was undone, that stayed because they were changed before."""
    return list(
        Activity.objects.filter(file=file).select_related("residency__programme").order_by("date", "id")[:100]
    )


@dataclass(frozen=True)
class Head:
    """The headings of a file, its first rows, the words that may stand for kinds, and which rows can be read with the
    day or the month first alone."""

    head: list[str]
    rows: list[list[str]]
    words: list[Strange]
    orders: Orders


@dataclass(frozen=True)
class Row:
    """A row with its words opened: what stood in its cells, and (column, what to do) for each that is wrong."""

    row: LogFileRow
    text: str
    cells: list[str]
    problems: list[tuple[str, str]]
    same_as: int | None


class Opener:
    """Opens what is sealed in files of one person, for one request."""

    def __init__(self, person: Person) -> None:
        self.sealer = Sealer(person)

    def head(self, file: LogFile) -> Head:
        said = self._said(file.head)
        orders = Orders(**said.get("orders", {"day": [], "month": []}))
        return Head(said.get("head", []), said.get("rows", []), said.get("words", []), orders)

    def row(self, row: LogFileRow) -> Row:
        said = self._said(row.said)
        problems = [(name, fix) for name, fix in said.get("problems", [])]
        return Row(row, self._text(row.text), said.get("cells", []), problems, said.get("same_as"))

    def _said(self, blob: bytes | memoryview | None) -> dict[str, Any]:
        try:
            said: dict[str, Any] = json.loads(self._text(blob) or "{}")
        except ValueError:  # what cannot be read any more
            return {}
        return said

    def _text(self, blob: bytes | memoryview | None) -> str:
        try:
            return "" if blob is None else self.sealer.open(blob)
        except CannotBeRead:
            return "(words that cannot be read any more)"
