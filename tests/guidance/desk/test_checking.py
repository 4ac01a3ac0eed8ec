"""What is found before an edition is published: each problem with its line and its cure, and what was typed stays."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest
from django.test import Client

from guidance.desk.checking import Setting, problems
from guidance.desk.words import Words
from guidance.models import Edition
from tests.guidance.desk.desk import DESK, page, press, write
from tests.guidance.shelf import BODY

NOTES = {"S3": {"text": "A paper, 2023.", "url": ""}}
ANCHORS = {"other": frozenset({"money"})}
SETTING = Setting(
    slug="a-guide",
    is_sheet=False,
    needs_five=True,
    needs_email=True,
    is_spreadsheet=True,
    anchors=ANCHORS.get,
    terms=frozenset({"orcid"}),
)
SAFE = "See [this](guide:other), [that](guide:other#money), "
SAFE += "[it](term:orcid), [here](#begin), [web](https://a.example/b), "
SAFE += "[post](mailto:a@b.example), <https://a.example>. {check locally}"


def words(body: str = BODY, changelog: str = "First.", **notes: dict[str, str]) -> Words:
    return Words("A guide", "What to do.", body, NOTES | notes, changelog, datetime.date(2027, 1, 1))


def found(body: str) -> list[str]:
    return [str(one) for one in problems(words(body), SETTING)]


def with_line(line: str) -> str:
    """Put in as line 11 of the text."""
    return BODY.replace("A sentence. [S3] {fact}", f"A sentence. [S3] {{fact}}\n{line}")


def test_text_in_order_has_no_problem() -> None:
    assert found(BODY) == []
    assert found(with_line(SAFE)) == []


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("# A title", "Begin the heading with ## or ###"),
        ("#### Deep", "Begin the heading with ## or ###"),
        ("<script>alert(1)</script>", "Take off the HTML"),
        ("<!-- hidden -->", "Take off the HTML"),
        ("<img src=x onerror=alert(1)>", "Take off the HTML"),
        ("So it is. {facts}", "Write {fact}, {advice} or {check locally} instead of {facts}"),
        ("![](https://a.example/x.png)", "Take off the picture"),
        ("![What it shows](https://a.example/x.png)", "Take off the picture"),
        ("[x](javascript:alert(1))", "Begin the link to javascript:alert(1 with https://"),
        ("[x](file:///etc/passwd)", "Begin the link to file:///etc/passwd with https://"),
        ("[x](//10.0.0.1)", "with https://"),
        ("[x](../other)", "with https://"),
        ("[x](https://me:secret@a.example)", "leave out names and passwords"),
        ("[x](mailto:nobody)", "Write the whole e-mail address"),
        (
            "[x](/guidance/other/?version=1.0.0)",
            "Write (guide:other) instead of (/guidance/other/?version=1.0.0)",
        ),
        ("[x](/guidance/)", "Write (guide:slug) instead of (/guidance/)"),
        ("[x](guide:nowhere)", "the library has none called nowhere"),
        ("[x](guide:other#nowhere)", "no heading there is called nowhere"),
        ("[x](term:nothing)", "the glossary has no such entry"),
        ("[x](#nowhere)", "no heading here is called that"),
        ("Odd. [NOT-THERE]", "Add NOT-THERE to the sources"),
        (":::", "no box is open here"),
    ],
)
def test_problem_of_a_line_names_line_and_cure(line: str, told: str) -> None:
    said = found(with_line(line))
    assert any(one.startswith("Line 12: ") and told in one for one in said), said


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (BODY.replace("::: five", "Before.\n\n::: five"), "Begin with the box ::: five"),
        (BODY.replace("::: email", "::: note"), "End with the box ::: email"),
        (BODY + "\nAnd more after it.\n", "End with the box ::: email"),
        (BODY.replace("Dear [name], hello.\n:::", "Dear [name], hello."), "Close the box “email”"),
        (BODY.replace("## Begin", "::: tip\nx\n:::\n\n## Begin"), "instead of “tip”"),
        (BODY.replace("## Begin", "::: try\nx\n::: ask\ny\n:::\n\n## Begin"), "Close the box “try”"),
        (BODY.replace("## Begin", "::: figure nothing\nA drawing.\n:::\n\n## Begin"), "instead of “nothing”"),
        (BODY.replace("## Begin", "::: figure ten-themes\n\n:::\n\n## Begin"), "what it shows"),
        (BODY.replace("A sentence.", "word " * 8_001), "Shorten the text to 8,000 words"),
        (BODY.replace("[S3]", ""), "Cite [S3] in the text"),
    ],
)
def test_problem_of_the_whole(body: str, told: str) -> None:
    said = found(body)
    assert any(told in one for one in said), said


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("{= sum Z}", "“sum Z”: there is nothing above it"),
        ("{= total Nowhere}", "“total Nowhere”: no table above"),
        ("about {= A}", "a formula stands alone in its cell"),
    ],
)
def test_formula_of_a_spreadsheet_is_named_by_line_and_cure(cell: str, told: str) -> None:
    body = with_line(f"\n| A | B |\n|---|---|\n| 1 | {{= A}} |\n| 2 | {cell} |\n")
    said = found(body)
    line = body.splitlines().index(f"| 2 | {cell} |") + 1
    assert any(one.startswith(f"Line {line}: Write the formula so that") and told in one for one in said), (
        said
    )
    written = [str(one) for one in problems(words(body), replace(SETTING, is_spreadsheet=False))]
    assert not any("formula" in one for one in written)


def test_what_changed_and_sources_are_asked_for() -> None:
    said = [str(one) for one in problems(words(changelog=" "), SETTING)]
    assert said == ["Enter what changed for somebody who has read the edition before"]
    wrong = words(small={"text": "x", "url": ""}, B={"text": "", "url": "ftp://x"})
    told = " ".join(str(one) for one in problems(wrong, SETTING))
    assert "Write the source key “small” in capitals" in told
    assert "Enter the text of the source B" in told
    assert "Begin the address of the source B with https://" in told


def test_hostile_text_is_looked_through_quickly() -> None:
    """Each would take for ever if the look went back over what it has read."""
    for body in (
        "[" * 100_000,
        "[a](" * 25_000,
        "<" * 100_000,
        "![" * 50_000,
        "{a" * 50_000,
        "::: try\n" * 10_000,
    ):
        assert problems(words(body), SETTING)


@pytest.mark.django_db
def test_problems_stand_on_the_page_and_what_was_typed_stays(guide: Edition, hers: Client) -> None:
    write(hers, body=with_line("[x](javascript:alert(1))"), changelog="A link.")
    text = page(hers, f"{DESK}publish/")
    assert "Put this right first" in text
    assert "Line 12: Begin the link to javascript:alert(1 with https://" in text
    assert 'name="kind"' not in text
    assert "(the line “[x](javascript:alert(1))”)" in text
    assert "[x](javascript:alert(1))" in page(hers, f"{DESK}edit/")
    assert "Put this right first" not in page(hers, f"{DESK}edit/")
    assert "Line 12: Begin the link to" in page(hers, f"{DESK}edit/?check=yes")


def test_edition_in_which_nothing_is_changed_is_refused(guide: Edition, hers: Client) -> None:
    write(hers, changelog="Nothing, in truth.")
    assert "Change something first: every word is as it was" in page(hers, f"{DESK}publish/")
    press(hers, f"{DESK}publish/", kind="correction")
    assert Edition.objects.count() == 1


def test_new_review_date_is_a_change(guide: Edition, hers: Client) -> None:
    write(hers, changelog="Looked through, nothing to change.", next_review_day="2")
    assert "Put this right first" not in page(hers, f"{DESK}publish/")
