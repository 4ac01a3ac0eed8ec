"""The forms of evidence: what was used in which decision, and the host's confirmation."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError

from embedded.nhsuk.forms import DateField, EmailField, NhsForm, RadioField, SelectField, TextField
from programmes.evidence.actions import UseWords
from programmes.models import Project, UseOutcome


class UseForm(NhsForm):
    what = TextField(
        "What was used?",
        hint="For example a briefing, a finding, a model, an early figure given in a meeting",
        max_length=300,
        missing="Enter what was used",
    )
    outcome = RadioField(
        "Was it used?",
        UseOutcome.choices,
        hints={UseOutcome.CONSIDERED: "This counts too: being weighed and put aside is worth knowing"},
        missing="Select whether it was used",
    )
    decision = TextField(
        "Which decision was it?",
        hint="For example whether to open the falls clinic on Saturdays",
        max_length=300,
        missing="Enter which decision it was",
    )
    decided_by = TextField(
        "Who made the decision?",
        hint="A group or a job title is enough",
        max_length=160,
        missing="Enter who made the decision",
    )
    decided_on = DateField("When was it made?", called="the date of the decision")
    written_where = TextField(
        "Where is it written down?",
        hint="For example minutes of a meeting, with the date, or a link",
        max_length=300,
        required=False,
    )
    project = SelectField("Which project does it come from?", required=False, empty="No project")
    confirm_by = EmailField(
        "Who at the host can confirm it?",
        hint="They get a link and press once. They need no account.",
        required=False,
    )

    def __init__(self, *args: Any, today: datetime.date, projects: Iterable[Project], **options: Any) -> None:
        super().__init__(*args, **options)
        self.today = today
        self.projects = {str(project.pk): project for project in projects}
        self.offer("project", [(pk, project.title) for pk, project in self.projects.items()])

    def clean_decided_on(self) -> datetime.date:
        decided_on: datetime.date = self.cleaned_data["decided_on"]
        if decided_on > self.today:
            raise ValidationError("The date of the decision must be today or in the past", code="future")
        return decided_on

    def words(self) -> UseWords:
        typed = self.cleaned_data
        return UseWords(
            what=typed["what"],
            outcome=typed["outcome"],
            decision=typed["decision"],
            decided_by=typed["decided_by"],
            decided_on=typed["decided_on"],
            written_where=typed["written_where"],
            project=self.projects.get(typed["project"]),
        )


class AskForm(NhsForm):
    """Asks somebody at the host to confirm, or asks again."""

    email = EmailField("Who at the host can confirm it?", hint="They get a link and press once")


class ConfirmForm(NhsForm):
    """The host's answer: one press. Whoever leaves the name empty is known by the address that was asked."""

    name = TextField(
        "Your name",
        hint="Leave it empty and we keep the address that we wrote to",
        max_length=120,
        required=False,
        autocomplete="name",
    )
