"""Our short macros: the NHS classes, everything escaped, nothing that a page must not print."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.paginator import Paginator
from markupsafe import Markup

from embedded.nhsuk.rendering import jinja

EVIL = '<img src=x onerror="alert(1)">'


@pytest.fixture
def page() -> Any:
    return jinja().get_template("components/page.jinja").module


def test_table_has_caption_headers_and_numbers_on_the_right(page: Any) -> None:
    html = page.table("Hours by kind", ["Kind", "Hours"], [["Meeting", "40 h"]], numeric=[1])
    assert re.search(r"<caption[^>]*>Hours by kind</caption>", html)
    assert re.search(r'<th scope="row"[^>]*>.*Meeting\s*</th>', html)
    assert re.search(r'<td class="nhsuk-table__cell nhsuk-table__cell--numeric"[^>]*>.*40 h\s*</td>', html)
    assert html.count('role="cell"') == 1


def test_wide_table_scrolls_in_a_frame_that_takes_the_focus(page: Any) -> None:
    html = page.table("Months", ["Kind", "May"], [["Meeting", 1]], responsive=False)
    assert 'role="region" aria-label="Table: Months" tabindex="0"' in html
    assert 'role="table"' not in html


def test_summary_list_says_what_a_link_changes(page: Any) -> None:
    html = page.summary_list(
        [("Title", "Falls", "/t/"), ("Host", "St Mary", "/h/", "Choose", "the host"), ("End", "")]
    )
    assert re.search(r'href="/t/">Change<span class="nhsuk-u-visually-hidden"> title</span>', html)
    assert re.search(r'href="/h/">Choose<span class="nhsuk-u-visually-hidden"> the host</span>', html)
    assert html.count("nhsuk-summary-list__row--no-actions") == 1


def test_summary_list_without_links_uses_the_whole_width(page: Any) -> None:
    assert "no-actions" not in page.summary_list([("Title", "Falls")])


def test_text_is_escaped_and_markup_is_not(page: Any) -> None:
    drawn = [
        page.table(EVIL, [EVIL], [[EVIL]]),
        page.table(EVIL, [EVIL], [[EVIL]], responsive=False),
        page.summary_list([(EVIL, EVIL, "/", EVIL, EVIL)]),
        page.tag(EVIL),
        page.button(EVIL, hidden=EVIL),
        page.inset(EVIL),
        page.details(EVIL, EVIL),
        page.card(EVIL, EVIL, "/"),
        page.panel(EVIL, EVIL),
        page.warning(EVIL, EVIL),
        page.figure(EVIL, EVIL, EVIL),
        page.number_card(EVIL, EVIL, "/", EVIL),
        page.task_list([(EVIL, "/", EVIL, "blue", EVIL)]),
        page.copy_link(EVIL, EVIL, "a"),
        page.page_heading(EVIL, EVIL),
        page.breadcrumb([(EVIL, "/")]),
    ]
    for html in drawn:
        assert "<img" not in html
    assert "<b>yes</b>" in page.inset(Markup("<b>yes</b>"))


def test_button_is_a_button_or_a_link(page: Any) -> None:
    assert page.button("Save").startswith('<button class="nhsuk-button" type="submit"')
    assert 'data-prevent-double-click="true"' in page.button("Save")
    assert page.button("Go", href="/x/", kind="secondary").startswith(
        '<a class="nhsuk-button nhsuk-button--secondary" href="/x/" role="button"'
    )
    assert 'name="then" value="another"' in page.button("Save", name="then", value="another")


def test_pages_are_numbered_around_the_present_one(page: Any) -> None:
    html = page.pagination(Paginator(range(500), 10).page(7), "?kind=meeting&")
    assert 'href="?kind=meeting&amp;page=6" aria-label="Page 6"' in html
    assert 'aria-label="Page 7" aria-current="page"' in html
    assert re.findall(r'aria-label="Page (\d+)"', html) == ["1", "6", "7", "8", "50"]
    assert page.pagination(Paginator(range(5), 10).page(1)).strip() == ""


def test_task_that_cannot_start_has_no_link(page: Any) -> None:
    html = page.task_list([("Agreement", "", "Cannot start yet", "grey", "First name the host")])
    assert "<a " not in html
    assert "nhsuk-tag--grey" in html
