"""Turns bound form fields into NHS.UK markup through the official macros."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.forms import BaseForm
from django.forms.boundfield import BoundField
from django.http import HttpRequest
from django.template import engines
from django.utils.safestring import SafeString, mark_safe
from jinja2 import Environment

from embedded.nhsuk.dates import DateField
from embedded.nhsuk.fields import Drawn


def jinja() -> Environment:
    """The environment of our pages, as Django has set it up."""
    env: Environment = engines["jinja2"].env  # type: ignore[attr-defined]
    return env


def as_printed(html: str) -> SafeString:
    """Markup that a template, a macro or a widget has just printed. Both Jinja and Django take it as it is: whoever
    printed it has escaped what it was given."""
    return mark_safe(html)  # noqa: S308 (only for what was just printed; nothing outside this package asks for it)


def macro(folder: str, params: dict[str, Any]) -> SafeString:
    """One NHS macro, e.g. `macro("inset-text", {"text": …})`; parameters that are empty are left out."""
    template = jinja().get_template(f"nhsuk/components/{folder}/macro.jinja")
    kept = {key: value for key, value in params.items() if value not in (None, "", [], {})}
    return as_printed(str(getattr(template.module, called(folder))(kept)).strip())


def quick(folder: str, params: dict[str, Any]) -> SafeString:
    """The same for the fields of forms, by our short macros that print what NHS.UK's print.

    What only NHS.UK's can do, something more around or inside the field, or a file, is left to them.
    """
    if "formGroup" in params or "inputWrapper" in params or folder == "file-upload":
        return macro(folder, params)
    drawn = jinja().get_template("components/fields.jinja").module
    return as_printed(str(getattr(drawn, called(folder))(params)))


def called(folder: str) -> str:
    """The macro's name: "date-input" is called dateInput."""
    first, *rest = folder.split("-")
    return first + "".join(part.title() for part in rest)


def field(bound: BoundField, **options: Any) -> SafeString:
    """One field of a form with its label, hint, error and what was typed.

    heading=True makes the label the page's h1; label, hint, size ("s", "m", "l") and classes override the
    field's own; reveals={"other": field(form["other"])} shows a further field under a chosen radio.
    """
    drawn = bound.field
    if not isinstance(drawn, Drawn):
        raise TypeError(f"{bound.name} is a plain Django field; use one of embedded.nhsuk.forms")
    return quick(drawn.macro, drawn.params(bound, options))


def hidden_fields(form: BaseForm) -> SafeString:
    """The hidden inputs of a form: its key, and its version where it edits something."""
    return as_printed("".join(str(bound) for bound in form.hidden_fields()))


def error_summary(*forms: BaseForm) -> SafeString:
    """The box "There is a problem" with a link to each wrong field; empty when nothing is wrong."""
    errors = [line for form in forms if form is not None for line in summary_lines(form)]
    return (
        macro("error-summary", {"titleText": "There is a problem", "errorList": errors})
        if errors
        else as_printed("")
    )


def summary_lines(form: BaseForm) -> list[dict[str, str]]:
    """Text and link of each error of a form, in the order of its fields, what concerns the whole form first."""
    if not form.is_bound or not form.errors:
        return []
    visible = form.visible_fields()
    whole = [
        {"text": str(text), "href": f"#{target(visible[0])}" if visible else ""}
        for text in form.non_field_errors()
    ]
    hidden = [{"text": str(text)} for bound in form.hidden_fields() for text in bound.errors]
    single = [
        {"text": str(bound.errors[0]), "href": f"#{target(bound)}"} for bound in visible if bound.errors
    ]
    return whole + hidden + single


def target(bound: BoundField) -> str:
    """The id that the summary links to: the first wrong box of a date, the first choice of a list."""
    if isinstance(bound.field, DateField):
        return bound.field.first_wrong_id(bound)
    return bound.auto_id


def query_with(request: HttpRequest, **changes: Any) -> str:
    """The address's query with some of it changed, for filters and pages: "?kind=meeting&page=2"."""
    query = request.GET.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value not in (None, ""):
            query[name] = str(value)
    return "?" + urlencode(sorted(query.lists()), doseq=True)
