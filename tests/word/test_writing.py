"""A Word file has what a reader's program needs: real headings, lists that count anew, heads of tables, links."""

from __future__ import annotations

import datetime
import io
import zipfile
from typing import Any

import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Pt
from hypothesis import given, settings
from hypothesis import strategies as st

from embedded.word import (
    About,
    Block,
    Box,
    Cards,
    Heading,
    Item,
    List,
    NewPage,
    Paragraph,
    Run,
    Table,
    Write,
    said,
    written,
)
from tests.word import reading

ABOUT = About("A guide", datetime.date(2026, 11, 1), "The authors")


def paper(*blocks: Block, about: About = ABOUT) -> Any:
    return reading.read(written(blocks, about))


def numbers(made: Any) -> list[tuple[int, int]]:
    """The count that each numbered paragraph belongs to, and where that count begins."""
    numbering = made.part.numbering_part.element
    found = []
    for one in reading.paragraphs(made):
        number = one._p.pPr is not None and one._p.pPr.numPr is not None and one._p.pPr.numPr.numId.val
        if number:
            [start] = numbering.num_having_numId(number).iter(qn("w:startOverride"))
            found.append((number, int(start.get(qn("w:val")))))
    return found


def test_file_says_about_itself_what_a_reader_s_program_asks() -> None:
    about = paper(Heading("A guide", 1)).core_properties
    assert (about.title, about.author, about.language) == ("A guide", "The authors", "en-GB")
    assert about.created == datetime.datetime(2026, 11, 1, 12, tzinfo=datetime.UTC)
    assert about.comments == about.keywords == ""


def test_language_is_that_of_the_words() -> None:
    welsh = About("Canllaw", datetime.date(2026, 11, 1), "Ni", language="cy")
    made = paper(Paragraph("Bore da"), about=welsh)
    assert {one.get(qn("w:val")) for one in made.styles.element.iter(qn("w:lang"))} == {"cy"}
    assert made.core_properties.language == "cy"


def test_headings_are_headings_and_lists_are_lists() -> None:
    made = paper(Heading("Title", 1), Heading("Part", 2), List(["One", "Two"]), Paragraph("Words"))
    assert reading.headings(made) == [(1, "Title"), (2, "Part")]
    assert [one.style.name for one in made.paragraphs[2:]] == ["List Bullet", "List Bullet", "Normal"]


def test_numbered_lists_count_anew_each() -> None:
    made = paper(List(["One", "Two"], start=1), List(["One"], start=1), List(["Seven"], start=7))
    [first, same, second, third] = numbers(made)
    assert first == same
    assert len({first, second, third}) == 3
    assert [start for _, start in (first, second, third)] == [1, 1, 7]


def test_lists_in_lists_are_set_in_at_most_three_deep() -> None:
    innermost = List([Item("D", [List(["E"])])])
    made = paper(List([Item("A", [List([Item("B", [List([Item("C", [innermost])])])])])]))
    assert [one.style.name for one in made.paragraphs] == [
        "List Bullet",
        "List Bullet 2",
        "List Bullet 3",
        "List Bullet 3",
        "List Bullet 3",
    ]


def test_ticks_can_be_ticked_and_read_as_a_box() -> None:
    made = paper(List([Item("A desk", tick=True), "Words"]))
    assert reading.texts(made) == ["☐ A desk", "Words"]
    assert [one.style.name for one in made.paragraphs] == ["List", "List Bullet"]
    assert "w14:checkbox" in made.element.xml


def test_table_has_a_marked_head_and_rows_that_do_not_break() -> None:
    made = paper(Table([["Analyst", "Days", "3"]], ["Help", "Time", "Posts"], "Two kinds", right=[2]))
    [table] = reading.tables(made)
    assert [reading.is_head(row) for row in table.rows] == [True, False]
    assert "w:cantSplit" in table.rows[1]._tr.xml
    assert 'w:firstRow="1"' in table._tbl.xml and 'w:firstColumn="1"' in table._tbl.xml
    assert '<w:tblCaption w:val="Two kinds"/>' in table._tbl.xml
    assert made.paragraphs[0].style.name == "Caption" and made.paragraphs[0].text == "Two kinds"
    assert [cell.paragraphs[0].runs[0].bold for cell in table.rows[1].cells] == [True, None, None]
    assert 'w:jc w:val="right"' in table.rows[1].cells[2]._tc.xml


def test_table_without_a_head_marks_none() -> None:
    [table] = reading.tables(paper(Table([["Host", "A trust"]], caption="Facts", named=False)))
    assert not reading.is_head(table.rows[0])
    assert 'w:firstRow="0"' in table._tbl.xml


def test_empty_cell_has_room_to_write_in() -> None:
    [table] = reading.tables(paper(Table([["Pay", ""], ["Time", "2 days"]], ["Head", "Yours"])))
    assert [row.height is not None for row in table.rows] == [False, True, False]


def test_place_to_write_is_as_high_as_its_lines_and_says_what_for() -> None:
    made = paper(Write("What should be different?", 4, [Paragraph("One sentence.")]), Write("When?", 1))
    four, one = reading.tables(made)
    assert round(four.rows[0].height / one.rows[0].height, 2) == 4
    assert '<w:tblDescription w:val="What should be different?"/>' in four._tbl.xml
    assert reading.texts(made) == ["What should be different?", "One sentence.", "When?"]


def test_box_stands_on_a_ground_and_its_heading_is_one() -> None:
    made = paper(Box("Try this", 3, [Paragraph("Ask."), List(["Whom"])]), Paragraph("After"))
    assert reading.headings(made) == [(3, "Try this")]
    boxed = {text: "w:pBdr" in one._p.xml for one in made.paragraphs if (text := one.text)}
    assert boxed == {"Try this": True, "Ask.": True, "Whom": True, "After": False}


@pytest.mark.parametrize("count", [1, 2, 3])
def test_cards_stand_two_in_a_row(count: int) -> None:
    cards = [Box(f"Card {number}", 3, [Paragraph("Words")]) for number in range(count)]
    made = paper(Cards(cards))
    [table] = reading.tables(made)
    assert (len(table.rows), len(table.columns)) == ((count + 1) // 2, 2)
    assert [words for _, words in reading.headings(made)] == [f"Card {number}" for number in range(count)]


def test_links_lead_out_and_within() -> None:
    words = [
        Run("See "),
        Run("the law", link="https://example.org/?a=1&b=2"),
        Run(" or "),
        Run("below", link="#so-what"),
    ]
    made = paper(
        Paragraph(words), Heading("So what?", 2, anchor="so-what"), Paragraph([Run("1", anchor="so-what-2")])
    )
    assert reading.links(made) == [("the law", "https://example.org/?a=1&b=2"), ("below", "#a_so_what")]
    assert reading.places(made) == ["a_so_what", "a_so_what_2"]
    assert len({one.get(qn("w:id")) for one in made.element.body.iter(qn("w:bookmarkStart"))}) == 2


def test_every_style_that_is_used_is_there() -> None:
    deep = List([Item("A", [List([Item("B", [List([Item("C", tick=True)], 1)])], start=1)])])
    box = Box("Box", 3, [deep, Write("W", 1)])
    made = paper(Heading("H", 9), Paragraph("P", "Subtitle"), Table([["a"]], ["b"], "c"), box, Cards([box]))
    known = {one.style_id for one in made.styles}
    for tag in ("w:pStyle", "w:rStyle", "w:tblStyle"):
        used = {one.get(qn("w:val")) for one in made.element.body.iter(qn(tag))}
        assert used <= known, tag
    assert len(list(made.element.body.iter(qn("w:pStyle")))) > 5


def test_looks_of_words() -> None:
    made = paper(
        Paragraph([Run("b", bold=True), Run("i", italic=True), Run("1", raised=True), Run("fact", mark=True)])
    )
    bold, italic, raised, mark = made.paragraphs[0].runs
    assert bold.bold and italic.italic and raised.font.superscript and mark.style.name == "Mark"
    assert not (italic.bold or raised.italic or mark.font.superscript)


def test_new_page_begins_at_whatever_follows() -> None:
    made = paper(Paragraph("One"), NewPage(), Heading("Two", 2), NewPage(), Table([["a", "b"]]))
    assert [bool(one.paragraph_format.page_break_before) for one in made.paragraphs[:3]] == [
        False,
        True,
        True,
    ]
    assert made.paragraphs[2].text == ""


def test_sheet_lies_on_its_side_and_prints_large() -> None:
    wide = About(
        "A guide", datetime.date(2026, 11, 1), "Us", landscape=True, large_print=True, footer="A guide 1.0.0"
    )
    made = paper(Paragraph("Words"), about=wide)
    [section] = made.sections
    assert section.orientation == WD_ORIENT.LANDSCAPE and section.page_width > section.page_height
    assert made.styles["Normal"].font.size == Pt(16)
    footer = section.footer.paragraphs[0]
    assert footer.text.startswith("A guide 1.0.0 · page ") and "NUMPAGES" in footer._p.xml


def test_same_words_are_the_same_file() -> None:
    blocks = [Heading("A", 1), List(["x"], start=1), Table([["a", "b"]], ["c", "d"])]
    assert written(blocks, ABOUT) == written(blocks, ABOUT)
    with zipfile.ZipFile(io.BytesIO(written(blocks, ABOUT))) as file:
        assert {one.date_time[:3] for one in file.infolist()} == {(2026, 11, 1)}


WORDS = st.text(max_size=40).filter(lambda text: "\r" not in text)


@settings(deadline=None, max_examples=30)
@given(WORDS, WORDS)
def test_any_words_are_written_and_read_back(one: str, two: str) -> None:
    """Whatever XML can hold; what it cannot hold is left out, and the file opens."""
    blocks = [Paragraph(one), Table([[two, "x"]], caption=one), List([two]), Write(one, 1)]
    kept = [text for text in ("".join(map(_held, one_said)) for one_said in said(blocks)) if text]
    assert reading.texts(paper(*blocks)) == kept


def _held(sign: str) -> str:
    is_held = sign >= " " and not "\ud800" <= sign <= "\udfff" and sign not in "\ufffe\uffff"
    return sign if is_held or sign in "\t\n" else ""
