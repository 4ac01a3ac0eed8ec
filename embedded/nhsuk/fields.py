"""Form fields that know their NHS.UK macro and say how to put a wrong answer right."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.forms.boundfield import BoundField

from embedded.nhsuk.words import start_high, start_low

MOST_FIGURES = 12  # before the point
LINE_ENDS = re.compile(r"\r\n?|\n")
Choices = Iterable[tuple[Any, str]]


def named(called: str) -> str:
    """How a sentence starts that speaks of the field: "the start date" becomes "Start date"."""
    return start_high(called.removeprefix("the ").removeprefix("a ").removeprefix("an "))


class Drawn(forms.Field):
    """What every field of ours has: a macro, a label, a hint, and a name for its error messages.

    called: how messages name it, with its article ("the start date"); the label by default.
    missing: the whole message when nothing was given, where "Enter …" is not what to say.
    """

    macro = "input"
    verb = "Enter"
    marks_optional = True

    def __init__(
        self, label: str = "", *, hint: str = "", called: str = "", missing: str = "", **options: Any
    ) -> None:
        self.called = called or ("an answer" if label.endswith("?") else start_low(label))
        self.width = str(options.pop("width", ""))
        self.autocomplete = options.pop("autocomplete", "")
        messages = {"required": missing or f"{self.verb} {self.called}"} | options.pop("error_messages", {})
        super().__init__(label=label, help_text=hint, error_messages=messages, **options)

    def params(self, bound: BoundField, options: Mapping[str, Any]) -> dict[str, Any]:
        """The macro's parameters for this field of this form; `options` as `rendering.field` takes them."""
        return self.shared(bound, options) | {
            "id": bound.auto_id,
            "name": bound.html_name,
            "value": self.shown(bound),
            "width": self.width,
            "label": self.titled(bound, options),
            "autocomplete": self.autocomplete,
        }

    def shared(self, bound: BoundField, options: Mapping[str, Any]) -> dict[str, Any]:
        hint = options.get("hint", bound.help_text)
        return {
            "idPrefix": bound.auto_id,
            "hint": {"text": str(hint)} if hint else None,
            "errorMessage": {"text": str(bound.errors[0])} if bound.errors else None,
            "classes": options.get("classes"),
            "attributes": options.get("attributes"),
            "disabled": True if self.disabled else None,
        }

    def titled(self, bound: BoundField, options: Mapping[str, Any]) -> dict[str, Any]:
        """Label or legend, as the page's h1 where the page asks one thing."""
        heading = bool(options.get("heading"))
        size = options.get("size") or ("l" if heading else "s")
        return {
            "text": str(options.get("label") or self.told(bound)),
            "size": size,
            "isPageHeading": True if heading else None,
        }

    def told(self, bound: BoundField) -> str:
        """The label; one that need not be answered says so."""
        label = str(bound.label)
        return (
            label
            if self.required or "(optional)" in label or not self.marks_optional
            else f"{label} (optional)"
        )

    def shown(self, bound: BoundField) -> str:
        value = bound.value()
        return "" if value is None else str(value)


class TextField(Drawn, forms.CharField):
    """One line of text."""

    def __init__(self, label: str = "", *, spellcheck: bool | None = None, **options: Any) -> None:
        super().__init__(label, **options)
        self.spellcheck = spellcheck
        self.validators = [one for one in self.validators if getattr(one, "code", "") != "max_length"]

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if self.max_length and len(cleaned) > self.max_length:
            text = f"{named(self.called)} must be {self.max_length:,} characters or fewer"
            raise ValidationError(text, code="max_length")
        return cleaned

    def to_python(self, value: Any) -> str:
        """One line: a new line in it, which could start another header of a letter, counts as a blank."""
        return super().to_python(LINE_ENDS.sub(" ", value) if isinstance(value, str) else value) or ""

    def params(self, bound: BoundField, options: Mapping[str, Any]) -> dict[str, Any]:
        return super().params(bound, options) | {"spellcheck": self.spellcheck}


class TextAreaField(TextField):
    """Several lines of text; with count=True the page says how many characters are left."""

    widget = forms.Textarea

    def __init__(self, label: str = "", *, rows: int = 5, count: bool = False, **options: Any) -> None:
        super().__init__(label, **options)
        self.rows = rows
        self.macro = "character-count" if count and self.max_length else "textarea"

    def to_python(self, value: Any) -> str:
        """One sign for a new line, so that the server counts as the page does."""
        one = LINE_ENDS.sub("\n", value) if isinstance(value, str) else value
        return forms.CharField.to_python(self, one) or ""

    def params(self, bound: BoundField, options: Mapping[str, Any]) -> dict[str, Any]:
        limit = {"maxlength": self.max_length} if self.macro == "character-count" else {}
        return super().params(bound, options) | {"rows": str(self.rows)} | limit


class EmailField(Drawn, forms.EmailField):
    """An email address."""

    def __init__(self, label: str = "Email address", **options: Any) -> None:
        super().__init__(label, **({"called": "an email address", "autocomplete": "email"} | options))
        text = "Enter an email address in the correct format, like name@example.com"
        self.error_messages["invalid"] = text
        self.validators = [EmailValidator(text)]

    def params(self, bound: BoundField, options: Mapping[str, Any]) -> dict[str, Any]:
        return super().params(bound, options) | {"type": "email", "spellcheck": False}


class PasswordField(Drawn, forms.CharField):
    """A password with a button to show it; what was typed is never sent back."""

    macro = "password-input"
    widget = forms.PasswordInput

    def __init__(self, label: str = "Password", **options: Any) -> None:
        super().__init__(label, **{"strip": False, "called": "your password", **options})

    def shown(self, bound: BoundField) -> str:
        return ""


class NumberField(Drawn, forms.Field):
    """A number typed as text (NHS pattern): whole unless places are given; gives int or Decimal."""

    def __init__(
        self,
        label: str = "",
        *,
        at_least: int | Decimal | None = None,
        at_most: int | Decimal | None = None,
        places: int = 0,
        prefix: str = "",
        suffix: str = "",
        **options: Any,
    ) -> None:
        super().__init__(label, **({"width": 5} | options))
        self.at_least, self.at_most, self.places = at_least, at_most, places
        self.before, self.after = prefix, suffix

    def to_python(self, value: Any) -> int | Decimal | None:
        typed = str(value if value is not None else "").strip()
        for sign in (",", " ", self.before):
            typed = typed.replace(sign, "") if sign else typed
        if not typed:
            return None
        try:
            number = Decimal(typed)
        except InvalidOperation:
            raise ValidationError(self.not_a_number(), code="invalid") from None
        if not number.is_finite() or number.adjusted() >= MOST_FIGURES:
            raise ValidationError(self.not_a_number(), code="invalid")
        if number != round(number, self.places):
            raise ValidationError(self.too_fine(), code="places")
        return number if self.places else int(number)

    def not_a_number(self) -> str:
        return f"{named(self.called)} must be a number"

    def too_fine(self) -> str:
        if not self.places:
            return f"{named(self.called)} must be a whole number"
        return f"{named(self.called)} must have {self.places} decimal places or fewer"

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is None:
            return
        if self.at_least is not None and value < self.at_least:
            text = f"{named(self.called)} must be {self.before}{self.at_least:,} or more"
            raise ValidationError(text, code="min_value")
        if self.at_most is not None and value > self.at_most:
            text = f"{named(self.called)} must be {self.before}{self.at_most:,} or fewer"
            raise ValidationError(text.replace("fewer", "less") if self.before else text, code="max_value")

    def params(self, bound: BoundField, options: Mapping[str, Any]) -> dict[str, Any]:
        return super().params(bound, options) | {
            "inputmode": "decimal" if self.places else "numeric",
            "spellcheck": False,
            "prefix": self.before,
            "suffix": self.after,
        }


class MoneyField(NumberField):
    """An amount in pounds; gives a Decimal with two places."""

    def __init__(self, label: str = "", **options: Any) -> None:
        defaults: dict[str, Any] = {"prefix": "£", "places": 2, "width": 10, "at_least": Decimal(0)}
        super().__init__(label, **{**defaults, **options})

    def not_a_number(self) -> str:
        return f"{named(self.called)} must be an amount of money, like 250 or 250.50"

    def too_fine(self) -> str:
        return f"{named(self.called)} must not include fractions of a penny"

    def to_python(self, value: Any) -> Decimal | None:
        amount = super().to_python(value)
        return None if amount is None else Decimal(amount).quantize(Decimal("0.01"))
