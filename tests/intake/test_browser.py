"""Twelve running residencies adopted by file and by keyboard: wide, on a phone, and without JavaScript."""

from __future__ import annotations

import csv
import os
import re
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection
from playwright.sync_api import expect

from programmes.models import Residency, Stage
from tests.intake.building import BEGUN, HOST, address, many, row, table, text
from tests.journeys.conftest import Visitor, Way, visit
from tests.workers import run_jobs
from tests.world import World

__all__ = ["visit"]
WAYS = (Way("wide", 1280), Way("phone", 320), Way("plain", 1280, script=False))


@pytest.fixture(params=WAYS, ids=lambda way: way.name)
def way(request: pytest.FixtureRequest) -> Way:
    chosen: Way = request.param
    return chosen


def work() -> None:
    """As a worker would, beside the browser."""

    def made() -> None:
        run_jobs()
        connection.close()

    worker = threading.Thread(target=made)
    worker.start()
    worker.join()


def look(visitor: Visitor, name: str) -> None:
    """axe and width; with EMBEDDED_LOOK=folder a picture too."""
    visitor.over()
    if folder := os.environ.get("EMBEDDED_LOOK"):
        visitor.page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


@pytest.mark.django_db(transaction=True)
def test_twelve_running_residencies_are_adopted_by_file_and_by_keyboard(
    world: World, visit: Callable[..., Visitor], way: Way, tmp_path: Path
) -> None:
    rows = [
        *many(12),
        row(Title="One with faults", Host="Made Up Trusst", Start="31/02/2025", Stage="asleep"),
    ]
    paper = tmp_path / "our list.csv"
    paper.write_bytes(table(*rows))
    lead = visit(world.people["programme_lead"])
    lead.go(f"/p/{world.programme.slug}/residencies/")
    lead.keys.press("Bring in by file")
    look(lead, f"{way.name}-upload")
    hand_in(lead, paper)
    look(lead, f"{way.name}-waiting")
    newest(lead, world)
    for words in ("12 rows are ready", "There is no 31 February in 2025", "Do you mean Made Up Trust?"):
        lead.says(words)
    look(lead, f"{way.name}-bad")
    lead.keys.follow("Ready")
    look(lead, f"{way.name}-ready")
    lead.keys.press("Bring in 12 rows")
    lead.says("Your rows are being brought in")
    newest(lead, world)
    lead.says("12 brought in")
    look(lead, f"{way.name}-made")
    assert adopted(world) == 12
    hand_in_again(lead, world, put_right(take_along(lead, tmp_path)), "1 row is ready", 13)
    hand_in_again(lead, world, paper, "12 rows are here already", 13)


def adopted(world: World) -> int:
    """By the lead, and running."""
    return Residency.objects.filter(created_by=world.people["programme_lead"], stage=Stage.ACTIVE).count()


def hand_in(lead: Visitor, paper: Path) -> None:
    """The file is chosen by a key on its box, as a browser asks for one."""
    lead.page.once("filechooser", lambda asked: asked.set_files(paper))
    lead.keys.to("Upload a file")
    lead.page.keyboard.press("Enter")
    expect(lead.page.locator("input[type=file]")).to_have_value(re.compile(re.escape(paper.name)))
    lead.page.keyboard.press("Tab")  # to the button, which has the same first word
    lead.keys.press("Upload")
    lead.says("Your file is being checked")


def newest(lead: Visitor, world: World) -> None:
    """Once the worker has done what waits."""
    work()
    file = world.programme.residency_files.latest("pk")
    lead.go(f"{address(world)}{file.pk}/")


def take_along(lead: Visitor, folder: Path) -> Path:
    """The rows to be put right, as a file of their own."""
    lead.keys.to("CSV", tag="a")
    with lead.page.expect_download() as taken:
        lead.page.keyboard.press("Enter")
    paper = folder / taken.value.suggested_filename
    taken.value.save_as(paper)
    return paper


def put_right(paper: Path) -> Path:
    """What the file says itself beside each row, done."""
    right = {"Made Up Trusst": HOST, "31/02/2025": str(BEGUN), "asleep": "running"}
    with paper.open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.reader(file))
    assert len(lines) == 2 and "There is no 31 February in 2025" in lines[1][-1]
    paper.write_bytes(text([right.get(cell, cell) for cell in lines[1]], head=lines[0]).encode())
    return paper


def hand_in_again(lead: Visitor, world: World, paper: Path, found: str, in_all: int) -> None:
    """What came in before does not come in twice."""
    lead.go(address(world))
    hand_in(lead, paper)
    newest(lead, world)
    lead.says(found)
    lead.over()
    if "is ready" in found:
        lead.keys.press("Bring in 1 row")
        work()
    assert adopted(world) == in_all
