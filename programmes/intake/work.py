"""The two pieces of work in the background: check a file, and bring the next of its rows in."""

from __future__ import annotations

from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from embedded.accounts.models import Person
from embedded.files import Damaged
from embedded.files.keeping import read
from embedded.jobs import CannotBeDone, Progress
from embedded.tables.reading.bounds import Bounds, CannotRead
from embedded.tables.reading.opening import table_in
from programmes.access import Scope
from programmes.intake.actions import ask_for_slice
from programmes.intake.bringing import bring_in
from programmes.intake.checking import Checked, Checker
from programmes.intake.columns import VOCABULARY
from programmes.intake.known import Known
from programmes.intake.reading import MAY
from programmes.lifecycle import StepRefused
from programmes.models import WAITING_ROWS, Programme, ResidencyFile, ResidencyFileRow, RowState

BOUNDS: Final = Bounds()
SLICE: Final = 50  # rows that are brought in, or not, in one transaction
TOLD_EVERY: Final = 25
MOST_NOTES: Final = 20


@transaction.atomic
def check(file: ResidencyFile, progress: Progress) -> None:
    """Writes down what each row means and what is wrong in it. A file that is checked stays as it is."""
    if file.checked_at is not None:
        return
    progress("Opening the file", 0, 0)
    try:
        table = table_in(read(file.content), BOUNDS, VOCABULARY)
    except CannotRead as problem:
        file.problem = str(problem)[:600]
    except Damaged as problem:
        raise CannotBeDone("The file cannot be read any more. Upload it again.") from problem
    else:
        checker = Checker(file.programme, table, timezone.localdate())
        rows = []
        found = list(table.rows)
        for at, row in enumerate(found, 1):
            rows.append(checker.check(row))
            if at % TOLD_EVERY == 0:
                progress("Checking the rows", at, len(found))
        file.notes, file.sheet, file.head = table.notes[:MOST_NOTES], table.sheet[:100], table.head
        _keep(file, rows)
    file.checked_at = timezone.now()
    file.save(update_fields=["problem", "notes", "sheet", "head", "checked_at"])


def _keep(file: ResidencyFile, rows: list[Checked]) -> None:
    known = Known(file.programme)
    ResidencyFileRow.objects.bulk_create([_row(file, row, known) for row in rows], batch_size=500)


def _row(file: ResidencyFile, row: Checked, known: Known) -> ResidencyFileRow:
    here = None if row.problems else known.find(row.values)
    state = RowState.BAD if row.problems else RowState.HERE if here else RowState.GOOD
    if row.same_as and state == RowState.GOOD:
        state = RowState.SAME
    return ResidencyFileRow(
        file=file,
        number=row.number,
        state=state,
        cells=row.cells,
        values=row.values | {"same_as": row.same_as},
        problems=row.as_json(),
        print=row.mark,
        residency_id=here,
    )


@transaction.atomic
def bring_next_in(file: ResidencyFile, by: Person) -> None:
    """The next rows: each all in or not at all, and one that is here already is only noted. Killed in between, the
    whole slice is as if it had not begun; done twice, the second time finds nothing to do."""
    if not _may(by, file.programme):
        raise CannotBeDone(
            f"{by} may no longer bring residencies into {file.programme}, so nothing more came in."
        )
    # two files at once come in one after the other; whoever writes to the programme besides does not wait
    Programme.objects.select_for_update(no_key=True).get(pk=file.programme_id)
    known = Known(file.programme)
    for row in file.rows.filter(state__in=WAITING_ROWS)[:SLICE]:
        _settle(row, file.programme, known, by)
        row.save(update_fields=["state", "residency", "problems"])
    if file.rows.filter(state__in=WAITING_ROWS).exists():
        ask_for_slice(file, by)


def _settle(row: ResidencyFileRow, programme: Programme, known: Known, by: Person) -> None:
    if here := known.find(row.values):
        row.state, row.residency_id = RowState.HERE, here
        return
    try:
        with transaction.atomic():
            residency = bring_in(
                programme=programme, values=row.values, by=by, on=timezone.localdate(), at=timezone.now()
            )
    except StepRefused as refused:
        row.state, row.problems = RowState.BAD, [_whole_row(str(refused))]
        return
    known.add(row.values, residency.pk)
    row.state, row.residency = RowState.MADE, residency


def _whole_row(words: str) -> dict[str, Any]:
    return {"column": "", "heading": "", "found": "", "fix": words}


def _may(by: Person, programme: Programme) -> bool:
    """Asked again when the work is done (P4)."""
    active = by.user is not None and by.user.is_active
    return active and Scope(by, timezone.localdate()).leads_whole(MAY, programme)
