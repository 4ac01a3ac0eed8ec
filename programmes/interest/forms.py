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


class IdeaForm(NhsForm):
    """A title and a host make an idea of it."""

    title = TextField("Title of the idea", max_length=200)
    host = OrganisationField("Host", called="the host")


class CloseForm(NhsForm):
    """Why it goes no further, in words that the person may read."""

    reason = TextAreaField(
        "Why does it go no further?",
        hint="Be kind: thank them, say why, and what else might help. They get these words.",
        called="the reason",
        rows=5,
        max_length=LONGEST,
    )


class PressForm(NhsForm):
    """A press alone."""
