"""Tags for allauth's templates: the whole page, the fields of a form, one button, and the case of a heading."""

from __future__ import annotations

import json
import re
from typing import Any

from django import template
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.forms import BaseForm
from django.template.context import Context
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.safestring import SafeString

from embedded.nhsuk.plain_fields import plain_field
from embedded.nhsuk.rendering import as_printed, hidden_fields, macro

register = template.Library()
KINDS = {"danger": "warning", "outline": "secondary", "secondary": "secondary", "link": "secondary"}
TITLE_WORD = re.compile(r"(?<=[ \-])(?!I\b)[A-Z](?=[a-z])|(?<= )A(?= )")


@register.simple_tag(takes_context=True)
def nhs_page(context: Context, title: str, content: str, back: str = "", after: str = "") -> SafeString:
    """The page of our own layout around what an allauth template says."""
    flat: dict[Any, Any] = context.flatten()
    forms = {id(value): value for value in flat.values() if isinstance(value, BaseForm)}
    page = render_to_string(
        "layouts/account.jinja",
        {
            "title": sentence_case(" ".join(strip_tags(title).split())),
            "body": as_printed(content),
            "after": as_printed(after),
            "back_url": back.strip(),
            "forms": list(forms.values()),
            "has_errors": any(form.is_bound and form.errors for form in forms.values()),
        },
        request=context["request"],
    )
    return as_printed(page)


@register.simple_tag
def nhs_fields(form: BaseForm | None) -> SafeString:
    """Every field of a form, the hidden ones first."""
    if not form:
        return as_printed("")
    drawn = [hidden_fields(form), *(plain_field(bound) for bound in form.visible_fields())]
    return as_printed("\n".join(drawn))


@register.simple_tag
def nhs_button(html: str, attrs: dict[str, Any]) -> SafeString:
    """A button or a link that looks like one; allauth's tags choose its kind."""
    tags = attrs.get("tags") or []
    linked = {"form": attrs["form"]} if attrs.get("form") else {}
    return macro(
        "button",
        {
            "html": sentence_case(html.strip()),
            "href": attrs.get("href"),
            "id": attrs.get("id"),
            "name": attrs.get("name"),
            "value": attrs.get("value"),
            "type": attrs.get("type") or ("" if attrs.get("href") else "submit"),
            "variant": next((KINDS[tag] for tag in tags if tag in KINDS), None),
            "preventDoubleClick": None if attrs.get("href") else True,
            "attributes": linked,
        },
    )


@register.simple_tag
def nhs_demonstration() -> str:
    """Where one chooses whom to be; empty outside of the demonstration."""
    return reverse("demo_people") if settings.DEMONSTRATION else ""


@register.filter
def as_json(value: Any) -> str:
    """For an attribute that a script of ours reads; it is escaped there like any text."""
    return json.dumps(value, cls=DjangoJSONEncoder)


@register.filter(is_safe=True)
def sentence_case(text: str) -> str:
    """ "Confirm Email Address" as we write it: "Confirm email address"; abbreviations stay."""
    return TITLE_WORD.sub(lambda found: found[0].lower(), str(text).strip())
