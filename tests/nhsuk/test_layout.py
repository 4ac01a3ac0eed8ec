"""The frame of every page: title, language, one way past the head, help in the same place, files that exist."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.messages.storage.base import Message
from django.contrib.staticfiles import finders

from embedded.env import ROOT
from embedded.nhsuk.forms import NhsForm, TextField
from embedded.nhsuk.rendering import jinja

STATIC = re.compile(r"""static\(["']([^"']+)["']\)""")


class Named(NhsForm):
    name = TextField("Name", called="the name")


def drawn(body: str = "<h1>One</h1>", **context: Any) -> str:
    source = (
        '{% extends "layouts/page.jinja" %}{% block title %}One{% endblock %}'
        "{% block content %}" + body + "{% endblock %}"
    )
    return jinja().from_string(source).render({"CSP_NONCE": "n0nce"} | context)


def test_frame_of_a_page() -> None:
    page = drawn()
    assert "<title>One – Embedded</title>" in page
    assert '<html lang="en-GB"' in page
    assert 'href="#maincontent"' in page
    assert [page.index(text) for text in (">Guidance<", ">What we hold<", ">Accessibility<", ">Contact<")]
    assert "nhs.uk/" not in page
    assert "NHS England" not in page
    assert page.count('nonce="n0nce"') == len(re.findall(r"<script", page))


def test_title_says_error_when_the_form_is_wrong() -> None:
    assert "<title>Error: One – Embedded</title>" in drawn(form=Named({}))
    assert "<title>One – Embedded</title>" in drawn(form=Named())
    assert "<title>One – Embedded</title>" in drawn(form=Named({"name": "x"}))


def test_banner_and_error_summary_are_never_together() -> None:
    said = [Message(25, "Saved")]
    assert "nhsuk-notification-banner--success" in drawn(messages=said)
    assert "nhsuk-notification-banner" not in drawn(messages=said, form=Named({}))


def test_navigation_marks_where_one_is() -> None:
    page = drawn(navigation=[("Log", "/l/", False), ("Dashboard", "/d/", True)])
    assert re.search(r'href="/d/" aria-current="true"', page)
    assert page.count("aria-current") == 1


def test_question_with_one_field_has_it_as_heading() -> None:
    source = '{% extends "layouts/question.jinja" %}{% block title %}Name{% endblock %}'
    page = jinja().from_string(source).render(form=Named(), csrf_input="<token>", back_url="/back/")
    assert page.count("<h1") == 1
    assert re.search(r"<h1[^>]*>\s*<label", page)
    assert 'name="form_key"' in page
    assert 'href="/back/"' in page
    assert re.search(r"<button[^>]*>Continue</button>", page)


def templates() -> list[Path]:
    return sorted((ROOT / "templates").rglob("*.jinja"))


@pytest.mark.parametrize("path", templates(), ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_template_names_only_files_that_exist_and_no_style_or_handler(path: Path) -> None:
    text = path.read_text()
    for name in STATIC.findall(text):
        assert finders.find(name) or name.startswith("built/"), name
    if "paper" not in path.parts and "emails" not in path.parts:
        assert not re.search(r"\sstyle=", text)
        assert not re.search(r"\son(click|change|submit|load|input|key\w+)=", text)
