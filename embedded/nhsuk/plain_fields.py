"""Draws the plain Django fields of forms that are not ours (allauth's) with the same NHS macros."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString
from markupsafe import Markup

from embedded.nhsuk.fields import Drawn
from embedded.nhsuk.rendering import field, quick


def plain_field(bound: BoundField) -> SafeString:
    """One field of any form; ours are drawn as ours."""
    if isinstance(bound.field, Drawn):
        return field(bound)
    widget = bound.field.widget
    if isinstance(widget, forms.CheckboxInput):
        return quick("checkboxes", tick(bound))
    if isinstance(widget, forms.PasswordInput):
        return quick("password-input", line(bound) | {"value": ""})
    if isinstance(widget, (forms.Select, forms.Textarea, forms.FileInput)):
        raise TypeError(f"No NHS drawing for the widget of {bound.name}")
    return quick("input", line(bound))


def line(bound: BoundField) -> dict[str, Any]:
    """The parameters of a single-line field."""
    attributes = bound.field.widget.attrs
    value = bound.value()
    return shared(bound) | {
        "id": bound.auto_id,
        "label": {"text": str(bound.label), "size": "s"},
        "type": attributes.get("type") or getattr(bound.field.widget, "input_type", "text"),
        "value": "" if value is None else str(value),
        "autocomplete": attributes.get("autocomplete", ""),
        "inputmode": attributes.get("inputmode", ""),
        "width": attributes.get("data-width", ""),
        "spellcheck": False,
    }


def tick(bound: BoundField) -> dict[str, Any]:
    """The parameters of a single checkbox."""
    row = {"value": "on", "text": str(bound.label), "checked": bool(bound.value()), "id": bound.auto_id}
    return shared(bound) | {"items": [row]}


def shared(bound: BoundField) -> dict[str, Any]:
    hint = str(bound.help_text)
    return {
        "name": bound.html_name,
        "hint": {"html": Markup(hint)} if hint else None,  # noqa: S704 (written in our code, never typed)
        "errorMessage": {"text": str(bound.errors[0])} if bound.errors else None,
    }
