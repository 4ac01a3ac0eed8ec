"""The forms of the product: NHS.UK fields, a key that makes a press count once, a version when editing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, cast
from uuid import UUID, uuid4

from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from embedded.nhsuk.choosing import CheckboxesField, RadioField, SelectField, TickField
from embedded.nhsuk.dates import DateField
from embedded.nhsuk.fields import (
    Choices,
    EmailField,
    MoneyField,
    NumberField,
    PasswordField,
    TextAreaField,
    TextField,
)

__all__ = [
    "CheckboxesField",
    "DateField",
    "EmailField",
    "MoneyField",
    "NhsForm",
    "NumberField",
    "PasswordField",
    "RadioField",
    "SelectField",
    "TextAreaField",
    "TextField",
    "TickField",
]


CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class KeyField(forms.UUIDField):
    """A hidden key. One that is missing or spoilt is replaced: nobody can put right what they cannot see."""

    widget = forms.HiddenInput

    def bound_data(self, data: Any, initial: Any) -> Any:
        return data or initial

    def clean(self, value: Any) -> UUID:
        try:
            return UUID(str(value))
        except ValueError:
            return uuid4()


class VersionField(forms.IntegerField):
    """A hidden version number; one that is missing or spoilt counts as 0, older than anything kept."""

    widget = forms.HiddenInput

    def bound_data(self, data: Any, initial: Any) -> Any:
        return data or initial

    def clean(self, value: Any) -> int:
        typed = str(value)
        return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0


def without_control_signs(data: Any) -> Any:
    """What was sent without the signs that no database, letter or printer takes, and that nobody types."""
    if not isinstance(data, QueryDict):
        return data
    clean = {name: [CONTROL.sub("", text) for text in values] for name, values in data.lists()}
    if clean == dict(data.lists()):
        return data
    kept = QueryDict(mutable=True)
    for name, values in clean.items():
        kept.setlist(name, values)
    return kept


class NhsForm(forms.Form):
    """A form with `form_key` (new when shown, kept when sent) and, given `version=`, the version it edits.

    After `is_valid()`: `cleaned_data["form_key"]` is a UUID for `embedded.drafts.once`, and
    `cleaned_data["version"]` the version that the page was made from.
    """

    use_required_attribute = False
    form_key = KeyField(required=False, initial=uuid4)

    def __init__(self, data: Any = None, *args: Any, version: int | None = None, **options: Any) -> None:
        super().__init__(without_control_signs(data), *args, **options)
        if version is not None:
            self.fields["version"] = VersionField(required=False, initial=version)

    def renew(self, version: int) -> None:
        """For a form that met a newer version: what was typed stays, and sent once more it is saved over that one."""
        data = cast(QueryDict, self.data).copy()
        data["version"], data["form_key"] = str(version), str(uuid4())
        self.data = data

    def take_up(self, typed: Mapping[str, list[str]], form_key: str = "") -> None:
        """For a form that is not sent: shows what was typed into it before, with the key that it had then."""
        data = MultiValueDict(typed)
        if form_key:
            data["form_key"] = form_key
        for name, field in self.fields.items():
            if not field.widget.value_omitted_from_data(data, {}, name):
                self.initial[name] = field.widget.value_from_datadict(data, {}, name)

    def offer(self, name: str, choices: Choices, hints: Mapping[Any, str] | None = None) -> None:
        """Gives a field the answers to choose from, where they depend on who asks."""
        field = self.fields[name]
        if not isinstance(field, RadioField | CheckboxesField | SelectField):
            raise TypeError(f"{name} is no field with answers to choose from")
        field.choices = choices
        field.hints = {str(value): text for value, text in (hints or {}).items()}
