"""Journey 20: an editor corrects alone; an editor makes a new edition, a second approves it, the old one remains
readable and is marked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from guidance.actions import load_library
from tests.guidance.shelf import write as write_file
from tests.journeys.conftest import Visitor, Way
from tests.world import make_person


@pytest.fixture
def shelf(transactional_db: None, tmp_path: Path) -> None:
    write_file(tmp_path)
    load_library(library=tmp_path)


def begin(editor: Visitor) -> None:
    """From the front page to the text."""
    editor.go("/")
    editor.keys.follow("Library desk")
    editor.over()
    editor.keys.follow("A guide")
    editor.over()
    editor.keys.press("Begin a new edition")
    editor.over()


def test_an_editor_corrects_alone(shelf: None, visit: Callable[..., Visitor], way: Way) -> None:
    ruth = visit(make_person("Ruth Reader", edits_library=True))
    begin(ruth)
    ruth.keys.type("Summary", "What to do first.")
    ruth.keys.type("What changed", "A clearer summary.")
    ruth.keys.press("Save, check and publish")
    ruth.says("No mistakes were found")
    ruth.over()
    ruth.keys.choose("Small correction: version 1.0.1")
    ruth.keys.press("Publish or ask for approval")
    ruth.says("Published: version 1.0.1")
    ruth.says("What to do first.")
    ruth.over()


def test_a_second_editor_approves_and_the_old_edition_remains(
    shelf: None, visit: Callable[..., Visitor], way: Way
) -> None:
    ruth, tom = (visit(make_person(name, edits_library=True)) for name in ("Ruth Reader", "Tom Writer"))
    begin(ruth)
    ruth.keys.type("Title", "A better guide")
    ruth.keys.press("Save and see it")
    ruth.says("This is a preview")
    ruth.over()
    ruth.keys.follow("check and publish")
    ruth.says("Enter what changed")
    ruth.over()
    ruth.keys.follow("Go on writing")
    ruth.keys.type("What changed", "A better name.")
    ruth.keys.press("Save, check and publish")
    ruth.keys.choose("New edition: version 1.1.0")
    ruth.keys.press("Ask for approval")
    ruth.says("the other editors are asked to approve it")
    ruth.over()
    approve(tom)
    anybody = visit()
    anybody.go("/guidance/a-guide/editions/")
    anybody.keys.follow("What changed between 1.0.0 and 1.1.0, word by word")
    anybody.says("better")
    anybody.over()
    anybody.go("/guidance/a-guide/?version=1.0.0")
    anybody.says("You are reading an older edition")


def approve(editor: Visitor) -> None:
    editor.go("/guidance/desk/")
    editor.says("Waits for approval: Ruth Reader asked")
    editor.keys.follow("A guide")
    editor.keys.follow("Read it, then approve it or send it back")
    editor.over()
    editor.keys.press("Approve and publish version 1.1.0")
    editor.says("Published: version 1.1.0")
    editor.says("A better guide")
