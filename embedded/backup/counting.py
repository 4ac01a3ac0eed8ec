"""Counts what there is, so that what comes back can be held against what was written down."""

from __future__ import annotations

from pathlib import Path
from typing import Final, NamedTuple

from django.conf import settings
from django.db import connection
from django.db.backends.utils import CursorWrapper

from embedded.files import disk

LEFT_OUT: Final = frozenset({"cache", "django_session"})
"""Tables whose rows stay behind: throttles, and the sessions of people, who sign in again after a restore."""

_SUM = (
    "SELECT count(*), coalesce(sum(('x' || left(md5(t::text), 15))::bit(60)::bigint), 0)::text FROM {table} t"
)


class Table(NamedTuple):
    """How many rows, and a sum over the content of all of them that does not depend on their order."""

    rows: int
    checksum: str


def tables(cursor: CursorWrapper) -> dict[str, Table]:
    """Every table of the database by name, less those whose rows are left out."""
    names = sorted(set(connection.introspection.table_names(cursor)) - LEFT_OUT)
    found = {}
    for name in names:
        cursor.execute(_SUM.format(table=connection.ops.quote_name(name)))
        found[name] = Table(*cursor.fetchone())
    return found


def made_files() -> list[Path]:
    """Every whole file that the product keeps, in the order of its name."""
    return sorted(path for path in files_folder().glob("??/??/*") if path.suffix != disk.HALF)


def files_folder() -> Path:
    return settings.DATA_DIR / "files"
