"""The form that narrows the list of one's entries."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError

from embedded.nhsuk.forms import DateField, NhsForm, SelectField
from programmes.models import ActivityKind
from programmes.weeks.finding import Filter
from programmes.weeks.lists import Choices


class NarrowForm(NhsForm):
    """A list to choose from is there only where there is something to choose."""

    kind = SelectField("Kind of work", ActivityKind.choices, required=False, empty="All kinds")
    residency = SelectField("Where", required=False, empty="Everywhere")
    project = SelectField("Project", required=False, empty="All projects")
    host = SelectField("Host", required=False, empty="All hosts")
    since = DateField("First day", called="the first day", required=False)
    until = DateField("Last day", called="the last day", required=False)

    def __init__(self, data: Any = None, *, choices: Choices, **options: Any) -> None:
        super().__init__(data, **options)
        for one in self.fields.values():
            one.marks_optional = False  # type: ignore[attr-defined]
        self._offer("residency", [(str(one.pk), str(one)) for one in choices.residencies], least=2)
        self._offer("project", [(str(one.pk), one.title) for one in choices.projects], least=1)
        self._offer("host", [(str(one.pk), one.display_name) for one in choices.hosts], least=2)

    def _offer(self, name: str, choices: list[tuple[str, str]], *, least: int) -> None:
        if len(choices) >= least:
            self.offer(name, choices)
        else:
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        since, until = typed.get("since"), typed.get("until")
        if since and until and until < since:
            self.add_error("until", ValidationError("The last day must be the first day or after it"))
        return typed

    def chosen(self) -> Filter:
        return Filter.of({name: _told(value) for name, value in self.cleaned_data.items()})


def first_shown(asked: Filter) -> Mapping[str, Any]:
    """What the form shows of what the list is narrowed to already."""
    return {name: getattr(asked, name) for name in asked.narrowed}


def _told(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime.date) else str(value or "")
