"""Writes letters from templates: the text is the letter, and its HTML is made from the text."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, cast

from django.conf import settings
from django.template import engines
from django.template.backends.jinja2 import Jinja2
from django.utils.html import format_html, format_html_join
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
    words = _plain().get_template(f"emails/{template}.txt.jinja").render(_frame() | context)
    text = re.sub(r"\n{3,}", "\n\n", words.strip())
    html = as_html(subject, text)
    return outbox.post(to=to.strip(), subject=subject, text=f"{text}\n\n{_foot()}\n", html=html, key=key)


def as_html(subject: str, text: str) -> str:
    """The same words as a simple page, for mail readers that prefer one."""
    paragraphs = [part.splitlines() for part in text.strip().split("\n\n")]
    page = _pages().get_template("emails/letter.html.jinja")
    return page.render(_frame() | {"subject": subject, "paragraphs": paragraphs, "linked": linked})


def linked(line: str) -> str:
    """The line as HTML, with links where it names pages of ours. What somebody typed becomes none: a title that
    looks like an address must not lead readers of our letters elsewhere."""
    own = re.compile(rf"({re.escape(settings.BASE_URL)}/[^\s<>\"]*[^\s<>\".,;:!?)])")
    pieces = [*own.split(line), ""]
    link = '{}<a href="{}">{}</a>'
    pairs = zip(pieces[::2], pieces[1::2], strict=True)
    return format_html_join("", "{}", ([format_html(link, a, b, b) if b else a] for a, b in pairs))


def _foot() -> str:
    return f"{settings.SERVICE_NAME}\nQuestions? Write to {settings.CONTACT_EMAIL}."


def _frame() -> dict[str, str]:
    return {
        "base_url": settings.BASE_URL,
        "service_name": settings.SERVICE_NAME,
        "contact_email": settings.CONTACT_EMAIL,
    }


def _pages() -> Environment:
    return cast(Jinja2, engines["jinja2"]).env


@cache
def _plain() -> Environment:
    """The pages' environment without escaping: in plain text O'Brien is O'Brien."""
    return _pages().overlay(autoescape=False)
