"""The form that narrows the list of residencies: sent with GET, so that a view can be kept and sent on."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Final

from django.core.exceptions import ValidationError

from embedded.nhsuk.forms import DateField, NhsForm, SelectField, TextField
from embedded.nhsuk.words import start_high
from programmes.home.finding import LONGEST, WHOSE, Filter
from programmes.lifecycle import STAGE_WORDS
from programmes.models import Programme

STAGES: Final = [(word, word.capitalize()) for word in STAGE_WORDS]


class FilterForm(NhsForm):
    """Every way to narrow. A list to choose from is there only where there is something to choose."""

    q = TextField("Words", hint="Title, code, host, person or problem", required=False, max_length=LONGEST)
    stage = SelectField("Stage", STAGES, required=False, empty="All stages")
    whose = SelectField("Whose is the next thing?", WHOSE.items(), required=False, empty="Anybody's")
    host = TextField("Host", hint="A name, or how its words begin", required=False, max_length=LONGEST)
    home = TextField(
        "Academic home", hint="A name, or how its words begin", required=False, max_length=LONGEST
    )
    theme = SelectField("Theme", required=False, empty="All themes")
    topic = SelectField("Topic", required=False, empty="All topics")
    researcher = TextField("Researcher", hint="A name, or how it begins", required=False, max_length=LONGEST)
    since = DateField("Ends on or after", called="the first day", required=False)
    before = DateField("Ends before", called="the day before which it ends", required=False)

    def __init__(self, data: Any = None, *, programme: Programme, **options: Any) -> None:
        super().__init__(data, **options)
        for one in self.fields.values():
            one.marks_optional = False  # type: ignore[attr-defined]
        self.fields["researcher"].label = start_high(programme.researcher_word)
        self._offer_or_leave_out("theme", [(str(one.pk), one.name) for one in programme.themes.all()])
        self._offer_or_leave_out("topic", [(topic, topic) for topic in programme.topics])

    def _offer_or_leave_out(self, name: str, choices: list[tuple[str, str]]) -> None:
        if choices:
            self.offer(name, choices)
        else:
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        since, before = typed.get("since"), typed.get("before")
        if since and before and before <= since:
            self.add_error(
                "before", ValidationError("Enter a day after the first one, or leave one of them out")
            )
        return typed

    def chosen(self, earlier: Filter) -> Filter:
        """What was asked for, sorted and paged as before."""
        typed = {name: _told(value) for name, value in self.cleaned_data.items()}
        return Filter.of(typed | {"sort": earlier.sort, "show": earlier.show})


def first_shown(asked: Filter) -> Mapping[str, Any]:
    """What the form shows of what the list is narrowed to already."""
    return {name: asked.said(name) for name in FilterForm.base_fields if name in asked.narrowed}


def _told(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime.date) else str(value or "")
