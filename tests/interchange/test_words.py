"""The words that stand for kinds of work in other people's files: taken where they are plain, asked about where not."""

from __future__ import annotations

import pytest

from programmes.interchange.columns import KIND_WORDS
from programmes.models import ColumnMemory, LogFile
from tests.interchange.building import (
    DAY,
    answers,
    checked,
    opened,
    page_of,
    researcher,
    shown,
    states,
    table,
)
from tests.workers import run_jobs
from tests.world import World


def rows(*words: str) -> bytes:
    return table(*[[str(DAY), str(5 + n), "x", word] for n, word in enumerate(words)])


def fields(world: World, file: LogFile) -> list[str]:
    page = shown(researcher(world).get(f"/log/file/{file.pk}/columns/").content)
    return [part.partition('"')[0] for part in page.split('<select class="nhsuk-select" id="id_word_')[1:]]


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("Teaching", "educational"),
        ("planning", "project_management"),
        ("Evidence", "knowledge_creation"),
        ("Supervision", "supervision_support"),
        ("University", "academic_home"),
    ],
)
def test_a_word_by_which_one_kind_alone_is_called_is_taken(world: World, word: str, kind: str) -> None:
    assert checked(world, rows(word)).rows.get().kind == kind


def test_a_word_that_says_little_or_is_of_two_kinds_is_not_taken() -> None:
    assert not {"work", "writing", "thinking", "time", "people", "and", "making"} & set(KIND_WORDS)


def test_each_word_not_known_is_asked_about_once_and_remembered(world: World) -> None:
    file = opened(world, rows("Juggling", "juggling ", "Teaching", "Ward <b>visits</b>"))
    page = researcher(world).get(f"/log/file/{file.pk}/columns/").content.decode()
    assert "What your words mean" in page and "“Juggling” (2 rows)" in page and "“Teaching”" not in page
    assert "Ward &lt;b&gt;visits&lt;/b&gt;” (1 row)" in page
    juggling, visits = fields(world, file)
    typed = answers(world, file, **{f"word_{juggling}": "relational", f"word_{visits}": ""})
    researcher(world).post(f"/log/file/{file.pk}/columns/", typed)
    run_jobs()
    file.refresh_from_db()
    assert states(file) == ["good", "good", "good", "bad"] and file.rows.get(number=2).kind == "relational"
    assert fields(world, file) == [juggling, visits], "it can be said anew"
    file = opened(world, rows("Juggling"))
    again = shown(researcher(world).get(f"/log/file/{file.pk}/columns/").content)
    assert '<option value="relational" selected>' in again
    kept = (file.columns, ColumnMemory.objects.get().columns)
    assert "juggling" not in str(kept).casefold(), "words lie nowhere in the clear"


def test_words_of_another_column_are_asked_about_once_it_was_chosen(world: World) -> None:
    head = ["Date", "Minutes", "What", "Sort"]
    file = checked(world, table([str(DAY), "5", "x", "Juggling"], head=head), kind_at="3")
    assert states(file) == ["bad"] and len(fields(world, file)) == 1
    assert f'href="/log/file/{file.pk}/columns/#words"' in page_of(world, file)
