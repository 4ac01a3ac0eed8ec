"""The files of the library are read as FORMAT.md says, and a wrong one is named with its cure."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from guidance.catalogue import NotAnEdition, number_of, read_edition, reading_minutes, shipped_editions
from tests.guidance.shelf import write


def test_edition_is_read_whole(tmp_path: Path) -> None:
    edition = read_edition(write(tmp_path, sources="  S3:\n    text: A paper.\n    url: https://a.example/p"))
    assert (edition.slug, edition.number, edition.published_on) == (
        "a-guide",
        (1, 0, 0),
        datetime.date(2026, 11, 1),
    )
    assert edition.notes == {"S3": {"text": "A paper.", "url": "https://a.example/p"}}
    assert (edition.language, edition.one_page, edition.reading_minutes) == ("en-GB", False, 1)
    assert edition.body.startswith("::: five")
    assert (edition.moments, edition.readers, edition.topics) == (
        ["first_100_days"],
        ["researcher"],
        ["learning"],
    )
    assert not any((edition.word, edition.sheet, edition.landscape, edition.large_print))


def test_lists_keep_the_order_of_the_choices_and_may_leave_the_moment_open(tmp_path: Path) -> None:
    path = write(
        tmp_path, moments="", readers="[researcher, manager, researcher]", word="true", landscape="true"
    )
    edition = read_edition(path)
    assert (edition.moments, edition.readers) == ([], ["manager", "researcher"])
    assert (edition.word, edition.sheet, edition.landscape, edition.large_print) == (True, False, True, False)


def test_editions_come_by_document_and_version_as_numbers(tmp_path: Path) -> None:
    for version in ("1.10.0", "1.9.0", "2.0.0"):
        write(tmp_path, version=version)
    write(tmp_path, slug="another")
    assert [(one.slug, one.number) for one in shipped_editions(tmp_path)] == [
        ("a-guide", (1, 9, 0)),
        ("a-guide", (1, 10, 0)),
        ("a-guide", (2, 0, 0)),
        ("another", (1, 0, 0)),
    ]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"title": ""}, "add title"),
        ({"summary": "", "licence": ""}, "add summary, licence"),
        ({"audience": "everybody"}, "audience must be one of"),
        ({"moment": "working"}, "has no key moment"),
        ({"moments": "[later]"}, "moments has later; take its values from thinking, setting_up"),
        ({"moments": "ending"}, r"moments as a list, such as \[thinking, setting_up\]"),
        ({"readers": "[]"}, "add readers"),
        ({"readers": "[manager, everybody]"}, "readers has everybody"),
        ({"topics": ""}, "add topics"),
        ({"topics": "[{a: b}]"}, "topics has"),
        ({"word": "maybe"}, "word as true, or leave it out"),
        ({"published_on": "tomorrow"}, "published_on as year-month-day"),
        ({"version": "1.0"}, "such as 1.0.0"),
        ({"colour": "blue"}, "has no key colour"),
        ({"title": "[unclosed"}, "not YAML"),
        ({"title": "2026"}, "title between quotation marks"),
        ({"sources": "  s3: small"}, "must be capitals"),
        ({"sources": "  S3:\n    text: x\n    url: 'javascript:x'"}, "must begin with https"),
        ({"sources": "  S3:"}, "needs a text"),
    ],
)
def test_wrong_front_matter_is_named_with_its_cure(tmp_path: Path, wrong: dict[str, str], said: str) -> None:
    path = write(tmp_path, **wrong)
    with pytest.raises(NotAnEdition, match=said) as error:
        read_edition(path)
    assert str(path) in str(error.value)


def test_file_and_front_matter_must_agree(tmp_path: Path) -> None:
    path = write(tmp_path)
    moved = path.rename(path.with_name("1.0.1.md"))
    with pytest.raises(NotAnEdition, match="version the file's"):
        read_edition(moved)


def test_file_without_front_matter_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    path = tmp_path / "x" / "1.0.0.md"
    path.write_text("## Only words\n")
    with pytest.raises(NotAnEdition, match="begin with the front matter"):
        read_edition(path)


@pytest.mark.parametrize(
    "version", ["", "1", "1.0", "1.0.0.0", "v1.0.0", "1.0.x", "1.0.0 ", "-1.0.0", "１.0.0x"]
)
def test_only_three_numbers_are_a_version(version: str) -> None:
    with pytest.raises(ValueError, match="version"):
        number_of(version)


@pytest.mark.parametrize(("words", "minutes"), [(0, 1), (200, 1), (299, 1), (301, 2), (2000, 10)])
def test_reading_time_is_two_hundred_words_a_minute(words: int, minutes: int) -> None:
    assert reading_minutes("word " * words) == minutes
