"""Journey 19: a manager, signed out, takes the pack "Setting one up" away in two presses, and puts together another."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
from django.utils import timezone
from pypdf import PdfReader

from guidance.actions import load_library
from guidance.models import Pack
from guidance.packs.actions import request_pack
from guidance.packs.reading import newest_parts
from guidance.packs.ready import ready_pack
from tests.journeys.conftest import Visitor, Way
from tests.workers import run_jobs

MOST_PRESSES = 2


@pytest.fixture
def shelf(transactional_db: None) -> None:
    """The library as it ships."""
    load_library()


def test_a_manager_takes_the_pack_for_setting_one_up_away_in_two_presses(
    shelf: None, visit: Callable[..., Visitor], way: Way
) -> None:
    ready = ready_pack("setting-one-up")
    assert ready
    pack = request_pack(parts=newest_parts(ready.documents), ready=ready, by=None, on=timezone.localdate())
    run_jobs()
    manager = visit()
    manager.go("/guidance/packs/")
    manager.over()
    manager.keys.follow("Setting one up")
    manager.over()
    pdf = downloaded(manager)
    assert manager.keys.presses == MOST_PRESSES
    assert len(pdf.pages) == Pack.objects.get(pk=pack.pk).pages
    assert "Setting one up" in pdf.pages[0].extract_text()
    manager.go(pack.get_absolute_url())
    manager.over()


def test_anybody_puts_documents_and_parts_together(
    shelf: None, visit: Callable[..., Visitor], way: Way
) -> None:
    anybody = visit()
    anybody.go("/guidance/packs/")
    anybody.keys.follow("put together your own")
    anybody.over()
    anybody.keys.press("Put the pack together")
    anybody.says("Select at least one document or part of one")
    anybody.over()
    choose(anybody)
    anybody.says("Your pack is being put together")
    anybody.over()
    run_jobs()
    if way.script:
        anybody.page.get_by_text(
            "A link that always leads to this pack"
        ).wait_for()  # the page looks by itself
    else:
        anybody.keys.follow("Look now")
    anybody.over()
    pdf = downloaded(anybody)
    titles = [str(one.title) for one in pdf.outline if not isinstance(one, list)]
    assert titles == [
        "Guidance pack",
        "Contents",
        "Do you need one?",
        "Embedded research: a guide for NHS organisations",
        "Board paper and paragraph",
    ]


def choose(anybody: Visitor) -> None:
    """A whole document that is to come first, and a part of another."""
    anybody.page.get_by_label("Do you need one?", exact=True).focus()
    anybody.keys.choose("Do you need one?")
    anybody.keys.type("Order (1 comes first) of Do you need one?", "1")
    anybody.keys.unfold("Choose sections of Embedded research: a guide for NHS organisations")
    anybody.keys.choose("Money")
    anybody.page.get_by_label("Board paper and paragraph", exact=True).focus()
    anybody.keys.choose("Board paper and paragraph")
    anybody.page.get_by_role("button", name="Put the pack together").last.focus()
    anybody.keys.press("Put the pack together")


def downloaded(reader: Visitor) -> PdfReader:
    """The last press."""
    reader.keys.to("Download (PDF")
    reader.keys.presses += 1
    with reader.page.expect_download() as caught:
        reader.page.keyboard.press("Enter")
    return PdfReader(BytesIO(caught.value.path().read_bytes()))
