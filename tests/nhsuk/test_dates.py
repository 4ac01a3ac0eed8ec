"""A date in three boxes: the message names the part, the summary leads to it, the boxes keep what was typed."""

from __future__ import annotations

from datetime import date

import pytest

from embedded.nhsuk import rendering
from embedded.nhsuk.dates import typed
from embedded.nhsuk.forms import DateField, NhsForm


class Start(NhsForm):
    start = DateField(
        "Start date",
        called="the start date",
        earliest=date(2026, 3, 3),
        latest=lambda: date(2027, 3, 3),
    )


def sent(day: str, month: str, year: str) -> Start:
    return Start({"start_day": day, "start_month": month, "start_year": year})


@pytest.mark.parametrize(
    ("boxes", "message", "first"),
    [
        (("", "", ""), "Enter the start date", "day"),
        (("", "5", "2026"), "Start date must include a day", "day"),
        (("3", "", "2026"), "Start date must include a month", "month"),
        (("3", "5", ""), "Start date must include a year", "year"),
        (("3", "", ""), "Start date must include a month and year", "month"),
        (("31", "2", "2026"), "Start date must be a real date", "day"),
        (("29", "2", "2026"), "Start date must be a real date", "day"),
        (("3", "13", "2026"), "Start date must be a real date", "month"),
        (("3", "Brumaire", "2026"), "Start date must be a real date", "month"),
        (("x", "5", "2026"), "Start date must be a real date", "day"),
        (("3", "5", "26"), "Start date must have a year with 4 numbers", "year"),
        (("3", "5", "year"), "Start date must be a real date", "year"),
        (("3", "5", "0000"), "Start date must be a real date", "year"),
        (("²", "5", "2026"), "Start date must be a real date", "day"),
        (("2", "3", "2026"), "Start date must be the same as or after 3 March 2026", "day"),
        (("4", "3", "2027"), "Start date must be the same as or before 3 March 2027", "day"),
    ],
)
def test_wrong_date_is_explained_kept_and_linked(
    boxes: tuple[str, str, str], message: str, first: str
) -> None:
    form = sent(*boxes)
    assert form.errors["start"] == [message]
    page = str(rendering.field(form["start"]))
    for text in filter(None, boxes):
        assert f'value="{text}"' in page
    summary = str(rendering.error_summary(form))
    assert f'href="#id_start_{first}"' in summary
    assert f'id="id_start_{first}"' in page


@pytest.mark.parametrize(
    ("boxes", "expected"),
    [
        (("3", "3", "2026"), date(2026, 3, 3)),
        (("03", "03", "2027"), date(2027, 3, 3)),
        (("1", "May", "2026"), date(2026, 5, 1)),
        ((" 1 ", "sept.", "2026"), date(2026, 9, 1)),
    ],
)
def test_good_dates_are_taken(boxes: tuple[str, str, str], expected: date) -> None:
    form = sent(*boxes)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["start"] == expected


def test_date_may_come_as_one_value() -> None:
    form = Start({"start": "2026-05-03"})
    assert form.is_valid()
    assert form.cleaned_data["start"] == date(2026, 5, 3)


def test_initial_date_fills_the_boxes() -> None:
    page = str(rendering.field(Start(initial={"start": date(2026, 5, 3)})["start"]))
    assert ['value="3"' in page, 'value="5"' in page, 'value="2026"' in page] == [True] * 3


def test_only_the_wrong_box_is_marked() -> None:
    page = str(rendering.field(sent("3", "", "2026")["start"]))
    assert page.count("nhsuk-input--error") == 1


def test_rule_of_the_form_marks_all_boxes() -> None:
    form = sent("3", "5", "2026")
    form.is_valid()
    form.add_error("start", "Start date must be after the end of the last one")
    page = str(rendering.field(form["start"]))
    assert page.count("nhsuk-input--error") == 3
    assert 'href="#id_start_day"' in str(rendering.error_summary(form))


def test_optional_date_left_empty_is_none() -> None:
    class Maybe(NhsForm):
        end = DateField("End date", required=False)

    form = Maybe({"end_day": "", "end_month": "", "end_year": ""})
    assert form.is_valid()
    assert form.cleaned_data["end"] is None


def test_percent_sign_in_a_name_is_only_text() -> None:
    class Odd(NhsForm):
        end = DateField("End", called="the day of 50% funding")

    assert Odd({"end_day": "1"}).errors["end"] == ["Day of 50% funding must include a month and year"]


def test_typed_reads_every_shape() -> None:
    assert typed(None) == ("", "", "")
    assert typed("2026-05-03") == ("3", "5", "2026")
    assert typed("nonsense") == ("", "", "")


@pytest.mark.parametrize("part", ["day", "month", "year"])
def test_more_figures_than_python_reads_are_no_date(part: str) -> None:
    boxes = {"day": "3", "month": "5", "year": "2026"} | {part: "9" * 5_000}
    assert "start" in sent(**boxes).errors
