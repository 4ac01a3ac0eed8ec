"""Which of a file's good rows may come in, set by set: not those that are here already, nor more than a day holds."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from typing import Any, Final

from django.db import connection

from embedded.vault import CannotBeRead, Sealer
from programmes.entries.days import FULL, MOST_A_DAY
from programmes.interchange import columns
from programmes.models import LogFile, Place, RowState

AT_ONCE: Final = 5_000  # rows
_MEETING: Final = """
SELECT r.id, r.text, a.id, a.sealed, a.what FROM programmes_logfilerow r
JOIN programmes_activity a ON a.person_id = %s AND a.date = r.date AND a.minutes = r.minutes AND a.kind = r.kind
    AND a.residency_id = r.residency_id
WHERE r.file_id = %s AND r.state = 'good' AND r.number >= %s AND r.number < %s
"""
_HERE: Final = "UPDATE programmes_logfilerow SET state = 'here' WHERE id = ANY(%s)"
_FULL_DAYS: Final = """
SELECT id, date, minutes, there FROM (
    SELECT r.*, coalesce(day.minutes, 0) AS there, sum(r.minutes) OVER (PARTITION BY r.date) AS file_minutes
    FROM programmes_logfilerow r LEFT JOIN (
        SELECT date, sum(minutes) AS minutes FROM programmes_activity WHERE person_id = %s GROUP BY date
    ) AS day ON day.date = r.date
    WHERE r.file_id = %s AND r.state = 'good'
) AS good WHERE there + file_minutes > %s ORDER BY number
"""
_OVER: Final = """
SELECT r.id, r.date, r.minutes, r.kind, r.place, r.text, g.slug || '/' || n.code, h.display_name, p.title
FROM programmes_logfilerow r JOIN programmes_residency n ON n.id = r.residency_id
JOIN programmes_programme g ON g.id = n.programme_id
LEFT JOIN programmes_organisation h ON h.id = r.host_id LEFT JOIN programmes_project p ON p.id = r.project_id
WHERE r.id = ANY(%s)
"""
_BAD: Final = "UPDATE programmes_logfilerow SET state = 'bad', said = %s WHERE id = %s"
_LAST: Final = "SELECT coalesce(max(number), 0) FROM programmes_logfilerow WHERE file_id = %s"


def settle(file: LogFile) -> None:
    """Marks the good rows that are here already, then those that make a day longer than 16 hours (V-60)."""
    sealer = Sealer(file.person)
    with connection.cursor() as cursor:
        cursor.execute(_LAST, [file.pk])
        last = cursor.fetchone()[0]
        for first in range(0, last + 1, AT_ONCE):
            cursor.execute(_MEETING, [file.person_id, file.pk, first, first + AT_ONCE])
            here = list(_same(cursor.fetchall(), sealer))
            cursor.execute(_HERE, [here])
        cursor.execute(_FULL_DAYS, [file.person_id, file.pk, MOST_A_DAY])
        cursor.execute(_OVER, [list(_too_much(cursor.fetchall()))])
        cursor.executemany(_BAD, [(_said(file, row, sealer), row[0]) for row in cursor.fetchall()])


def _too_much(rows: list[tuple[int, datetime.date, int, int]]) -> Iterator[int]:
    """Of rows in their order, those that their day has no room for beside what was there and what came before and
    fits."""
    so_far: dict[datetime.date, int] = {}
    for row, date, minutes, there in rows:
        whole = so_far.get(date, there) + minutes
        if whole > MOST_A_DAY:
            yield row
        else:
            so_far[date] = whole


def _same(pairs: list[tuple[Any, ...]], sealer: Sealer) -> Iterator[int]:
    """Of rows and entries of the same day, length, kind and residency, the rows whose words are the same too. One entry
    is what one row says, not two."""
    taken: set[int] = set()
    settled: set[int] = set()
    for row, text, entry, sealed, what in pairs:
        if row in settled or entry in taken:
            continue
        if _opened(text, sealer) == (what or _opened(sealed, sealer)):
            taken.add(entry)
            settled.add(row)
            yield row


def _opened(blob: bytes | None, sealer: Sealer) -> str | None:
    if blob is None:
        return ""
    try:
        return sealer.open(blob)
    except CannotBeRead:
        return None


def _said(file: LogFile, row: tuple[Any, ...], sealer: Sealer) -> bytes:
    """What stood in a row that was good until its day was full, as it was understood."""
    _, date, minutes, kind, place, text, residency, host, project = row
    words = {
        "date": date.isoformat(),
        "how_long": f"{minutes // 60}:{minutes % 60:02}",
        "kind": columns.KIND_LABELS[kind],
        "place": str(Place(place).label) if place else "",
        "what": _opened(text, sealer) or "",
        "residency": residency,
        "host": host or "",
        "project": project or "",
    }
    at = file.columns["at"]
    cells = [""] * (max(at.values()) + 1)
    for name in words.keys() & at.keys():
        cells[at[name]] = words[name]
    return sealer.seal(json.dumps({"cells": cells, "problems": [("how_long", FULL)]}, ensure_ascii=False))


STATES: Final = tuple(RowState.values)


def counted(file: LogFile) -> dict[str, int]:
    """How many rows stand how."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT state, count(*) FROM programmes_logfilerow WHERE file_id = %s GROUP BY state", [file.pk]
        )
        return dict.fromkeys(STATES, 0) | dict(cursor.fetchall())
