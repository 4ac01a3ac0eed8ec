"""Form fields with answers to choose from: radios, checkboxes, a list, one tick."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from embedded.nhsuk.fields import Choices, Drawn
from embedded.nhsuk.words import start_low


class Chosen(Drawn):
    """A field with choices; hints={value: text} stand under single choices.

    A message for an answer that is not on the list says the same as for none: choose one.
    """

    verb = "Select"

    def __init__(
        self,
        label: str = "",
        choices: Choices = (),
        *,
        hints: Mapping[Any, str] | None = None,
        **options: Any,
    ) -> None:
        super().__init__(label, choices=choices, **options)
        self.hints = {str(value): text for value, text in (hints or {}).items()}
        self.error_messages["invalid_choice"] = self.error_messages["required"]
        self.error_messages["invalid_list"] = self.error_messages["required"]

    def pairs(self) -> list[tuple[str, str]]:
        """The choices as they go into the page: (value, text)."""
        choices: Any = self.choices  # type: ignore[attr-defined]
        return [(str(value), str(text)) for value, text in choices]

    def listed(self, bound: BoundField, chosen: set[str], reveals: Mapping[str, Any]) -> list[dict[str, Any]]:
        """The choices as the macros take them; the first one has the field's own id."""
        rows: list[dict[str, Any]] = []
        for number, (key, text) in enumerate(self.pairs()):
            row: dict[str, Any] = {
                "value": key,
                "text": text,
                "checked": key in chosen,
                "id": bound.auto_id if number == 0 else f"{bound.auto_id}-{number + 1}",
            }
            if key in self.hints:
                row["hint"] = {"text": self.hints[key]}
            if key in reveals:
                row["conditional"] = {"html": str(reveals[key])}
            rows.append(row)
        return rows

    def chosen(self, bound: BoundField) -> set[str]:
        value = bound.value()
        if value is None or value == "":
            return set()
        return {str(one) for one in value} if isinstance(value, (list, tuple, set)) else {str(value)}

    def params(self, bound: BoundField, options: Mapping[str, Any]) -> dict[str, Any]:
        return self.shared(bound, options) | {
            "name": bound.html_name,
            "fieldset": {"legend": self.titled(bound, options)},
            "items": self.listed(bound, self.chosen(bound), options.get("reveals") or {}),
        }


class RadioField(Chosen, forms.TypedChoiceField):
    """One answer of a few; inline=True puts two short ones side by side."""

    macro = "radios"
    widget = forms.RadioSelect

    def __init__(
        self,
        label: str = "",
        choices: Choices = (),
        *,
        inline: bool = False,
        small: bool = False,
        **options: Any,
    ) -> None:
        super().__init__(label, choices, **options)
        self.classes = " ".join(
            f"nhsuk-radios--{word}" for word, on in (("inline", inline), ("small", small)) if on
        )

    def params(self, bound: BoundField, options: Mapping[str, Any]) -> dict[str, Any]:
        return super().params(bound, {"classes": self.classes} | dict(options))


class CheckboxesField(Chosen, forms.TypedMultipleChoiceField):
    """Any number of answers; gives a list."""

    macro = "checkboxes"
    widget = forms.CheckboxSelectMultiple

    def __init__(
        self, label: str = "", choices: Choices = (), *, small: bool = False, **options: Any
    ) -> None:
        super().__init__(label, choices, **options)
        self.classes = "nhsuk-checkboxes--small" if small else ""

    def params(self, bound: BoundField, options: Mapping[str, Any]) -> dict[str, Any]:
        return super().params(bound, {"classes": self.classes} | dict(options))


class SelectField(Chosen, forms.TypedChoiceField):
    """One answer of a longer list; the empty choice says what to do."""

    macro = "select"
    widget = forms.Select

    def __init__(self, label: str = "", choices: Choices = (), *, empty: str = "", **options: Any) -> None:
        super().__init__(label, choices, **options)
        self.empty = empty or f"Select {self.called}"

    def params(self, bound: BoundField, options: Mapping[str, Any]) -> dict[str, Any]:
        chosen = self.chosen(bound)
        rows = [{"value": key, "text": text, "selected": key in chosen} for key, text in self.pairs()]
        if not any(row["value"] == "" for row in rows):
            rows.insert(0, {"value": "", "text": self.empty, "selected": not chosen})
        return self.shared(bound, options) | {
            "id": bound.auto_id,
            "name": bound.html_name,
            "label": self.titled(bound, options),
            "items": rows,
        }


class TickField(Drawn, forms.BooleanField):
    """One tick, such as "I have read this"; `missing` says what to do when it must be ticked."""

    macro = "checkboxes"
    verb = "Confirm"
    marks_optional = False

    def __init__(self, label: str = "", **options: Any) -> None:
        super().__init__(label, **({"called": start_low(label)} | options))

    def params(self, bound: BoundField, options: Mapping[str, Any]) -> dict[str, Any]:
        row = {
            "value": "on",
            "text": str(options.get("label") or bound.label),
            "checked": bool(bound.value()),
            "id": bound.auto_id,
        }
        shared = self.shared(bound, options)
        row["hint"] = shared.pop("hint")
        return shared | {"name": bound.html_name, "items": [row]}
