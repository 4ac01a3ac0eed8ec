"""Twelve running residencies adopted by file in a real browser: wide, on a phone, and without JavaScript."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection

from programmes.models import Residency
from tests.intake.building import address, many, row, table
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
def test_twelve_running_residencies_are_adopted_by_file(
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
    lead.page.get_by_role("button", name="Bring in by file").click()
    look(lead, f"{way.name}-upload")
    lead.page.locator("input[type=file]").set_input_files(paper)
    lead.page.get_by_role("button", name="Upload", exact=True).click()
    lead.says("Your file is being checked")
    look(lead, f"{way.name}-waiting")
    work()
    lead.go(f"{address(world)}{world.programme.residency_files.get().pk}/")
    lead.says("There is no 31 February in 2025")
    lead.says("Do you mean Made Up Trust?")
    look(lead, f"{way.name}-bad")
    lead.go(f"{lead.page.url}?show=ready")
    look(lead, f"{way.name}-ready")
    lead.page.get_by_role("button", name="Bring in 12 rows").click()
    lead.says("Your rows are being brought in")
    work()
    lead.go(f"{address(world)}{world.programme.residency_files.get().pk}/")
    lead.says("12 brought in")
    look(lead, f"{way.name}-made")
    assert Residency.objects.filter(created_by=world.people["programme_lead"]).count() == 12
