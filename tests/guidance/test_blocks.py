"""Gaps, places to write in, cards, terms, figures, links: what the author types and what stands there then."""

from __future__ import annotations

import pytest

from guidance.medium import PAPER, WEB, Medium
from guidance.typeset import Typeset, typeset

BOTH = pytest.mark.parametrize("medium", [WEB, PAPER], ids=["web", "paper"])


def shown(body: str, medium: Medium = PAPER, loose: frozenset[str] = frozenset()) -> Typeset:
    return typeset(body, {}, medium, True, loose)


def test_underscores_are_gaps_short_and_long() -> None:
    text = shown("Name: ____ (____), date ________.\n")
    assert text.rest.count('<span class="blank">') == 2
    assert text.rest.count('<span class="blank blank--long">') == 1
    assert "_" not in text.rest.replace("to_", "")
    assert "___" in shown("Only ___ three\n").rest


def test_line_of_underscores_is_one_to_write_on_and_no_new_page() -> None:
    text = shown("Sign here:\n\n________\n\n---\n\n## Next\n")
    assert "blank--long" in text.rest
    assert text.rest.count("new-page") == 1


def test_empty_cells_are_cells_to_write_in() -> None:
    text = shown("| What | Who | When |\n|---|---|---|\n| Desk | | Monday |\n| | | |\n")
    assert text.rest.count('<td class="to-write-in">') == 4
    assert '<table class="answers-3">' in text.rest
    assert '<th scope="row">Desk</th>' in text.rest


def test_formula_is_worked_out_for_you() -> None:
    text = shown("| What | Days | Cost |\n|---|---|---|\n| Pay | 3 | {= B * 200} |\n")
    on_screen = shown("| What | Days | Cost |\n|---|---|---|\n| Pay | 3 | {= B * 200} |\n", WEB)
    assert '<span class="formula">worked out for you</span>' in on_screen.rest
    assert "worked out for you" not in text.rest and '<span class="formula">' in text.rest
    assert "{=" not in text.rest
    assert "{= B" in shown("{= B * 2\n").rest


@BOTH
def test_place_to_write_has_its_label_hint_and_lines(medium: Medium) -> None:
    text = shown("::: write 4 What should be different?\nThink of *patients*.\n:::\n", medium)
    assert '<p class="write-label">What should be different?</p>' in text.rest
    assert "<em>patients</em>" in text.rest
    assert text.rest.count('<div class="line"></div>') == 4
    assert "Space to write 4 lines" in text.rest
    assert text.rest.index("patients") < text.rest.index('class="lines"')


@pytest.mark.parametrize(
    ("words", "lines", "label"),
    [
        ("1 One", 1, "One"),
        ("30 Many", 30, "Many"),
        ("999 Too many", 30, "Too many"),
        ("0 None", 1, "None"),
        ("Without", 3, "Without"),
        ("", 3, ""),
        ("2", 2, ""),
    ],
)
def test_lines_to_write_on_have_their_bounds(words: str, lines: int, label: str) -> None:
    text = shown(f"::: write {words}\n:::\n")
    assert text.rest.count('class="line"') == lines
    assert (f'<p class="write-label">{label}</p>' in text.rest) == bool(label)


def test_cards_that_follow_one_another_lie_together() -> None:
    card = "::: card How do we say no?\nWords.\n:::\n\n"
    text = shown(f"{card}{card}Between.\n\n{card}")
    assert text.rest.count('<div class="cards">') == 2
    assert text.rest.count('<div class="card">') == 3
    assert text.rest.count("</div>") == 5
    assert '<h3 class="card-heading">How do we say no?</h3>' in text.rest


def test_terms_are_a_list_of_definitions_with_anchors() -> None:
    body = (
        "## Words\n\n::: terms\n**Letter of access** — lets you *in*.\n\n**BITE** — two pages. [More](#words)\n\n"
        "- with a list\n\n:::\n\nAfter.\n"
    )
    text = shown(body)
    assert '<dl class="terms"><div class="term"><dt id="letter-of-access">Letter of access</dt>' in "".join(
        text.rest.splitlines()
    )
    assert "lets you <em>in</em>." in text.rest
    assert text.rest.count("<dt") == text.rest.count("<dd>") == text.rest.count("</dd>") == 2
    assert text.rest.index("with a list") < text.rest.index("</dl>") < text.rest.index("After.")
    assert {"letter-of-access", "bite", "words"} <= text.anchors


def test_terms_without_any_are_ordinary_paragraphs() -> None:
    text = shown("::: terms\nNo term here.\n\n**Bold** but no dash.\n:::\n")
    assert "<dl" not in text.rest
    assert "No term here." in text.rest


def test_links_lead_to_documents_and_terms() -> None:
    body = "Read [the sheet](guide:do-you-need-one), [part](guide:hand-over#the-list), [LoA](term:letter-of-access).\n"
    web, paper = shown(body, WEB), shown(body, PAPER)
    for address in (
        "/guidance/do-you-need-one/",
        "/guidance/hand-over/#the-list",
        "/guidance/glossary/#letter-of-access",
    ):
        assert f'href="{address}"' in web.rest
        assert f'href="http://localhost:8000{address}"' in paper.rest
    assert web.links == ("guide:do-you-need-one", "guide:hand-over#the-list", "term:letter-of-access")


def test_link_that_leads_nowhere_leaves_its_words() -> None:
    loose = frozenset({"guide:hand-over", "term:orcid"})
    text = shown(
        "See [**the** sheet](guide:hand-over#x), [ORCID](term:orcid), [two](guide:two).\n", PAPER, loose
    )
    assert "See <strong>the</strong> sheet, ORCID, <a" in text.rest
    assert text.rest.count("<a ") == text.rest.count("</a>") == 1


@pytest.mark.parametrize(
    "address",
    [
        "guide:",
        "guide:Two",
        "guide:a/b",
        "guide:../x",
        "guide:a#",
        "term:a#b",
        "guide:a--b",
        "guide://x",
        "guides:a",
    ],
)
def test_what_is_no_link_to_the_library_stays_text(address: str) -> None:
    text = shown(f"[x]({address})\n", WEB)
    assert "<a" not in text.rest
    assert text.links == ()


def test_letter_carries_whole_addresses() -> None:
    body = "::: email\nTo: a\nSubject: b\n\nSee [the sheet](guide:do-you-need-one).\n:::\n"
    text = shown(body, WEB)
    assert "the%20sheet%20%28http%3A//localhost%3A8000/guidance/do-you-need-one/%29" in text.rest
    assert 'href="/guidance/do-you-need-one/"' in text.rest


def test_figure_that_nobody_has_drawn_is_told_and_leaves_its_caption() -> None:
    text = shown("::: figure a-dragon\nHere be dragons.\n:::\n")
    assert text.undrawn == ("a-dragon",)
    assert "Here be dragons." in text.rest
    assert "drawing-room" not in text.rest
