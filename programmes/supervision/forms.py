"""The form of a meeting of supervision."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from embedded.accounts.models import Person
from embedded.nhsuk.forms import DateField, NhsForm, RadioField, SelectField, TextAreaField, TextField
from programmes.models import Side, SupervisionMeeting
from programmes.supervision.actions import Meeting
from programmes.supervision.reading import Part


class MeetingForm(NhsForm):
    person = SelectField("Who was supervised?", called="who was supervised")
    side = RadioField(
        "Which side was it?", [(side.value, str(side.label)) for side in Side], called="which side it was"
    )
    with_name = TextField("Whom did you meet?", max_length=120, called="whom you met")
    on = DateField("When did you meet?", called="the date you met", latest=timezone.localdate)
    agreed = TextAreaField(
        "What did you agree?",
        rows=4,
        max_length=4000,
        required=False,
        hint="The two of you read it, and whoever supervises on the same side. Do not name patients",
    )
    next_on = DateField("When do you meet next?", called="the date you meet next", required=False)

    def __init__(
        self,
        *args: Any,
        part: Part,
        by: Person,
        researchers: Iterable[Person],
        recorded: SupervisionMeeting | None = None,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.part, self.by = part, by
        known = [*researchers, recorded.person] if recorded else researchers
        self.people = {str(person.pk): person for person in known}
        self.offer("person", [(pk, str(person)) for pk, person in self.people.items()])
        if part.is_own or len(self.people) == 1:
            del self.fields["person"]
        if not part.is_own:
            del self.fields["with_name"]
        if len(part.sides) == 1:
            del self.fields["side"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        on, next_on = cleaned.get("on"), cleaned.get("next_on")
        if on and next_on and next_on <= on:
            self.add_error("next_on", "The date you meet next must be after the date you met")
        return cleaned

    def meeting(self) -> Meeting:
        """What was typed; a supervisor is the one whom the researcher met. Call it after is_valid()."""
        typed, own = self.cleaned_data, self.part.is_own
        only = next(iter(self.people.values()), self.by)
        return Meeting(
            person=self.by if own else self.people.get(typed.get("person", ""), only),
            side=typed.get("side") or self.part.sides[0],
            with_name=typed["with_name"] if own else str(self.by),
            with_person=None if own else self.by,
            on=typed["on"],
            agreed=typed["agreed"],
            next_on=typed["next_on"],
        )


def starting_values(recorded: SupervisionMeeting | None) -> dict[str, Any]:
    if recorded is None:
        return {"on": timezone.localdate()}
    return {
        "person": str(recorded.person_id),
        "side": recorded.side,
        "with_name": recorded.with_name,
        "on": recorded.on,
        "agreed": recorded.agreed,
        "next_on": recorded.next_on,
    }
