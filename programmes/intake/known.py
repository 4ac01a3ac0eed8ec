"""Says which residency a row already is: one that an earlier row became, or one of that title, host and start."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from programmes.intake.checking import print_of
from programmes.models import OrganisationPart, Programme, Residency, ResidencyFileRow, RowState


class Known:
    """What the programme has at one moment, in two questions however many rows are compared."""

    def __init__(self, programme: Programme) -> None:
        self.programme = programme
        made = ResidencyFileRow.objects.filter(file__programme=programme, state=RowState.MADE)
        self.by_print: dict[str, int] = dict(made.values_list("print", "residency_id"))
        self.by_title: dict[tuple[str, int], list[tuple[int, set[str]]]] = defaultdict(list)
        hosted = Residency.objects.filter(
            programme=programme, organisations__part=OrganisationPart.LEAD_HOST
        ).order_by("pk")
        for pk, title, host, planned, started in hosted.values_list(
            "pk", "title", "organisations__organisation", "planned_start", "started_on"
        ):
            days = {str(day) for day in (planned, started) if day}
            self.by_title[title.casefold(), host].append((pk, days))

    def find(self, values: dict[str, Any]) -> int | None:
        """The number of the residency that the row is, or None."""
        if pk := self.by_print.get(print_of(self.programme, values)):
            return pk
        for pk, days in self.by_title[values["title"].casefold(), values["host"]]:
            if values["start"] in days or not (values["start"] or days):
                return pk
        return None

    def add(self, values: dict[str, Any], pk: int) -> None:
        self.by_print[print_of(self.programme, values)] = pk
        days = {values["start"]} - {None}
        self.by_title[values["title"].casefold(), values["host"]].append((pk, days))
