"""What the database does by itself when a month of a residency changes: it writes down the difference, unasked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pgtrigger

_OPERATIONS: Final = {
    "month_added": (pgtrigger.Insert, pgtrigger.Referencing(new="fresh")),
    "month_changed": (pgtrigger.Update, pgtrigger.Referencing(new="fresh", old="stale")),
    "month_removed": (pgtrigger.Delete, pgtrigger.Referencing(old="stale")),
}
_MOVES: Final = """
IF EXISTS (SELECT FROM programmes_activitymonth WHERE residency_id = OLD.id) THEN
    RAISE EXCEPTION 'Residency % has a log and stays in its programme.', OLD.code;
END IF;
RETURN NEW;
"""


def triggers(kinds: Sequence[str]) -> list[pgtrigger.Trigger]:
    """Those of ActivityMonth, whose columns of minutes are called `kinds`: once a statement, however many rows it
    writes and by whichever way they come."""
    return [
        pgtrigger.Trigger(
            name=name,
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=operation,
            referencing=tables,
            func=_difference(tables, ["entries", *kinds]),
        )
        for name, (operation, tables) in _OPERATIONS.items()
    ]


def stays_once_logged() -> pgtrigger.Trigger:
    """That of Residency: were it moved, its months would be counted where it was."""
    return pgtrigger.Trigger(
        name="stays_once_logged",
        when=pgtrigger.Before,
        operation=pgtrigger.UpdateOf("programme_id"),
        condition=pgtrigger.AnyChange("programme"),
        func=_MOVES,
    )


def _difference(tables: pgtrigger.Referencing, columns: Sequence[str]) -> str:
    """One row a programme and month: what is there now less what was there; none where that is nothing."""
    parts = [
        f"SELECT residency_id, month, {', '.join(sign + column for column in columns)} FROM {table}"  # noqa: S608 (our own)
        for table, sign in ((tables.new, ""), (tables.old, "-"))
        if table
    ]
    sums = ", ".join(f"sum({column})" for column in columns)
    return f"""
INSERT INTO programmes_programmemonth (programme_id, month, {", ".join(columns)})
SELECT r.programme_id, m.month, {sums}
FROM ({" UNION ALL ".join(parts)}) m (residency_id, month, {", ".join(columns)})
JOIN programmes_residency r ON r.id = m.residency_id
GROUP BY r.programme_id, m.month
HAVING ({sums}) <> ({", ".join("0" for _ in columns)});
RETURN NULL;
"""  # noqa: S608 (names of our own tables and columns)
