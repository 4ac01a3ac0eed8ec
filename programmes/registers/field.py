"""A form field that asks for an organisation: type what you know of it, then say which one is meant."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.urls import reverse
from django.utils.html import format_html

from embedded.accounts.models import Person
from embedded.nhsuk.fields import Drawn
from embedded.nhsuk.rendering import macro
from programmes.models import Organisation
from programmes.registers.found import Found
from programmes.registers.learning import learn
from programmes.registers.lookup import organisation_of
from programmes.registers.search import certain, search

OFFERED = 8


class Typed(NamedTuple):
    """What a page sent: the text, the reference chosen ("ods:RJ1"), and the text of which a choice was offered."""

    text: str
    chosen: str = ""
    offered_for: str = ""


class OrganisationInput(forms.Widget):
    """Reads the text `host` with `host-chosen` and `host-offered` beside it."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Typed:
        parts = (data.get(name), data.get(f"{name}-chosen"), data.get(f"{name}-offered"))
        return Typed(*(" ".join((part or "").replace("\x00", "").split())[:250] for part in parts))

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return name not in data and f"{name}-chosen" not in data


class OrganisationField(Drawn):
    """Gives an Organisation, or None. `kinds`: only organisations of these kinds.

    Without JavaScript one types and continues, and chooses among radios unless a code or a whole name was
    typed. With it (static/js/organisation.js) one chooses while typing. Initial values are organisations.
    """

    widget = OrganisationInput

    def __init__(self, label: str = "", *, kinds: Collection[str] | None = None, **options: Any) -> None:
        super().__init__(label, **({"autocomplete": "off"} | options))
        self.kinds = kinds
        self.learnable = ""

    def clean(self, value: Typed) -> Organisation | None:
        organisation = self._meant(value)
        if organisation is None and not self._is_offering(value):
            if value.text:
                raise ValidationError(
                    f"We could not find “{value.text}”. Check the spelling, or add the organisation",
                    code="unknown",
                )
            self.validate(None)
            return None
        if organisation is None:
            raise ValidationError(f"Select {self.called}", code="choose")
        is_choice = value.chosen == f"{organisation.scheme}:{organisation.code}"
        self.learnable = value.offered_for if is_choice else ""
        return organisation

    def _meant(self, value: Typed) -> Organisation | None:
        """The organisation chosen or named without doubt."""
        chosen = organisation_of(value.chosen) if value.chosen else None
        if chosen and self.kinds_allow(chosen.kind) and self._stands(value, chosen):
            return chosen
        one = certain(value.text, self.kinds) if value.text and self._text_counts(value) else None
        return organisation_of(one.reference) if one else None

    def kinds_allow(self, kind: str) -> bool:
        return self.kinds is None or kind in self.kinds

    @staticmethod
    def _stands(value: Typed, chosen: Organisation) -> bool:
        """A choice counts while the box holds its name, or what the radios were offered for, or nothing."""
        return value.text == chosen.display_name or bool(
            value.offered_for and value.text in ("", value.offered_for)
        )

    @staticmethod
    def _text_counts(value: Typed) -> bool:
        """Beside radios the text counts when it is another one than they were offered for."""
        return value.text != value.offered_for

    def _is_offering(self, value: Typed) -> bool:
        return bool(self._offers(value))

    def _offers(self, value: Typed) -> list[Found]:
        """What the radios show: what fits the text."""
        return search(value.text, self.kinds, limit=OFFERED) if value.text else []

    def bound_data(self, data: Any, initial: Any) -> Any:
        return data

    def has_changed(self, initial: Any, data: Any) -> bool:
        organisation = self._meant(data) if isinstance(data, Typed) else None
        return organisation != initial if organisation else bool(data and data.text)

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> BoundField:
        """The macro depends on what was sent: radios while a choice is open, else a box to type in."""
        bound = super().get_bound_field(form, field_name)
        value = bound.data if form.is_bound else None
        is_open = isinstance(value, Typed) and self._meant(value) is None and self._is_offering(value)
        self.macro = "radios" if is_open else "input"
        return bound

    def params(self, bound: BoundField, options: Mapping[str, Any]) -> dict[str, Any]:
        value = bound.value()
        if isinstance(value, Organisation):
            value = Typed(value.display_name, f"{value.scheme}:{value.code}")
        elif not isinstance(value, Typed):
            value = Typed("")
        if self.macro == "radios":
            return self._radios(bound, value, options)
        return self._box(bound, value, options)

    def _box(self, bound: BoundField, value: Typed, options: Mapping[str, Any]) -> dict[str, Any]:
        organisation = self._meant(value)
        text = organisation.display_name if organisation else value.text
        reference = f"{organisation.scheme}:{organisation.code}" if organisation else ""
        shown = self.shared(bound, options)
        address = reverse("organisations")
        query = "?" + urlencode({"kind": sorted(self.kinds)}, doseq=True) if self.kinds else ""
        more: str = format_html(
            '<input type="hidden" name="{0}-chosen" value="{1}" id="{2}-chosen">',
            bound.html_name,
            reference,
            bound.auto_id,
        )
        if bound.errors and value.text:
            more += self._add_link(value.text)
        return shown | {
            "id": bound.auto_id,
            "name": bound.html_name,
            "value": text,
            "label": self.titled(bound, options),
            "autocomplete": self.autocomplete,
            "spellcheck": False,
            "attributes": {"data-organisation": address + query} | dict(shown["attributes"] or {}),
            "formGroup": {"afterInput": {"html": more}},
            "inputWrapper": {"classes": "app-organisation"},
        }

    def _radios(self, bound: BoundField, value: Typed, options: Mapping[str, Any]) -> dict[str, Any]:
        offers = self._offers(value)
        rows: list[dict[str, Any]] = [
            {
                "value": one.reference,
                "text": one.display_name,
                "hint": {"text": one.note},
                "id": bound.auto_id if number == 0 else f"{bound.auto_id}-{number + 1}",
                "checked": False,
            }
            for number, one in enumerate(offers)
        ]
        again = macro(
            "input",
            {
                "id": f"{bound.auto_id}-text",
                "name": bound.html_name,
                "label": {"text": "None of these? Look again"},
                "hint": {
                    "text": "Type what else you know of it: a name, a hospital, a town, a postcode or a code"
                },
                "value": value.text,
                "autocomplete": "off",
                "formGroup": {"classes": "nhsuk-u-margin-top-4"},
            },
        )
        kept = format_html('<input type="hidden" name="{}-offered" value="{}">', bound.html_name, value.text)
        return self.shared(bound, options) | {
            "name": f"{bound.html_name}-chosen",
            "hint": {"text": f"You typed “{value.text}”"},
            "fieldset": {"legend": self.titled(bound, {"size": "s"} | dict(options))},
            "items": rows,
            "formGroup": {"afterInputs": {"html": again + kept + self._add_link(value.text)}},
        }

    @staticmethod
    def _add_link(text: str) -> str:
        address = f"{reverse('organisation_add')}?{urlencode({'name': text})}"
        return format_html(
            '<p class="nhsuk-u-margin-top-3"><a class="nhsuk-link" href="{}" target="_blank" rel="noopener">'
            "Add an organisation that is not listed (opens in a new tab)</a></p>",
            address,
        )


def learn_from(form: forms.BaseForm, *, by: Person) -> None:
    """Remembers what somebody typed before choosing, for every organisation of a valid form (see `learn`)."""
    for name, field in form.fields.items():
        chosen = form.cleaned_data.get(name)
        if isinstance(field, OrganisationField) and field.learnable and isinstance(chosen, Organisation):
            learn(field.learnable, chosen, by=by)
