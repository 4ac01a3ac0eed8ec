"""A form keeps its key from showing to sending, and knows the version that it edits."""

from __future__ import annotations

import re
from uuid import UUID

from django.http import QueryDict

from embedded.nhsuk import rendering
from embedded.nhsuk.forms import NhsForm, TextField


class Named(NhsForm):
    name = TextField("Name", called="the name")


def key_in(form: NhsForm) -> str:
    found = re.search(r'name="form_key" value="([^"]+)"', str(rendering.hidden_fields(form)))
    assert found
    return found[1]


def test_each_showing_has_a_key_of_its_own() -> None:
    assert UUID(key_in(Named())) != UUID(key_in(Named()))


def test_key_is_kept_when_sent_and_shown_again() -> None:
    key = key_in(Named())
    form = Named({"form_key": key})
    assert not form.is_valid()
    assert key_in(form) == key
    assert form.cleaned_data["form_key"] == UUID(key)


def test_spoilt_or_missing_key_is_replaced_not_refused() -> None:
    for data in ({"name": "x"}, {"name": "x", "form_key": "spoilt"}):
        form = Named(data)
        assert form.is_valid()
        assert isinstance(form.cleaned_data["form_key"], UUID)


def test_version_is_shown_and_given_back() -> None:
    assert 'name="version" value="3"' in str(rendering.hidden_fields(Named(version=3)))
    form = Named({"name": "x", "version": "2"}, version=3)
    assert form.is_valid()
    assert form.cleaned_data["version"] == 2
    spoilt = Named({"name": "x", "version": "x"}, version=3)
    assert spoilt.is_valid()
    assert spoilt.cleaned_data["version"] == 0


def test_summary_is_empty_until_something_is_wrong() -> None:
    assert str(rendering.error_summary(Named())) == ""
    assert str(rendering.error_summary(Named({"name": "x"}))) == ""


def test_summary_links_each_field_and_the_whole_form() -> None:
    form = Named({})
    form.add_error(None, "This name and that date do not go together")
    summary = str(rendering.error_summary(form))
    assert "There is a problem" in summary
    assert summary.count('href="#id_name"') == 2
    assert summary.index("do not go together") < summary.index("Enter the name")


def test_summary_of_two_forms_is_one_box() -> None:
    summary = str(rendering.error_summary(Named({}), Named({}, prefix="b")))
    assert summary.count("There is a problem") == 1
    assert 'href="#id_b-name"' in summary


def test_control_signs_are_dropped_and_new_lines_stay_one_line() -> None:
    form = Named(QueryDict("name=Sam%0D%0ABcc:%20x%00%1B%7F"))
    assert form.is_valid()
    assert form.cleaned_data["name"] == "Sam Bcc: x"
    assert "\x1b" not in str(form["name"].value())


def test_a_version_too_long_to_read_counts_as_older_than_anything() -> None:
    form = Named({"name": "x", "version": "9" * 5_000}, version=3)
    assert form.is_valid() and form.cleaned_data["version"] == 0
