"""The short forms beside the log: dates away, a name put right, a press alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import ValidationError

from embedded.nhsuk.forms import DateField, NhsForm, SelectField, TextField, TickField
from programmes.entries.people_met import LONGEST_NAME
from programmes.models import Organisation, PartnerKind


class AwayForm(NhsForm):
    """Dates away: no reason is asked, because a reason could be about health."""

    start = DateField("First day away", called="the first day away")
    start_afternoon = TickField("Only the afternoon of that day", required=False)
    end = DateField("Last day away", called="the last day away")
    end_noon = TickField("Only the morning of that day", required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("start") and cleaned.get("end") and cleaned["end"] < cleaned["start"]:
            self.add_error("end", "The last day away must be the same as or after the first")
        halves = cleaned.get("start_afternoon") and cleaned.get("end_noon")
        if halves and cleaned.get("start") == cleaned.get("end"):
            self.add_error("end_noon", "Select the afternoon or the morning of one day, or neither")
        return cleaned


class NameForm(NhsForm):
    """One name of the person's own list, what they are to the work, and where."""

    name = TextField(
        "What is the name?",
        max_length=LONGEST_NAME,
        missing="Enter the name",
        called="the name",
        spellcheck=False,
    )
    kind = SelectField(
        "What are they to your work?",
        PartnerKind.choices,
        called="what they are to your work",
        required=False,
        empty="Leave it open",
    )
    organisation = SelectField(
        "Which organisation are they from?",
        hint="Those of your residencies",
        called="the organisation",
        required=False,
        empty="Leave it open",
    )

    def __init__(
        self,
        *args: Any,
        is_taken: Callable[[str], bool],
        organisations: Iterable[Organisation] = (),
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.is_taken = is_taken
        self.organisations = {str(one.pk): one for one in organisations}
        self.offer("organisation", [(pk, one.display_name) for pk, one in self.organisations.items()])

    @property
    def organisation_chosen(self) -> Organisation | None:
        """Call it after is_valid()."""
        return self.organisations.get(self.cleaned_data["organisation"])

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if self.is_taken(name):
            raise ValidationError("Enter a name that is not in your list already", code="taken")
        return name


class RemoveForm(NhsForm):
    """Asks nothing: the press is the answer."""
