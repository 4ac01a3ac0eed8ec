"""The forms of recorded contracts: what the contract is, and the file of it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any, Final, cast

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from embedded.files.handed_in import NotTaken, look_into
from embedded.nhsuk.forms import (
    CheckboxesField,
    DateField,
    EmailField,
    NhsForm,
    NumberField,
    RadioField,
    SelectField,
    TextAreaField,
    TextField,
    TickField,
)
from embedded.nhsuk.uploads import UploadField
from programmes.agreements.actions import AgreementWords
from programmes.agreements.document import PARTS
from programmes.models import Agreement, AgreementCover, AgreementKind, Organisation, PublicationClause

NOT_AN_ADDRESS: Final = "Enter a web address in the correct format, like https://teams.example/contract"
ENDS_BEFORE: Final = "The last day must be the same as or after the day it was signed and the day it starts"


class AgreementForm(NhsForm):
    kind = SelectField(
        "What kind of agreement is it?", AgreementKind.choices, missing="Select what kind of agreement it is"
    )
    parties = CheckboxesField(
        "Who signed it?",
        hint="Organisations of this registration. Add any other below.",
        missing="Select who signed it",
        required=False,
    )
    other_parties = TextField(
        "Other parties",
        hint="Names as they stand in the agreement, with a comma between them",
        max_length=300,
        required=False,
    )
    signed_on = DateField("When was it signed?", called="the day it was signed")
    effective_from = DateField("From which day does it count?", called="the first day", required=False)
    effective_to = DateField("What is its last day?", called="the last day", required=False)
    review_on = DateField("When should it be looked at again?", called="the review date", required=False)
    covers = CheckboxesField(
        "What does it cover?",
        AgreementCover.choices,
        hint="Once it runs, the agreements together should cover the first four",
        required=False,
        small=True,
    )
    publication = RadioField(
        "Does it let the findings be published?",
        PublicationClause.choices,
        hints={PublicationClause.HOST_APPROVAL: "This puts independence at risk, and the page will say so"},
        missing="Select what it says on publishing",
    )
    publication_notice_days = NumberField(
        "How many days beforehand?", at_least=1, at_most=730, required=False, called="the number of days"
    )
    publication_words = TextAreaField(
        "What it says on publishing, in its own words",
        hint="Copy the clause. We write no legal wording.",
        called="the clause",
        rows=4,
        max_length=3000,
        required=False,
    )
    funder_review_needed = TickField(
        "The funder wishes to see it, and every change to it, before it is signed", required=False
    )
    kept_at = TextField(
        "Where is it kept?",
        hint="For example contracts office, folder 12. You can add the file on the next page.",
        max_length=200,
        missing="Enter where it is kept",
    )
    web_address = TextField(
        "Link to it",
        hint="If it can be opened by a link, such as in your own Teams or SharePoint",
        max_length=500,
        required=False,
        spellcheck=False,
    )

    def __init__(
        self, *args: Any, organisations: Iterable[Organisation], today: datetime.date, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        cast(Any, self.fields["parties"]).marks_optional = False  # two at least, here or below
        self.today = today
        self.organisations = {str(one.pk): one for one in organisations}
        self.offer("parties", [(pk, one.display_name) for pk, one in self.organisations.items()])

    def clean_signed_on(self) -> datetime.date:
        signed: datetime.date = self.cleaned_data["signed_on"]
        if signed > self.today:
            raise ValidationError("The day it was signed must be today or in the past", code="future")
        return signed

    def clean_web_address(self) -> str:
        address = str(self.cleaned_data["web_address"])
        if address:
            URLValidator(schemes=["https", "http"], message=NOT_AN_ADDRESS)(address)
        return address

    def clean(self) -> None:
        typed = self.cleaned_data
        others = [one for one in typed.get("other_parties", "").split(",") if one.strip()]
        if len(typed.get("parties") or []) + len(others) < 2 and "other_parties" not in self.errors:
            self.add_error("parties", "Select or enter at least two parties")
        begun = [day for day in (typed.get("signed_on"), typed.get("effective_from")) if day]
        last = typed.get("effective_to")
        if last and begun and last < max(begun):
            self.add_error("effective_to", ENDS_BEFORE)
        asks_days = typed.get("publication") == PublicationClause.NOTICE_PERIOD
        if asks_days and not typed.get("publication_notice_days"):
            if "publication_notice_days" not in self.errors:
                self.add_error("publication_notice_days", "Enter how many days beforehand")
        elif not asks_days:
            self.errors.pop("publication_notice_days", None)

    def words(self) -> AgreementWords:
        typed = dict(self.cleaned_data)
        asks_days = typed["publication"] == PublicationClause.NOTICE_PERIOD
        names = (
            "kind other_parties signed_on effective_from effective_to review_on publication "
            "publication_words funder_review_needed kept_at web_address"
        ).split()
        return AgreementWords(
            **{name: typed[name] for name in names},
            covers=tuple(typed["covers"]),
            parties=tuple(self.organisations[pk] for pk in typed["parties"]),
            publication_notice_days=typed.get("publication_notice_days") if asks_days else None,
        )


def saved_values(agreement: Agreement) -> dict[str, Any]:
    """What the form shows first: what is saved."""
    names = (
        "kind other_parties signed_on effective_from effective_to review_on covers publication "
        "publication_notice_days publication_words funder_review_needed kept_at web_address"
    ).split()
    parties = [str(one.organisation_id) for one in agreement.parties.all()]
    return {name: getattr(agreement, name) for name in names} | {"parties": parties}


class FileForm(NhsForm):
    """The signed paper itself; `handed_in` is what was found in it."""

    file = UploadField(
        "Select the file",
        hint="A PDF or a Word document (.docx), smaller than 5MB, without a password or macros",
        accept=".pdf,.docx",
        missing="Select a file",
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        try:
            self.handed_in = look_into(file, file.name)
        except NotTaken as refused:
            raise ValidationError(str(refused), code="content") from refused
        return file


class PressForm(NhsForm):
    """One press; asks nothing."""


class WorkingForm(NhsForm):
    """The parts of a working agreement, each in plain words; every one may be emptied."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, heading in PARTS.items():
            part = TextAreaField(heading, rows=6, max_length=3000, required=False)
            part.marks_optional = False  # they are all to be looked at, and any may be emptied
            self.fields[name] = part

    def parts(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in PARTS}


class PersonForm(NhsForm):
    """One more who is asked to agree."""

    name = TextField("Name", max_length=120, missing="Enter their name", autocomplete="off")
    part = TextField(
        "What are they in it?",
        hint="For example host manager, or carer in the group that guides it",
        max_length=120,
        required=False,
    )
    email = EmailField(
        "Email address",
        hint="Without one you hand over the link yourself",
        required=False,
        autocomplete="off",
    )
