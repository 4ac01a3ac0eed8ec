"""Each field says how to put a wrong answer right, and shows again what was typed."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest
from django.http import QueryDict

from embedded.nhsuk import rendering
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

KINDS = [("meeting", "Meeting people"), ("teaching", "Teaching")]


class Everything(NhsForm):
    title = TextField("Title", called="the title", max_length=10)
    about = TextAreaField("About it", max_length=20, count=True)
    start = DateField("Start date", called="the date the residency starts")
    kind = RadioField("Kind", KINDS, called="the kind of activity", hints={"teaching": "Coaching too"})
    readers = CheckboxesField("Who reads it", [("a", "A"), ("b", "B")], called="who reads it")
    host = SelectField("Host", [("RJ1", "Guy's")], called="a host")
    email = EmailField()
    hours = NumberField("Hours", at_least=1, at_most=24, suffix="hours")
    cost = MoneyField("Cost", at_most=Decimal(1000))
    agreed = TickField("I have read it", missing="Confirm that you have read it")
    password = PasswordField()


GOOD = {
    "title": "Falls",
    "about": "Less falls",
    "start_day": "3",
    "start_month": "5",
    "start_year": "2026",
    "kind": "meeting",
    "readers": ["a", "b"],
    "host": "RJ1",
    "email": "ada@hosp.example",
    "hours": "7",
    "cost": "250.50",
    "agreed": "on",
    "password": "x",
}


def sent(**changes: object) -> Everything:
    data = QueryDict(mutable=True)
    for name, value in (GOOD | changes).items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return Everything(data)


def drawn(form: Everything, name: str) -> str:
    return str(rendering.field(form[name]))


def test_good_answers_become_values() -> None:
    form = sent()
    assert form.is_valid(), form.errors
    values = form.cleaned_data
    assert values["start"] == date(2026, 5, 3)
    assert (values["hours"], values["cost"]) == (7, Decimal("250.50"))
    assert (values["kind"], values["readers"], values["agreed"]) == ("meeting", ["a", "b"], True)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("title", "Enter the title"),
        ("about", "Enter about it"),
        ("start", "Enter the date the residency starts"),
        ("kind", "Select the kind of activity"),
        ("readers", "Select who reads it"),
        ("host", "Select a host"),
        ("email", "Enter an email address"),
        ("hours", "Enter hours"),
        ("cost", "Enter cost"),
        ("agreed", "Confirm that you have read it"),
        ("password", "Enter your password"),
    ],
)
def test_nothing_given_is_asked_for(name: str, message: str) -> None:
    form = Everything({})
    assert form.errors[name] == [message]
    page = drawn(form, name)
    assert f"</span>{message}" in page
    assert "nhsuk-form-group--error" in page


@pytest.mark.parametrize(
    ("name", "typed", "message"),
    [
        ("title", "x" * 11, "Title must be 10 characters or fewer"),
        ("about", "x" * 21, "About it must be 20 characters or fewer"),
        ("kind", "nonsense", "Select the kind of activity"),
        ("readers", ["a", "nonsense"], "Select who reads it"),
        ("host", "nonsense", "Select a host"),
        ("email", "ada", "Enter an email address in the correct format, like name@example.com"),
        ("hours", "many", "Hours must be a number"),
        ("hours", "1.5", "Hours must be a whole number"),
        ("hours", "0", "Hours must be 1 or more"),
        ("hours", "25", "Hours must be 24 or fewer"),
        ("hours", "NaN", "Hours must be a number"),
        ("hours", "9" * 40, "Hours must be a number"),
        ("cost", "a lot", "Cost must be an amount of money, like 250 or 250.50"),
        ("cost", "1.234", "Cost must not include fractions of a penny"),
        ("cost", "-1", "Cost must be £0 or more"),
        ("cost", "1000.01", "Cost must be £1,000 or less"),
    ],
)
def test_wrong_answer_is_explained_and_kept(name: str, typed: object, message: str) -> None:
    form = sent(**{name: typed})
    assert form.errors[name] == [message]
    if isinstance(typed, str) and typed != "nonsense":
        assert typed in drawn(form, name)


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("title", "x" * 10),
        ("about", "ab\r\n" * 6 + "ab"),
        ("hours", "1"),
        ("hours", "24"),
        ("cost", "£1,000"),
    ],
)
def test_answers_at_the_boundary_are_taken(name: str, typed: str) -> None:
    assert name not in sent(**{name: typed}).errors


def test_password_is_never_sent_back() -> None:
    form = sent(password="secret words", title="")
    assert "secret words" not in drawn(form, "password")


def test_null_characters_are_dropped() -> None:
    form = sent(title="Fa\x00lls")
    assert form.is_valid()
    assert form.cleaned_data["title"] == "Falls"


def test_typed_markup_is_shown_as_text() -> None:
    form = sent(title="<script>")
    page = drawn(form, "title") + str(rendering.error_summary(form))
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_optional_field_says_so() -> None:
    class Optional(NhsForm):
        notes = TextAreaField("Notes", required=False)

    page = str(rendering.field(Optional()["notes"]))
    assert "Notes (optional)" in page


def test_choices_have_the_fields_id_first_and_hints() -> None:
    page = drawn(sent(kind="teaching"), "kind")
    assert re.search(r'id="id_kind"[^>]*value="meeting"', page)
    assert re.search(r'id="id_kind-2"[^>]*value="teaching"[^>]*checked', page)
    assert "Coaching too" in page


def test_label_can_be_the_heading_of_the_page() -> None:
    page = str(rendering.field(Everything()["title"], heading=True))
    assert re.search(r"<h1[^>]*>\s*<label", page)


def test_radio_can_reveal_a_further_field() -> None:
    form = Everything()
    page = str(rendering.field(form["kind"], reveals={"teaching": rendering.field(form["title"])}))
    assert 'name="title"' in page
    assert "nhsuk-radios__conditional" in page


def test_plain_django_fields_are_refused() -> None:
    from django import forms

    class Plain(forms.Form):
        name = forms.CharField()

    with pytest.raises(TypeError, match="plain Django field"):
        rendering.field(Plain()["name"])


@pytest.mark.parametrize("typed", ["1E+999999999", "-1e999999999", "9" * 5_000, "1e12", "sNaN", "-Infinity"])
def test_a_number_too_large_to_count_with_is_refused(typed: str) -> None:
    assert "must be a number" in str(sent(hours=typed).errors["hours"])


def test_a_number_too_small_to_count_with_is_refused() -> None:
    assert "hours" in sent(hours="1e-999999999").errors
