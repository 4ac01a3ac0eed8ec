"""The deeds of residencies by file: hand a file in, have its good rows brought in, try again."""

from __future__ import annotations

import datetime
import hashlib
import unicodedata
from typing import Final

from django.db import transaction

from embedded import jobs
from embedded.accounts.models import Person
from embedded.audit import record
from embedded.files import keep
from embedded.jobs.models import OPEN_STATES, JobState
from programmes.models import WAITING_ROWS, Programme, ResidencyFile

CHECK: Final = "residency_file_check"
IMPORT: Final = "residency_file_import"
MOST_AT_ONCE: Final = 5  # files of one person that wait or are being checked
KEPT_AS: Final = "application/octet-stream"  # never handed out as what it calls itself


class TooManyWaiting(Exception):
    """Somebody has handed in more at once than one person needs; the text says what to do."""


@transaction.atomic
def hand_in(
    *, programme: Programme, content: bytes, name: str, by: Person, at: datetime.datetime
) -> ResidencyFile:
    """Keeps the file and has it checked. The same file of the same person while the first is still being checked is
    the first. Raises TooManyWaiting, and NoRoom when the disk is full."""
    Person.objects.select_for_update(no_key=True).get(pk=by.pk)  # one press of a person after the other
    waiting = ResidencyFile.objects.filter(asked_by=by, job__state__in=OPEN_STATES)
    digest = hashlib.sha256(content).hexdigest()
    if same := waiting.filter(programme=programme, content__sha256=digest).first():
        return same
    if waiting.count() >= MOST_AT_ONCE:
        raise TooManyWaiting("Wait until one of your files is checked, then upload the next")
    name = safe_name(name)
    file = ResidencyFile.objects.create(
        programme=programme, name=name, content=keep(content, name, KEPT_AS), asked_by=by, asked_at=at
    )
    file.job = jobs.ask(CHECK, f"{CHECK}:{file.pk}", {"file": file.pk}, by.user)
    file.save(update_fields=["job"])
    record(
        by, "residency_file.handed_in", "Residencies by file", place_of(file), details={"bytes": len(content)}
    )
    return file


@transaction.atomic
def ask_to_bring_in(*, file: ResidencyFile, by: Person) -> bool:
    """Has the rows that are ready brought in, and tries again what was interrupted. False when nothing is to do."""
    file = ResidencyFile.objects.select_for_update(of=("self",), no_key=True).get(pk=file.pk)
    if file.importing and file.importing.state == JobState.FAILED:
        return jobs.retry(file.importing)
    if file.importing or file.checked_at is None or file.problem:
        return False
    if not file.rows.filter(state__in=WAITING_ROWS).exists():
        return False
    ask_for_slice(file, by)
    record(by, "residency_file.brought_in", "Residencies by file", place_of(file))
    return True


def ask_for_slice(file: ResidencyFile, by: Person) -> None:
    """Asks for the next rows. The key names the first of them, so that no slice is asked for twice."""
    first = file.rows.filter(state__in=WAITING_ROWS).values_list("number", flat=True)[:1].get()
    payload = {"file": file.pk, "by": by.pk}
    file.importing = jobs.ask(IMPORT, f"{IMPORT}:{file.pk}:{first}", payload, by.user)
    file.save(update_fields=["importing"])


@transaction.atomic
def check_again(*, file: ResidencyFile) -> bool:
    """Puts a check that could not be finished back into the queue."""
    return file.job is not None and jobs.retry(file.job)


def place_of(file: ResidencyFile) -> str:
    """The address of its page, for the audit trail."""
    return f"p/{file.programme.slug}/residencies/file/{file.pk}"


def safe_name(name: str) -> str:
    """What a file is called, without folders and without signs that are not seen or turn the reading direction."""
    name = name.replace("\\", "/").rsplit("/", 1)[-1]
    seen = "".join(one for one in name if unicodedata.category(one)[0] != "C")
    return " ".join(seen.split())[:150].strip() or "file"
