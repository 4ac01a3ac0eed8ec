"""Who brings residencies in by file, and sees the files: those who lead the whole programme and its officers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet
from django.http import Http404

from programmes.access import Scope
from programmes.models import WAITING_ROWS, Programme, ResidencyFile, ResidencyFileRow, RowState

MAY: Final = "adopt"


def programme_of(scope: Scope, slug: str) -> Programme:
    """The programme, if the whole of it is in the person's hands: a file may name any host and any theme."""
    programme = scope.programme(slug, MAY)
    if not scope.leads_whole(MAY, programme):
        raise PermissionDenied("Ask the programme lead or an officer of the programme to upload the file.")
    return programme


def files_in(programme: Programme) -> QuerySet[ResidencyFile]:
    """The newest first, with how many rows stand how."""
    found = ResidencyFile.objects.filter(programme=programme)
    return (
        found.select_related("asked_by", "job", "importing", "programme")
        .annotate(
            all_rows=Count("rows"),
            made_rows=Count("rows", filter=Q(rows__state=RowState.MADE)),
            bad_rows=Count("rows", filter=Q(rows__state=RowState.BAD)),
        )
        .order_by("-asked_at", "-id")
    )


def file_in(programme: Programme, pk: int) -> ResidencyFile:
    """A file of this programme; any other is a 404."""
    found = ResidencyFile.objects.filter(programme=programme, pk=pk)
    file = found.select_related("asked_by", "job", "importing", "programme").first()
    if file is None:
        raise Http404("No file of that number in this programme")
    return file


@dataclass(frozen=True)
class Counted:
    """How many rows of a file stand how."""

    waiting: int
    bad: int
    here: int
    made: int
    same: int

    @property
    def all(self) -> int:
        return self.waiting + self.bad + self.here + self.made


def counted(file: ResidencyFile) -> Counted:
    counts = dict(file.rows.order_by().values_list("state").annotate(Count("pk")))
    return Counted(
        waiting=sum(counts.get(state, 0) for state in WAITING_ROWS),
        bad=counts.get(RowState.BAD, 0),
        here=counts.get(RowState.HERE, 0),
        made=counts.get(RowState.MADE, 0),
        same=counts.get(RowState.SAME, 0),
    )


def rows_of(file: ResidencyFile, *states: str) -> QuerySet[ResidencyFileRow]:
    """In the order of the sheet, with the residency that each became or is."""
    return file.rows.filter(state__in=states).select_related("residency")
