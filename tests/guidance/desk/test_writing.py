"""What was typed is never lost: rows without script, wrong answers, two editors at once, a double press."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from embedded.accounts.models import Person
from guidance.desk.models import Revision
from guidance.models import Edition
from tests.guidance.desk.desk import DESK, Boxes, begin, page, press, said, shown, write
from tests.guidance.shelf import BODY
from tests.house.addresses import things_in
from tests.house.things.desk import one_more

pytestmark = pytest.mark.django_db
EDIT = f"{DESK}edit/"


def test_begins_with_the_words_of_the_newest(guide: Edition, hers: Client) -> None:
    begin(hers)
    fields = shown(hers, EDIT)
    assert fields["title"] == ["A guide"]
    assert fields["body"][0].strip() == BODY.strip()
    assert (fields["key_1"], fields["text_1"]) == (["S3"], ["A paper, 2023."])
    assert fields["readers"] == ["researcher"]


def test_second_who_begins_finds_the_one_in_hand(guide: Edition, hers: Client, his: Client) -> None:
    begin(hers)
    write(hers, summary="Another summary.")
    answer: Any = his.post(f"{DESK}begin/", {"form_key": "7d9c2a9e-0000-4000-8000-000000000002"})
    assert answer["Location"] == EDIT
    assert "Another summary." in page(his, EDIT)
    assert Revision.objects.count() == 1


def test_rows_for_sources_are_added_without_script_and_nothing_typed_is_lost(
    guide: Edition, hers: Client
) -> None:
    begin(hers)
    typed = {"key_2": "SMITH23", "text_2": "Smith J.", "title": "Half typed"}
    answer = press(hers, EDIT, press="add", **typed)
    assert answer.status_code == 200
    text = answer.content.decode()
    assert 'name="key_5"' in text
    assert 'name="key_6"' not in text
    assert 'value="SMITH23"' in text
    assert "Smith J.</textarea>" in text
    assert 'value="Half typed"' in text
    assert Revision.objects.get().title == "A guide"


def test_emptied_row_takes_its_source_off(guide: Edition, hers: Client) -> None:
    write(hers, key_1="", text_1="", key_3="B", text_3="Another paper")
    assert Revision.objects.get().notes == {"B": {"text": "Another paper", "url": ""}}


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"title": ""}, "Enter the title"),
        ({"body": " "}, "Enter the text"),
        ({"title": "x" * 161}, "Title must be 160 characters or fewer"),
        ({"body": "x" * 120_001}, "Text must be 120,000 characters or fewer"),
        ({"key_2": "small", "text_2": "A"}, "Enter a key for source 2 in capitals, digits and hyphens"),
        ({"key_2": "S3", "text_2": "A"}, "Enter another key for source 2: S3 is taken"),
        ({"key_2": "B"}, "Enter the text of source 2"),
        (
            {"key_2": "B", "text_2": "A", "url_2": "javascript:x"},
            "Enter a web address for source 2 that begins with https",
        ),
        ({"readers": []}, "Select at least one reader"),
        ({"topics": ["everything"]}, "Select at least one topic"),
        ({"next_review_year": "2199"}, "Next review must be the same as or before"),
    ],
)
def test_wrong_answers_are_told_and_kept(
    guide: Edition, hers: Client, typed: dict[str, Any], told: str
) -> None:
    begin(hers)
    answer = press(hers, EDIT, press="save", **(typed | {"summary": "Kept as typed"}))
    assert answer.status_code == 200
    assert told in said(answer)
    assert "Kept as typed</textarea>" in answer.content.decode()
    assert Revision.objects.get().summary == "What to do."


def test_second_editor_who_saves_sees_both_texts(guide: Edition, hers: Client, his: Client) -> None:
    begin(hers)
    his_form, her_form = shown(his, EDIT), shown(hers, EDIT)
    hers.post(EDIT, her_form | {"body": "Her words\n", "press": "save"})
    answer: Any = his.post(EDIT, his_form | {"body": "His words\n", "press": "save"})
    text = said(answer)
    assert "Changed since you opened it" in text
    assert "Her words" in text
    assert "His words" in text
    assert "[removed: Her ]" in text
    assert Revision.objects.get().body == "Her words\n"


def test_second_editor_may_then_save_over_it(guide: Edition, hers: Client, his: Client) -> None:
    begin(hers)
    his_form, her_form = shown(his, EDIT), shown(hers, EDIT)
    hers.post(EDIT, her_form | {"body": "Her words\n", "press": "save"})
    again: Any = his.post(EDIT, his_form | {"body": "His words\n", "press": "save"})
    boxes = Boxes()
    boxes.feed(again.content.decode().partition("<main")[2])
    answer: Any = his.post(EDIT, boxes.fields | {"press": "save"})
    assert answer.status_code == 302
    assert Revision.objects.get().body == "His words\n"


def test_line_breaks_in_a_summary_or_a_source_become_spaces(guide: Edition, hers: Client) -> None:
    begin(hers)
    press(hers, EDIT, press="save", summary="What to do\nfirst.", text_1="A paper,\r\n2023.")
    revision = Revision.objects.get()
    assert (revision.summary, revision.notes["S3"]["text"]) == ("What to do first.", "A paper, 2023.")


@pytest.mark.parametrize("length", [66_000, 120_000])
def test_long_text_is_saved_and_shown_and_has_to_be_shortened(
    guide: Edition, hers: Client, length: int
) -> None:
    """Longer than what is kept while it is typed (64 KB): a press of Save takes it all the same."""
    text = BODY + "word " * ((length - len(BODY) - 1) // 5)
    write(hers, body=text, changelog="Longer.")
    assert Revision.objects.get().body == f"{text.strip()}\n"
    assert "This is a preview" in page(hers, f"{DESK}preview/")
    assert "Shorten the text to 8,000 words" in page(hers, f"{DESK}publish/")


def test_double_press_saves_once(guide: Edition, hers: Client) -> None:
    begin(hers)
    typed = shown(hers, EDIT) | {"summary": "Once", "press": "save"}
    before = Revision.objects.get().version
    answers: list[Any] = [hers.post(EDIT, typed) for _ in range(2)]
    assert {one["Location"] for one in answers} == {EDIT}
    assert Revision.objects.get().version == before + 1


def test_what_was_typed_and_not_saved_is_offered_again(guide: Edition, hers: Client, ruth: Person) -> None:
    begin(hers)
    fields = shown(hers, EDIT)
    revision = Revision.objects.get()
    key = fields["form_key"][0]
    request: Any = hers.post(
        "/drafts/save/",
        {"draft": f"edition/a-guide/{revision.pk}/{key}", "title": "Typed and left", "body": "Half a line"},
    )
    assert request.status_code == 204
    text = page(hers, EDIT)
    assert "Not saved yet" in text
    assert "Typed and left" in text
    assert "Half a line" in page(hers, f"{EDIT}?draft={key}")


def test_preview_shows_page_and_paper_and_publishes_nothing(guide: Edition, hers: Client) -> None:
    write(hers, title="Tried out", body=BODY.replace("## Begin", "## Tried"))
    shown_page = page(hers, f"{DESK}preview/")
    assert "nobody but editors sees it" in shown_page
    assert ">Tried</h2>" in shown_page or "Tried</h2>" in shown_page
    answer: Any = hers.get(f"{DESK}preview.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    assert "Tried" not in page(Client(), "/guidance/a-guide/")
    assert Edition.objects.count() == 1


def test_desk_asks_as_much_for_many_documents_as_for_one(guide: Edition, hers: Client, world: Any) -> None:
    things = things_in(world)
    hers.get("/guidance/desk/")
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            assert hers.get("/guidance/desk/").status_code == 200
        counts.append(len(queries))
        for _ in range(4):
            one_more(things)
    assert counts[0] == counts[1]
