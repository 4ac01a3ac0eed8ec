"""The forms of interest: registering it without an account, and answering it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError

from embedded.nhsuk.forms import EmailField, NhsForm, TextAreaField, TextField
from programmes.registers.field import OrganisationField

LONGEST = 1_500


class InterestForm(NhsForm):
    """What a programme needs to ring back, and no more."""

    organisation = TextField(
        "Which organisation are you from?",
        hint="Its name, or its code if you know it",
        called="the name of your organisation",
        max_length=200,
        autocomplete="organization",
    )
    problem = TextAreaField(
        "What is the problem?",
        hint="A few sentences are enough. Write nothing about single patients or colleagues.",
        called="what the problem is",
        rows=6,
        max_length=LONGEST,
        count=True,
    )
    name = TextField("Your name", max_length=120, autocomplete="name", width=20)
    email = EmailField(
        "Your e-mail address", hint="Or a telephone number below", required=False, autocomplete="email"
    )
    phone = TextField("Your telephone number", required=False, max_length=40, autocomplete="tel", width=20)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("email", "phone"):  # one of the two is enough
            self.fields[name].marks_optional = False  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if not self.errors and not typed.get("email") and not typed.get("phone"):
            self.add_error("email", ValidationError("Enter your e-mail address or a telephone number"))
        return typed


class AnswerForm(NhsForm):
    """Both answers in one form, so that neither press loses what is typed for the other: an idea asks for a title and
    a host, closing it asks why."""

    IDEA = {"title": "Enter the title of the idea", "host": "Enter the host"}
    CLOSE = {"reason": "Enter why it goes no further"}

    title = TextField("Title of the idea", required=False, max_length=200)
    host = OrganisationField("Host", required=False, called="the host")
    reason = TextAreaField(
        "Why does it go no further?",
        hint="Be kind: thank them, say why, and what else might help. They get these words.",
        required=False,
        called="the reason",
        rows=5,
        max_length=LONGEST,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for field in self.fields.values():  # each belongs to one of the two answers
            field.marks_optional = False  # type: ignore[attr-defined]

    @property
    def closes(self) -> bool:
        return bool(self.data.get("press") == "close")

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        asked, other = (self.CLOSE, self.IDEA) if self.closes else (self.IDEA, self.CLOSE)
        for name in other:
            self.errors.pop(name, None)
        for name, words in asked.items():
            if name not in self.errors and not typed.get(name):
                self.add_error(name, ValidationError(words))
        return typed


class PressForm(NhsForm):
    """A press alone."""
