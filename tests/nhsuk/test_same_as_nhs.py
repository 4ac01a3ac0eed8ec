"""Our quick field macros print what NHS.UK's own print, so that a newer NHS.UK that differs turns this red."""

from __future__ import annotations

from datetime import date
from html.parser import HTMLParser
from typing import Any

import pytest
from django.utils.safestring import mark_safe

from embedded.nhsuk import rendering
from embedded.nhsuk.fields import Drawn
from embedded.nhsuk.forms import (
    CheckboxesField,
    DateField,
    EmailField,
    MoneyField,
    NhsForm,
    NumberField,
    PasswordField,
    RadioField,
    SelectField,
    TextAreaField,
    TextField,
    TickField,
)

KINDS = [("a", "Meeting <people>"), ("b", "Teaching & coaching"), ("", "Neither")]


class Parts(HTMLParser):
    """The tags, their attributes (classes as a set) and the words between them, without the spaces."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[Any] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named: dict[str, Any] = dict(attrs)
        if "class" in named:
            named["class"] = sorted((named["class"] or "").split())
        self.seen.append((tag, sorted(named.items())))

    def handle_endtag(self, tag: str) -> None:
        self.seen.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.seen.append(" ".join(data.split()))


def parts(html: str) -> list[Any]:
    parser = Parts()
    parser.feed(html)
    return parser.seen


class Everything(NhsForm):
    title = TextField("Title <b>", hint="Short & plain", max_length=10, spellcheck=False)
    plain = TextField("Plain", required=False, width=20, autocomplete="name")
    about = TextAreaField("About", hint="In a few words", rows=3)
    counted = TextAreaField("Counted", max_length=20, count=True)
    counted_hint = TextAreaField("Counted", max_length=20, count=True, hint="Not too long")
    start = DateField("Start", hint="For example, 27 3 2026")
    born = DateField("Born", birthday=True, required=False)
    kind = RadioField("Kind", KINDS, hints={"b": "One to one too"}, hint="Choose one")
    yes = RadioField("Yes?", [("y", "Yes"), ("n", "No")], inline=True, small=True)
    readers = CheckboxesField("Readers", KINDS, hints={"a": "All of them"})
    small = CheckboxesField("Small", KINDS, small=True, hint="Any")
    host = SelectField("Host", [("1", "Guy's"), ("2", "St Thomas'")], hint="Where")
    email = EmailField()
    hours = NumberField("Hours", at_most=24, suffix="hours", hint="Whole hours")
    cost = MoneyField("Cost")
    agreed = TickField("I agree")
    told = TickField("I have told them", hint="By letter")
    password = PasswordField()
    new_password = PasswordField("New", autocomplete="new-password", hint="Long")


FORMS = {
    "new": lambda: Everything(),
    "filled": lambda: Everything(
        initial={
            "title": 'A "title"',
            "about": "Two\nlines <i>",
            "counted": "x",
            "start": date(2026, 5, 3),
            "kind": "b",
            "readers": ["a", "b"],
            "host": "2",
            "hours": 0,
            "agreed": True,
        }
    ),
    "empty": lambda: Everything({}),
    "wrong": lambda: Everything(
        {
            "title": "x" * 11,
            "start_day": "31",
            "start_month": "2",
            "start_year": "26",
            "hours": "x",
            "kind": "a",
        }
    ),
}
OPTIONS: dict[str, dict[str, Any]] = {
    "as it is": {},
    "heading": {"heading": True},
    "large": {"size": "m", "classes": "app-wide", "attributes": {"data-x": "1"}},
}


def both(name: str, form: NhsForm, options: dict[str, Any]) -> tuple[str, str]:
    field = form.fields[name]
    assert isinstance(field, Drawn)
    params = field.params(form[name], options)
    return str(rendering.field(form[name], **options)), str(rendering.macro(field.macro, params))


@pytest.mark.parametrize("name", [name for name in Everything.base_fields if name != "form_key"])
@pytest.mark.parametrize("state", FORMS)
@pytest.mark.parametrize("option", OPTIONS)
def test_field_is_the_same(name: str, state: str, option: str) -> None:
    ours, theirs = both(name, FORMS[state](), OPTIONS[option])
    assert parts(ours) == parts(theirs)


@pytest.mark.parametrize("chosen", ["a", "b"])
@pytest.mark.parametrize("name", ["kind", "readers"])
def test_revealed_field_is_the_same(name: str, chosen: str) -> None:
    form = Everything(initial={name: chosen})
    ours, theirs = both(name, form, {"reveals": {"b": mark_safe("<p>More</p>")}})
    assert parts(ours) == parts(theirs)


def test_disabled_fields_are_the_same() -> None:
    form = Everything()
    for name in ("title", "about", "kind", "readers", "host", "start"):
        form.fields[name].disabled = True
        ours, theirs = both(name, form, {})
        assert parts(ours) == parts(theirs)
        assert "disabled" in ours


def test_lines_typed_come_back_as_they_were() -> None:
    text = "  first\n\n    second <b>\n"
    html = str(rendering.field(Everything(initial={"about": text})["about"]))
    assert "  first\n\n    second &lt;b&gt;\n</textarea>" in html
