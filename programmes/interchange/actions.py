"""The deeds of a log by file: hand a file in, say what its columns mean, have it brought in, undo all of it."""

from __future__ import annotations

import datetime
import hashlib
from typing import Any, Final

from django.db import connection, models, transaction
from django.db.models.functions import TruncMonth

from embedded import jobs
from embedded.accounts.models import Person
from embedded.audit import record
from embedded.drafts import check_version
from embedded.files import keep
from embedded.jobs.models import OPEN_STATES, JobState
from embedded.vault import Sealer
from programmes.entries.unsaved import forget_drafts_of_gone
from programmes.interchange.work import add_up, shape_of
from programmes.models import Activity, ColumnMemory, LogFile, LogFileRow, Residency, RowState

CHECK: Final = "log_file_check"
IMPORT: Final = "log_file_import"
MOST_AT_ONCE: Final = 5  # files of one person that wait or are being checked
# whoever changes one of them meanwhile waits, and finds it gone
_HOLD: Final = """
SELECT count(*) FROM (
    SELECT id FROM programmes_activity WHERE file_id = %s AND version = 1 ORDER BY id FOR UPDATE
) AS held
"""
KEPT_AS: Final = "application/octet-stream"  # never handed out as what it calls itself


class TooManyWaiting(Exception):
    """Somebody has handed in more at once than one person needs; the text says what to do."""


@transaction.atomic
def hand_in(*, content: bytes, by: Person, at: datetime.datetime) -> LogFile:
    """Keeps the file, sealed and without its name, and has its headings looked at. The same file again is the first
    one, unless that was undone. Raises TooManyWaiting, and NoRoom when the disk is full."""
    Person.objects.select_for_update(no_key=True).get(pk=by.pk)  # one press of a person after the other
    sealer = Sealer(by)
    mark = sealer.mark(hashlib.sha256(content).hexdigest())
    if same := LogFile.objects.filter(person=by, mark=mark, undone_at=None, problem="").first():
        return same
    if LogFile.objects.filter(person=by, job__state__in=OPEN_STATES).count() >= MOST_AT_ONCE:
        raise TooManyWaiting("Wait until one of your files is checked, then upload the next")
    file = LogFile.objects.create(
        person=by,
        form="xlsx" if content.startswith(b"PK") else "csv",
        content=keep(sealer.seal_bytes(content), "log", KEPT_AS),
        mark=mark,
        asked_at=at,
    )
    _ask_for_check(file, by)
    record(by, "log_file.handed_in", f"File {file.pk} of a log", "log/file", details={"bytes": len(content)})
    return file


def _ask_for_check(file: LogFile, by: Person) -> None:
    file.job = jobs.ask(CHECK, f"{CHECK}:{file.pk}:{file.version}", {"file": file.pk}, by.user)
    file.save(update_fields=["job"])


@transaction.atomic
def choose_columns(
    *,
    file: LogFile,
    columns: dict[str, Any],
    head: list[str],
    unit: str,
    late_reason: str,
    residency: Residency,
    version: int,
    by: Person,
) -> None:
    """Has the rows checked with these columns, anew where they were checked before; the next file with such headings
    offers the same. Changed when another press was there first."""
    there = _locked(file)
    check_version(there, version)
    if there.brought_in_at is not None or there.importing_id is not None:
        return
    there.columns, there.unit, there.late_reason, there.residency = columns, unit, late_reason, residency
    remembered = columns | {"unit": unit}
    ColumnMemory.objects.update_or_create(person=by, shape=shape_of(head), defaults={"columns": remembered})
    _check_anew(there, by)
    record(by, "log_file.columns_chosen", f"File {there.pk} of a log", "log/file")


def _check_anew(there: LogFile, by: Person) -> None:
    """As if it had never been checked, brought in or undone."""
    LogFileRow.objects.filter(file=there).delete()
    there.checked_at, there.problem, there.counts = None, "", {}
    there.importing, there.brought_in_at, there.undone_at = None, None, None
    there.version += 1
    there.save()
    _ask_for_check(there, by)


@transaction.atomic
def ask_to_bring_in(*, file: LogFile, by: Person) -> bool:
    """Has the good rows brought in, and tries again what was interrupted; has the rows of an undone file checked once
    more. False when nothing is to do."""
    there = _locked(file)
    if there.undone_at is not None:
        _check_anew(there, by)
        record(by, "log_file.asked", f"File {there.pk} of a log", "log/file")
        return True
    for job in (there.importing, there.job):
        if job and job.state == JobState.FAILED:
            return jobs.retry(job)
    if there.importing or there.checked_at is None or there.problem:
        return False
    if not there.rows.filter(state=RowState.GOOD).exists():
        return False
    there.importing = jobs.ask(IMPORT, f"{IMPORT}:{there.pk}:{there.version}", {"file": there.pk}, by.user)
    there.save(update_fields=["importing"])
    record(by, "log_file.asked", f"File {there.pk} of a log", "log/file")
    return True


@transaction.atomic
def undo(*, file: LogFile, at: datetime.datetime, by: Person) -> int:
    """Takes everything out that came in by this file and was not changed since; gives how many entries that were."""
    there = _locked(file)
    if there.brought_in_at is None or there.undone_at is not None:
        return 0
    gone = Activity.objects.filter(file=there, version=1)
    with connection.cursor() as cursor:
        cursor.execute(_HOLD, [there.pk])
        by_month = gone.order_by().annotate(first=TruncMonth("date")).values_list("residency", "first")
        spans = set(by_month.distinct())
        _let_go(gone)
        cursor.execute("DELETE FROM programmes_activity WHERE file_id = %s AND version = 1", [there.pk])
        count = cursor.rowcount
    forget_drafts_of_gone(by)
    add_up(spans)
    there.undone_at = at
    there.save(update_fields=["undone_at"])
    record(by, "log_file.undone", f"File {there.pk} of a log", "log/file", details={"entries": count})
    return count


def _let_go(entries: models.QuerySet[Activity]) -> None:
    """Frees what points to these entries, as taking them out one by one would."""
    for relation in Activity._meta.related_objects:
        name = relation.field.name
        model: Any = relation.related_model
        found = model._default_manager.filter(**{f"{name}__in": entries})
        if relation.on_delete is models.SET_NULL:
            found.update(**{name: None})
        else:
            found.delete()
    for many in Activity._meta.many_to_many:
        through: Any = many.remote_field.through
        through._default_manager.filter(activity__in=entries).delete()


def _locked(file: LogFile) -> LogFile:
    held = LogFile.objects.select_for_update(of=("self",), no_key=True).select_related("importing", "job")
    return held.get(pk=file.pk)
