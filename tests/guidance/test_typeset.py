"""What the author's marks become, on the screen and on paper."""

from __future__ import annotations

from guidance.medium import PAPER, WEB, Medium
from guidance.typeset import Typeset, typeset

NOTES = {"S3": {"text": "A paper", "url": ""}, "WYE": {"text": "A team", "url": "https://a.example/wye"}}


def shown(body: str, medium: Medium = PAPER, numbered: bool = True) -> Typeset:
    return typeset(body, NOTES, medium, numbered)


def test_sections_are_numbered_and_can_be_linked() -> None:
    text = shown("## What it is\n\n## Money, and *time*\n\n## What it is\n")
    assert [(one.number, one.title, one.anchor) for one in text.sections] == [
        (1, "What it is", "what-it-is"),
        (2, "Money, and time", "money-and-time"),
        (3, "What it is", "what-it-is-2"),
    ]
    assert '<h2 id="what-it-is"><span class="number">1.</span> What it is</h2>' in text.rest


def test_sheet_of_one_page_numbers_nothing() -> None:
    text = shown("## What it is\n", numbered=False)
    assert text.sections[0].number == 0
    assert "number" not in text.rest


def test_headings_keep_to_two_levels_under_the_title() -> None:
    text = shown("# One\n\n#### Four\n\n###### Six\n")
    assert "<h1" not in text.rest
    assert text.rest.count("<h2") == 1
    assert text.rest.count("<h3") == 2


def test_opening_box_stands_before_the_contents() -> None:
    text = shown("::: five\n1. One\n:::\n\n## Then\n")
    assert text.opening.startswith('<div class="box box--five">')
    assert '<h2 class="box-heading">If you only do five things</h2>' in text.opening
    assert "box" not in text.rest


def test_boxes_carry_their_own_heading_or_the_usual_one() -> None:
    text = shown(
        "## One\n\n::: try\nx\n:::\n\n::: watch Two bosses\ny\n:::\n\n::: ask\nz\n:::\n\n::: note How to read\nw\n:::\n"
    )
    for kind, heading in (
        ("try", "Try this"),
        ("watch", "Watch for: Two bosses"),
        ("ask", "Ask"),
        ("note", "How to read"),
    ):
        assert f'<div class="box box--{kind}">\n<h3 class="box-heading">{heading}</h3>' in text.rest


def test_box_before_all_sections_is_headed_as_they_are() -> None:
    text = shown("::: note First\nx\n:::\n\n::: try\ny\n:::\n\n## Section\n\n::: note Later\nz\n:::\n")
    assert '<h2 class="box-heading">First</h2>' in text.rest
    assert '<h3 class="box-heading">Try this</h3>' in text.rest
    assert '<h3 class="box-heading">Later</h3>' in text.rest


def test_box_left_open_stays_text() -> None:
    assert "box" not in shown("::: try\nNo end to it\n").rest


def test_sources_are_numbered_in_the_order_of_citing() -> None:
    text = shown("Later. [WYE] {fact} Both. [S3] [WYE] {advice}\n")
    assert [(one.number, one.text) for one in text.sources] == [(1, "A team"), (2, "A paper")]
    assert '<span class="together">Later.<sup><a href="#source-1"' in text.rest
    assert '<span class="mark mark--fact">fact</span>' in text.rest
    assert '<span class="mark mark--advice">advice</span>' in text.rest
    assert "<sup>, <a" in text.rest


def test_note_stays_on_the_line_of_its_word() -> None:
    text = shown("One two. [S3] [WYE] Three **four** [S3] five.\n")
    assert text.rest.startswith('<p>One <span class="together">two.<sup>')
    assert text.rest.count('class="together"') == 2
    assert "</sup><sup>, <a" in text.rest
    assert '</strong><span class="together"><sup>' in text.rest


def test_unknown_and_uncited_sources_are_told() -> None:
    text = shown("Odd. [NOT-THERE]\n")
    assert text.unknown == ("NOT-THERE",)
    assert text.uncited == ("S3", "WYE")
    assert "[NOT-THERE]" in text.rest


def test_letter_keeps_its_lines_and_shows_its_gaps() -> None:
    text = shown("::: email\nTo: R&D\nSubject: A plan & more\n\nDear [name],\n[S3] stays.\n:::\n", WEB)
    assert '<span class="letter-head">Subject:</span> A plan &amp; more' in text.rest
    assert 'Dear <span class="gap">[name]</span>,<br>' in text.rest
    assert '<span class="gap">[S3]</span> stays' in text.rest
    assert "mailto:?subject=A%20plan%20%26%20more&amp;body=Dear%20%5Bname%5D%2C%0D%0A" in text.rest


def test_letter_has_no_link_on_paper_nor_when_too_long_for_one() -> None:
    letter = "::: email\nTo: a\nSubject: b\n\n{}\n:::\n"
    assert "mailto" not in shown(letter.format("Short"), PAPER).rest
    assert "mailto" in shown(letter.format("Short"), WEB).rest
    assert "mailto" not in shown(letter.format("long " * 400), WEB).rest


def test_tables_say_what_heads_what() -> None:
    text = shown("Table: Kinds of *help*\n\n| Help | Time | |\n|---|--:|---|\n| Analyst | 3 | |\n")
    assert '<table class="answers-1">\n<caption>Kinds of <em>help</em></caption>' in text.rest
    assert '<th scope="col">Help</th>' in text.rest
    assert '<th scope="row">Analyst</th>' in text.rest
    assert '<td class="numeric">3</td>' in text.rest
    assert '<td class="to-write-in"></td>' in text.rest
    assert "style" not in text.rest


def test_tables_on_the_screen_say_each_column_again_for_telephones() -> None:
    text = shown("| Help | Time |\n|---|---|\n| Analyst | Days |\n", WEB)
    assert 'role="table"' in text.rest
    assert 'role="columnheader"' in text.rest
    assert (
        '<span class="nhsuk-table__heading nhsuk-table-responsive__heading" aria-hidden="true">Time </span>'
        in (text.rest)
    )


def test_quotation_marks_and_apostrophes_are_curled() -> None:
    assert "“It’s ‘ours’,” she said." in shown("\"It's 'ours',\" she said.\n").rest


def test_things_to_tick_and_new_pages() -> None:
    text = shown("- [ ] A desk\n\n---\n\n## Next\n")
    assert '<li class="tick">A desk</li>' in text.rest
    assert '<h2 class="new-page" id="next">' in text.rest
    assert "<hr" not in text.rest
