"""What stands in the database, as one hash a table: two looks that are equal say that nothing was written."""

from __future__ import annotations

from collections.abc import Iterable

from django.apps import apps
from django.db import connection

# Reading writes these, and nothing else (trust.md P26, F14): the session of the browser, how often each edition was
# read, when somebody last looked at a dashboard, how often a signed link was tried within the minute.
WRITTEN_BY_READING = frozenset(
    {
        "accounts_signin",
        "django_session",
        "guidance_packcount",
        "guidance_readingcount",
        "links_linktries",
        "programmes_casecount",
        "programmes_programmevisit",
    }
)
# Of the audit trail only the events that say that something sensitive was read, or that somebody tried too many doors.
READ_AUDIT = "deed LIKE '%%.read' OR deed = 'account.refused_often'"


def table_names() -> list[str]:
    return sorted({model._meta.db_table for model in apps.get_models(include_auto_created=True)})


def digests(leaving_out: Iterable[str] = ()) -> dict[str, str]:
    """The number of rows and a hash of them, by table; without the events that tell of reading."""
    asked = [name for name in table_names() if name not in set(leaving_out)]
    parts = [
        f"SELECT '{name}', count(*) || ' ' || md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), ''))"  # noqa: S608
        f" FROM {name} t{_where(name)}"
        for name in asked
    ]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), [])
        return dict(cursor.fetchall())


def _where(name: str) -> str:
    return f" WHERE NOT ({READ_AUDIT})" if name == "audit_event" else ""


def changed(before: dict[str, str], after: dict[str, str]) -> list[str]:
    """The tables that are not as they were."""
    return [name for name in before if before[name] != after[name]]
