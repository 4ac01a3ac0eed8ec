"""Writes letters from templates: the text is the letter, and its HTML is made from the text."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from django.conf import settings
from django.template import engines
from jinja2 import Environment

from embedded.post import outbox
from embedded.post.models import Letter


def write(to: str, subject: str, template: str, context: dict[str, Any], key: str) -> Letter:
    """Writes `templates/emails/<template>.txt.jinja` to one address; once for a key, however often it is asked.

    An empty line parts paragraphs; a paragraph whose first line starts with "- " is a list. Addresses must be
    whole (`{{ base_url }}{{ url("…") }}`). The template is plain text: nothing in it is escaped. ValueError
    for a letter to nobody.
    """
    if not to.strip():
        raise ValueError("A letter needs an address.")
    text = _plain().get_template(f"emails/{template}.txt.jinja").render(_frame() | context).strip() + "\n"
    text = re.sub(r"\n{3,}", "\n\n", text)
    return outbox.post(to=to.strip(), subject=subject, text=text, html=as_html(subject, text), key=key)


def as_html(subject: str, text: str) -> str:
    """The same words as a simple page, for mail readers that prefer one."""
    paragraphs = [part.splitlines() for part in text.strip().split("\n\n")]
    page = engines["jinja2"].env.get_template("emails/letter.html.jinja")
    return page.render(_frame() | {"subject": subject, "paragraphs": paragraphs})


def _frame() -> dict[str, str]:
    return {
        "base_url": settings.BASE_URL,
        "service_name": settings.SERVICE_NAME,
        "contact_email": settings.CONTACT_EMAIL,
    }


@cache
def _plain() -> Environment:
    """The pages' environment without escaping: in plain text O'Brien is O'Brien."""
    return engines["jinja2"].env.overlay(autoescape=False)
