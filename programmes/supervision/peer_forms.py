"""The forms of sets of peers."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from embedded.accounts.models import Person
from embedded.nhsuk.forms import (
    CheckboxesField,
    DateField,
    NhsForm,
    NumberField,
    RadioField,
    SelectField,
    TextAreaField,
    TextField,
)
from programmes.models import PeerSetKind
from programmes.supervision.peer_actions import SetWords

HINTS = {
    PeerSetKind.ALS.value: "Four to seven people who help each other with what is hard",
    PeerSetKind.COP.value: "Everybody who does this kind of work and wants to learn from the others",
}


class SetForm(NhsForm):
    kind = RadioField(
        "What is it?",
        [(PeerSetKind.ALS.value, "Learning set"), (PeerSetKind.COP.value, "Peer group")],
        hints=HINTS,
        called="what it is",
    )
    name = TextField("What is it called?", max_length=120, called="what it is called")
    facilitator_name = TextField("Who leads the meetings?", max_length=120, required=False)
    every_weeks = NumberField(
        "How many weeks apart do you meet?",
        called="how many weeks apart you meet",
        at_least=1,
        at_most=52,
        initial=6,
        suffix="weeks",
    )

    def words(self) -> SetWords:
        typed = self.cleaned_data
        return SetWords(typed["kind"], typed["name"], typed["facilitator_name"], typed["every_weeks"])


class MemberForm(NhsForm):
    person = SelectField("Who joins?", called="who joins")

    def __init__(self, *args: Any, people: Iterable[Person], **options: Any) -> None:
        super().__init__(*args, **options)
        self.people = {str(person.pk): person for person in people}
        self.offer("person", [(pk, str(person)) for pk, person in self.people.items()])

    def chosen(self) -> Person:
        return self.people[self.cleaned_data["person"]]


class RulesForm(NhsForm):
    ground_rules = TextAreaField(
        "Ground rules", rows=8, max_length=4000, required=False, hint="Members alone read them"
    )


class PeerMeetingForm(NhsForm):
    on = DateField("When did you meet?", called="the date you met", latest=timezone.localdate)
    attended = CheckboxesField("Who came?", called="who came", small=True)
    learning = TextAreaField(
        "What did you agree to let out?",
        rows=4,
        max_length=4000,
        required=False,
        hint="Leads, supervisors and researchers of the programme read it. What was said stays in the set",
    )

    def __init__(
        self,
        *args: Any,
        people: Iterable[Person],
        is_taken: Callable[[datetime.date], bool],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.is_taken = is_taken
        self.people = {str(person.pk): person for person in people}
        self.offer("attended", [(pk, str(person)) for pk, person in self.people.items()])

    def clean_on(self) -> datetime.date:
        on: datetime.date = self.cleaned_data["on"]
        if self.is_taken(on):
            raise ValidationError(
                "Enter another date: a meeting on that day is recorded already", code="taken"
            )
        return on

    def came(self) -> list[Person]:
        return [self.people[pk] for pk in self.cleaned_data["attended"]]
