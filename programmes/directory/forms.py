"""The form that adds an organisation, and the question whether we have it already."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from embedded.nhsuk.forms import NhsForm, RadioField, SelectField, TextField
from programmes.models import Nation, OrganisationKind
from programmes.registers.identifiers import BadIdentifier, postcode, ror_id
from programmes.registers.lookup import live_with_ror
from programmes.registers.near import near_duplicates

NONE_OF_THESE = "new"
# those whose registers we ship whole are not added by hand
SHIPPED_KINDS = (
    OrganisationKind.ICB,
    OrganisationKind.NHS_ENGLAND_REGION,
)


class AddForm(NhsForm):
    """What is asked of an organisation that is in no register.

    When others are alike, `same_as` asks whether it is one of them; the answer counts only for the list that
    was shown (`seen`).
    """

    name = TextField(
        "Name", hint="The whole name, as it is written officially", max_length=250, called="the name"
    )
    kind = SelectField(
        "What kind of organisation is it?",
        [(value, label) for value, label in OrganisationKind.choices if value not in SHIPPED_KINDS],
        called="the kind of organisation",
        empty="Select a kind",
    )
    nation = RadioField("Nation", Nation.choices, called="the nation", hint="Whose rules apply to it")
    town = TextField("Town or city", max_length=80, required=False, called="the town or city")
    postcode = TextField("Postcode", max_length=10, required=False, width=10, autocomplete="off")
    charity_number = TextField("Charity number", max_length=12, required=False, width=10)
    ror_id = TextField(
        "ROR id",
        hint="A research organisation's own id, like https://ror.org/03yrm5c26",
        max_length=60,
        required=False,
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.same_one = ""
        if self.is_bound:
            self.near = near_duplicates(
                *(str(self.data.get(name, "")) for name in ("name", "postcode", "kind"))
            )
            if self.near:
                self._ask_whether_same()

    def _ask_whether_same(self) -> None:
        self.fields["same_as"] = RadioField(
            "Is it one of these?",
            [(one.reference, one.display_name) for one in self.near]
            + [(NONE_OF_THESE, "None of these: add it")],
            hints={one.reference: one.note for one in self.near},
            called="whether it is one of these",
            missing="Select the organisation, or “None of these”",
        )
        self.order_fields(["same_as"])
        self.shown = ",".join(one.reference for one in self.near)
        if self.data.get("seen") != self.shown:
            self.data = {name: value for name, value in self.data.items() if name != "same_as"}
            self.data["seen"] = self.shown

    def clean_postcode(self) -> str:
        typed = self.cleaned_data["postcode"]
        return _checked(postcode, typed) if typed else ""

    def clean_ror_id(self) -> str:
        typed = self.cleaned_data["ror_id"]
        bare = _checked(ror_id, typed) if typed else ""
        if bare and (holder := live_with_ror(bare)):
            raise ValidationError(
                f"{holder.display_name} has this ROR id already: choose it, or check the id"
            )
        return bare

    def clean_same_as(self) -> str:
        chosen = str(self.cleaned_data["same_as"])
        self.same_one = "" if chosen == NONE_OF_THESE else chosen
        return chosen

    def answers(self) -> dict[str, Any]:
        """What `add_by_hand` takes."""
        names = ("name", "kind", "nation", "town", "postcode", "charity_number", "ror_id")
        return {name: self.cleaned_data[name] for name in names}


def _checked(check: Any, typed: str) -> str:
    try:
        return str(check(typed))
    except BadIdentifier as error:
        raise ValidationError(str(error)) from error
