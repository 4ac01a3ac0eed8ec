"""The questions beside the week grid: why it is late, and which row to add."""

from __future__ import annotations

from typing import Any

from embedded.nhsuk.forms import NhsForm, SelectField
from programmes.models import ActivityKind, LateReason
from programmes.weeks.boxes import Row
from programmes.weeks.week_reading import Places

WHY_LATE = "Why is it entered late?"


class WeekForm(NhsForm):
    """`late` asks for a reason (V-60). The boxes of the grid are read apart, by the names they carry."""

    late_reason = SelectField(
        WHY_LATE,
        LateReason.choices,
        hint="One reason for all that is more than 31 days old",
        required=False,
        empty="Choose a reason",
    )
    add_kind = SelectField("Kind of work", ActivityKind.choices, required=False, empty="Choose a kind")
    add_where = SelectField("What it is for", required=False, empty="Choose one")

    def __init__(self, *args: Any, places: Places, late: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        for one in self.fields.values():
            one.marks_optional = False  # type: ignore[attr-defined]
        self.where = _where(places)
        self.offer("add_where", list(self.where.items()))
        if len(self.where) < 2:
            del self.fields["add_where"]
        if not late:
            del self.fields["late_reason"]

    def row(self) -> Row | None:
        """The row to add; None with an error where it is not said which. Call it after is_valid()."""
        kind = self.cleaned_data.get("add_kind", "")
        where = self.cleaned_data.get("add_where", "") or (
            next(iter(self.where)) if len(self.where) == 1 else ""
        )
        if not kind:
            self.add_error("add_kind", "Select the kind of work")
        if not where and "add_where" in self.fields:
            self.add_error("add_where", "Select what it is for")
        if not kind or not where:
            return None
        residency, host, project = (int(number) for number in where.split("."))
        return Row(residency, host, kind, project)


def _where(places: Places) -> dict[str, str]:
    """Residency, host and project in one answer: what tells them apart is said, nothing else."""
    found = {}
    for residency in places.residencies.values():
        hosts = places.hosts[residency.pk]
        for host in hosts.values() or [None]:
            for project in [None, *residency.projects.all()]:
                said = [residency.title] if len(places.residencies) > 1 else []
                said += [host.display_name] if host and len(hosts) > 1 else []
                said += [project.title if project else "No project"]
                number = f"{residency.pk}.{host.pk if host else 0}.{project.pk if project else 0}"
                found[number] = ", ".join(said)
    return found
