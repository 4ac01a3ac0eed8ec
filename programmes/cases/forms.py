"""The forms of case studies: their words, who checks them, who can be recognised, and the answers."""

from __future__ import annotations

from typing import Any, Final

from embedded.nhsuk.forms import (
    DateField,
    EmailField,
    NhsForm,
    RadioField,
    TextAreaField,
    TextField,
)
from programmes.cases.content import GLANCE, NEEDED, PARTS
from programmes.models import CaseStudy, ReadBack

NO_NAMES: Final = "Do not name patients or staff"
HINTS: Final = {
    "problem": "Why somebody wanted an embedded researcher",
    "challenges": "Can wait, but is needed before the check: a story of success alone helps nobody",
    "strategies": "What was done about it, whether or not it helped",
    "what_changed": "What was confirmed by the host stands here already",
    "public_involvement": "Who was involved, in what, and what changed because of it",
    "not_known": "Can wait, but is needed before the check: what was not measured, or nobody asked",
    "quotes": "Only with the consent of whoever said it",
    "sources": "Papers, reports or minutes that can be found",
}


class CaseForm(NhsForm):
    """The words, in the order of the sheet; `words()` by the names of content.WORDS."""

    title = TextField("Title", max_length=160, missing="Enter a title")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, label in GLANCE.items():
            self.fields[name] = TextField(label, max_length=120 if name == "period" else 300, required=False)
        for name, label in PARTS.items():
            part = TextAreaField(label, hint=HINTS.get(name, ""), rows=4, max_length=2500, required=False)
            part.marks_optional = name not in NEEDED  # a draft may wait for them, the host may not
            self.fields[name] = part
        self.fields["embargo_until"] = DateField(
            "Hold it back until",
            hint="For example the day on which a paper comes out. Leave it empty if it may be read at once",
            called="the day until which it is held back",
            required=False,
        )

    def words(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in ("title", *GLANCE, *PARTS)}


def saved_values(case: CaseStudy) -> dict[str, Any]:
    """What the form shows first: what is saved."""
    return {name: getattr(case, name) for name in ("title", *GLANCE, *PARTS, "embargo_until")}


class PressForm(NhsForm):
    """One press; asks nothing."""


class SendForm(NhsForm):
    email = EmailField(
        "Who at the host checks it?", hint="They get a link and press once. They need no account"
    )


class CheckForm(NhsForm):
    """The host's answer: agreed by one press, or returned with what is to be changed. `version` is the edition."""

    name = TextField(
        "Your name",
        hint="Leave it empty and we keep the address that we wrote to",
        max_length=120,
        required=False,
        autocomplete="name",
    )
    why = TextAreaField(
        "What has to be changed?",
        hint=f"Only if you return it. {NO_NAMES}",
        called="what has to be changed",
        rows=4,
        max_length=2000,
        required=False,
    )

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        self.returns = bool(data) and data.get("press") == "return"
        self.fields["why"].required = self.returns

    def said(self) -> dict[str, Any]:
        """The words, and the edition that was read."""
        return {"why": self.cleaned_data["why"], "edition": self.cleaned_data["version"]}


class PersonForm(NhsForm):
    """One more who can be recognised."""

    name = TextField("Name", max_length=120, missing="Enter their name", autocomplete="off")
    part = TextField(
        "What are they in it?",
        hint="For example the carer who is quoted, or the ward manager",
        max_length=120,
        required=False,
    )
    email = EmailField(
        "Email address",
        hint="Without one you hand over the link, or ask them and write down what they say",
        required=False,
        autocomplete="off",
    )


class AnswerForm(NhsForm):
    """What somebody says who can be recognised; the press says yes, no or taken back."""

    words = TextAreaField(
        "What should be different?",
        hint="You need not say anything here",
        called="what should be different",
        rows=3,
        max_length=2000,
        required=False,
    )


class TypedInForm(NhsForm):
    """The answer of somebody who was asked otherwise than by link, typed in by whoever asked them. `version` is the
    edition of the words."""

    answer = RadioField(
        "What do they say?",
        [("yes", "Yes, it may be published"), ("no", "No"), ("withdrawn", "They take their consent back")],
        missing="Select what they say",
    )
    read_back = RadioField(
        "How was it read to them?", ReadBack.choices, missing="Select how it was read to them"
    )


class WithdrawForm(NhsForm):
    why = TextAreaField(
        "Why is it withdrawn?",
        hint=f"Its writer and the programme lead read this. {NO_NAMES}",
        called="why it is withdrawn",
        rows=3,
        max_length=1000,
    )
