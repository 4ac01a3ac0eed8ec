"""The forms of a clear line of work: a request, a change of scope, what the time is for."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from embedded.nhsuk.forms import (
    DateField,
    NhsForm,
    NumberField,
    RadioField,
    SelectField,
    TextAreaField,
    TextField,
    TickField,
)
from programmes.focus.actions import Asked
from programmes.focus.reading import Line
from programmes.models import PLAIN_KINDS, AgreedShare, Project, RequestAnswer

ANSWERS = [(answer.value, str(answer.label)) for answer in RequestAnswer]


class RequestForm(NhsForm):
    what = TextAreaField(
        "What were you asked for?",
        rows=2,
        max_length=2000,
        called="what you were asked for",
        missing="Enter what you were asked for",
        hint="Do not name patients or people who take part in research",
    )
    asked_by = TextField(
        "Who asked?", max_length=120, required=False, hint="The name goes into your own list of people"
    )
    answer = RadioField("What do you say?", ANSWERS, called="what you say", small=True)
    told = TickField("They know my answer", required=False)
    asked_on = DateField("When did they ask?", called="the date they asked", latest=timezone.localdate)
    project = SelectField("Is it about a project?", required=False, empty="None")

    def __init__(self, *args: Any, projects: Iterable[Project], **options: Any) -> None:
        super().__init__(*args, **options)
        self.projects = {str(project.pk): project for project in projects}
        self.offer("project", [(pk, project.title) for pk, project in self.projects.items()])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("told") and cleaned.get("answer") == RequestAnswer.WAITING:
            self.add_error("answer", "Select yes, not now or no, or untick that they know your answer")
        return cleaned

    def asked(self) -> Asked:
        """What was typed, as the deeds take it; call it after is_valid()."""
        typed = self.cleaned_data
        return Asked(
            what=typed["what"],
            on=typed["asked_on"],
            by_name=typed["asked_by"],
            project=self.projects.get(typed["project"]),
            answer=typed["answer"],
            told=bool(typed["told"]),
        )


def starting_values(line: Line | None, today: datetime.date) -> dict[str, Any]:
    """What the form shows at first: asked today and not answered, or the request that is being changed."""
    if line is None:
        return {"asked_on": today, "answer": RequestAnswer.WAITING.value}
    request = line.request
    return {
        "what": line.what,
        "asked_by": line.asked_by,
        "answer": request.answer,
        "told": request.told_on is not None,
        "asked_on": request.asked_on,
        "project": request.project_id and str(request.project_id),
    }


class ScopeChangeForm(NhsForm):
    what = TextField(
        "What came in?", max_length=300, called="what came in", hint="Everyone in the residency reads it"
    )
    gave_way = TextField(
        "What gave way for it?",
        max_length=300,
        called="what gave way for it",
        hint="What is done later, less or not at all. Enter “nothing” if it is on top",
    )
    on = DateField("When was it agreed?", called="the date it was agreed", latest=timezone.localdate)


class SharesForm(NhsForm):
    """A percentage for each plain kind of work, together 100 at most."""

    since = DateField("From when on?", called="the date from when on it holds", latest=timezone.localdate)

    def __init__(self, *args: Any, shares: Iterable[AgreedShare], **options: Any) -> None:
        super().__init__(*args, **options)
        agreed = {share.kind: share.percent for share in shares}
        for kind in PLAIN_KINDS:
            words = str(kind.label)
            self.fields[kind.value] = NumberField(
                words,
                called=f"the percentage for “{words}”",
                at_least=0,
                at_most=100,
                suffix="%",
                width=3,
                required=False,
                initial=agreed.get(kind),
            )
            self.fields[kind.value].marks_optional = False  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        total = sum(cleaned.get(kind.value) or 0 for kind in PLAIN_KINDS)
        first = PLAIN_KINDS[0].value
        if total > 100:
            self.add_error(first, f"The percentages must come to 100 or less. Now they come to {total}")
        elif not total and not self.errors:
            self.add_error(first, "Enter what part of the time at least one kind of work is to take")
        return cleaned

    def shares(self) -> dict[str, int]:
        """By kind, those that were given; call it after is_valid()."""
        return {
            kind.value: self.cleaned_data[kind.value]
            for kind in PLAIN_KINDS
            if self.cleaned_data.get(kind.value)
        }
