"""The pieces of work in the background: look at a file's headings, check its rows, bring the good ones in."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict
from itertools import islice
from typing import Any, Final

from django.db import connection, transaction
from django.db.models.functions import TruncMonth
from django.utils import timezone

from embedded.audit import record
from embedded.files import Damaged
from embedded.files.keeping import read
from embedded.jobs import CannotBeDone, Progress
from embedded.tables.reading.bounds import CannotRead
from embedded.tables.reading.cells import Wrong
from embedded.tables.reading.opening import lines_in
from embedded.tables.reading.table import Cell, Numbered, Table
from embedded.vault import CannotBeRead, Sealer
from programmes.access import Scope
from programmes.entries import months
from programmes.entries.days import LATE_AFTER
from programmes.interchange import columns
from programmes.interchange.checking import FIELDS, Checker, own_residencies
from programmes.interchange.settling import counted, settle
from programmes.interchange.words import Words
from programmes.models import ColumnMemory, LogFile, LogFileRow, RowState

SHOWN: Final = 3  # rows on the page of the columns
LOOKED_AT: Final = 2_000  # rows by which is guessed what dates, numbers and words mean
LONGEST: Final = 200  # signs of a cell that the page of the columns needs
TOLD_EVERY: Final = 5_000
_COPY: Final = f"COPY programmes_logfilerow ({', '.join(FIELDS)}) FROM STDIN"
_INSERT: Final = """
INSERT INTO programmes_activity (residency_id, person_id, date, minutes, kind, sealed, host_id, place, project_id,
    late_reason, made_at, version, file_id)
SELECT residency_id, %s, date, minutes, kind, text, host_id, place, project_id,
    CASE WHEN date < %s THEN %s ELSE '' END, %s, 1, file_id
FROM programmes_logfilerow WHERE file_id = %s AND state = 'good' ORDER BY number
"""
_MADE: Final = "UPDATE programmes_logfilerow SET state = 'made' WHERE file_id = %s AND state = 'good'"


@transaction.atomic
def check(file: LogFile, progress: Progress) -> None:
    """Looks at the headings as long as nobody has said what the columns mean; then at every row, once."""
    if file.checked_at is not None or file.problem:
        return
    progress("Opening the file", 0, 0)
    try:
        content = Sealer(file.person).open_bytes(read(file.content))
        table = lines_in(content, columns.BOUNDS, columns.VOCABULARY)
        if "at" in file.columns:
            _check_rows(file, table, progress)
        else:
            _keep_head(file, table)
    except CannotRead as problem:
        file.problem = str(problem)[:600]
        file.save(update_fields=["problem"])
    except (Damaged, CannotBeRead) as problem:
        raise CannotBeDone("The file cannot be read any more. Upload it again.") from problem


def _keep_head(file: LogFile, table: Table) -> None:
    """The headings and the first rows, sealed; and what was said of such headings before, or else a guess."""
    sealer = Sealer(file.person)
    rows = [
        (number, [(kind, text[:LONGEST]) for kind, text in cells])
        for number, cells in islice(table.rows, LOOKED_AT)
    ]
    before = ColumnMemory.objects.filter(person=file.person, shape=shape_of(table.head)).first()
    at = before.columns["at"] if before else columns.guess(table.head)
    orders = columns.orders_of((number, text) for number, (_, text) in _column(rows, at, "date"))
    file.columns = {"guess": before.columns if before else _guess(table.head, rows, at, orders)}
    words = Words(sealer, {})
    for _, cell in _column(rows, at, "kind"):
        with suppress(Wrong):
            words.kind(cell)
    shown = [[text for _, text in cells] for _, cells in rows[:SHOWN]]
    said = {"head": table.head, "rows": shown, "words": words.strange(), "orders": asdict(orders)}
    file.head = sealer.seal(json.dumps(said, ensure_ascii=False))
    file.save(update_fields=["head", "columns"])


def _column(rows: list[Numbered], at: dict[str, int], name: str) -> Iterator[tuple[int, Cell]]:
    """The number of each row with something in that column, and what."""
    place = at.get(name, 999)
    return ((number, cells[place]) for number, cells in rows if place < len(cells))


def _guess(
    head: list[str], rows: list[Numbered], at: dict[str, int], orders: columns.Orders
) -> dict[str, Any]:
    """Which column is which, and what dates and bare numbers mean in them."""
    heading = head[at["how_long"]] if "how_long" in at else ""
    lengths = (text for _, (_, text) in _column(rows, at, "how_long"))
    return {"at": at, "dates": orders.likely, "unit": columns.guess_unit(heading, lengths)}


def shape_of(head: list[str]) -> str:
    return hashlib.sha256(json.dumps(head).encode()).hexdigest()


def _check_rows(file: LogFile, table: Table, progress: Progress) -> None:
    now = timezone.now()
    own = own_residencies(_may_log(file))
    if not own:
        raise CannotBeDone("There is no residency in which you may log.")
    checker = Checker(file, table, own, timezone.localdate())
    with transaction.atomic(), connection.cursor() as cursor, cursor.copy(_COPY) as copy:
        for at, row in enumerate(checker.rows(), 1):
            copy.write_row(row)
            if at % TOLD_EVERY == 0:
                progress("Checking the rows", at, 0)
    settle(file)
    file.counts = counted(file) | checker.told
    _keep_words(file, checker)
    file.checked_at = now
    file.save(update_fields=["counts", "checked_at", "head"])


def _keep_words(file: LogFile, checker: Checker) -> None:
    """The words that stand for kinds in all rows, of the column that was chosen, for the page of the columns."""
    said = json.loads(checker.sealer.open(file.head or b""))
    said["words"] = checker.words.strange()
    file.head = checker.sealer.seal(json.dumps(said, ensure_ascii=False))


def _may_log(file: LogFile) -> Any:
    return Scope(file.person, timezone.localdate()).residencies(permission="log")


@transaction.atomic
def bring_in(file: LogFile) -> None:
    """All good rows, or none: killed in between it is as if it had not begun, and done twice it finds nothing to do."""
    file = LogFile.objects.select_for_update(of=("self",)).select_related("person__user").get(pk=file.pk)
    if file.brought_in_at is not None:
        return
    rows = LogFileRow.objects.filter(file=file, state=RowState.GOOD)
    allowed = _may_log(file) if file.person.user and file.person.user.is_active else None
    if allowed is None or rows.exclude(residency__in=allowed).exists():
        raise CannotBeDone("You may no longer log in one of these residencies, so nothing came in.")
    settle(file)
    by_month = rows.order_by().annotate(first=TruncMonth("date")).values_list("residency", "first").distinct()
    spans = set(by_month)
    today, now = timezone.localdate(), timezone.now()
    with connection.cursor() as cursor:
        late = today - LATE_AFTER
        cursor.execute(_INSERT, [file.person_id, late, file.late_reason, now, file.pk])
        brought = cursor.rowcount
        cursor.execute(_MADE, [file.pk])
    add_up(spans)
    file.brought_in_at, file.counts = now, file.counts | counted(file)
    file.save(update_fields=["brought_in_at", "counts"])
    told = {"entries": brought}
    record(file.person, "log_file.brought_in", f"File {file.pk} of a log", "log/file", details=told)


def add_up(spans: set[tuple[int, datetime.date]]) -> None:
    """The roll-up of these months of residencies."""
    if spans:
        residencies, firsts = zip(*sorted(spans), strict=True)
        months.add_up(sorted(set(residencies)), sorted(set(firsts)))
