"""The form of stewardship: the group, the sponsor, the end."""

from __future__ import annotations

import datetime
from typing import Any, Final

from embedded.nhsuk.forms import DateField, NhsForm, NumberField, RadioField, TextAreaField, TextField
from programmes.models import EndDecision, Residency
from programmes.stewardship.actions import Ending, Steering

OPEN: Final = "open"
TWO: Final = 2  # members of the public by default, so that nobody is alone (users.md decision 12)
ENDING: Final = ("end_decision", "end_decision_on", "new_end", "why", "exit_plan_on")


class SteeringForm(NhsForm):
    """Everything may stay empty. Without `may_end` it asks nothing about the end; `is_known`: how many members of the
    public there are was said before."""

    guiding_group = TextAreaField(
        "Who is in the group that guides it?",
        hint="Names, or parts such as “ward manager” or “carer”. Write nothing about their health.",
        called="who is in the group",
        rows=3,
        max_length=500,
        required=False,
    )
    public_partners = NumberField(
        "How many of them are members of the public?",
        hint="Patients, carers and people from the area. Two or more is best, so that nobody is alone.",
        called="the number of members of the public",
        at_least=0,
        at_most=50,
        required=False,
    )
    sponsor_name = TextField(
        "Who is the executive sponsor?",
        hint="The person at board level who stands behind it",
        called="the name of the sponsor",
        max_length=120,
        required=False,
    )
    sponsor_left_on = DateField(
        "If there is no sponsor now: since when?",
        hint="A new name above ends the gap",
        called="the day the sponsor left",
        required=False,
    )
    end_decision = RadioField(
        "What is decided about the end?",
        [(OPEN, "Nothing yet"), *EndDecision.choices],
        called="what is decided",
        required=False,
    )
    end_decision_on = DateField("When was it decided?", called="the day of the decision", required=False)
    new_end = DateField(
        "If it goes on: until when?",
        hint="The earlier end is kept",
        called="the new end date",
        required=False,
    )
    why = TextAreaField(
        "If it goes on: what is the reason?", called="the reason", rows=3, max_length=2000, required=False
    )
    exit_plan_on = DateField(
        "When was the plan for the ending agreed?",
        hint="Who takes over what, who tells whom, which access is closed",
        called="the day of the plan",
        required=False,
    )

    def __init__(
        self, *args: Any, today: datetime.date, may_end: bool, is_known: bool, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.may_end, self.is_known = may_end, is_known
        for name in () if may_end else ENDING:
            del self.fields[name]
        for name, field in self.fields.items():
            if isinstance(field, DateField) and name != "new_end":
                field.latest = today

    def clean(self) -> None:
        typed = self.cleaned_data
        if typed.get("guiding_group") and typed.get("public_partners") is None and not self.errors:
            self.add_error("public_partners", "Enter how many are members of the public, 0 if there are none")
        if typed.get("new_end") and not typed.get("why") and "why" not in self.errors:
            self.add_error("why", "Enter the reason")
        if typed.get("why") and not typed.get("new_end") and "new_end" not in self.errors:
            self.add_error("new_end", "Enter the new end date, or leave the reason empty")

    def steering(self) -> Steering:
        """The two that are offered count once the group is named."""
        typed = self.cleaned_data
        only_offered = not self.is_known and typed["public_partners"] == TWO
        nobody_said = only_offered and not typed["guiding_group"]
        return Steering(
            guiding_group=typed["guiding_group"],
            public_partners=None if nobody_said else typed["public_partners"],
            sponsor_name=typed["sponsor_name"],
            sponsor_left_on=typed["sponsor_left_on"],
        )

    def ending(self) -> Ending | None:
        """None where the person is not asked about the end."""
        if not self.may_end:
            return None
        typed = self.cleaned_data
        return Ending(
            decision="" if typed["end_decision"] in (OPEN, None) else typed["end_decision"],
            decided_on=typed["end_decision_on"],
            exit_plan_on=typed["exit_plan_on"],
            new_end=typed["new_end"],
            why=typed["why"],
        )


def saved_values(residency: Residency) -> dict[str, Any]:
    """What the form shows first: what is saved."""
    known = residency.guiding_group_entered_on is not None
    return {
        "guiding_group": residency.guiding_group,
        "public_partners": residency.public_partners_in_guiding_group if known else TWO,
        "sponsor_name": residency.sponsor_name,
        "sponsor_left_on": residency.sponsor_left_on,
        "end_decision": residency.end_decision or OPEN,
        "end_decision_on": residency.end_decision_on,
        "exit_plan_on": residency.exit_plan_on,
    }
