"""A report in a real browser: it appears by itself, with and without JavaScript, and axe finds nothing."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from programmes.models import Report
from tests.journeys.conftest import Visitor, Way, visit
from tests.reports.telling import ask, fail, tell
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


@pytest.mark.django_db(transaction=True)
def test_report_is_asked_for_watched_and_read(world: World, visit: Callable[..., Visitor], way: Way) -> None:
    tell(world)
    failed = fail(ask(world, prepared_for="Another reader"))
    lead = visit(world.people["programme_lead"])
    lead.go(f"/p/{world.programme.slug}/reports/")
    lead.over()
    lead.page.get_by_label("Months that I choose").check()
    lead.over()
    lead.page.get_by_label("The last 12 whole months").check()
    lead.page.get_by_role("button", name="Make report").click()
    lead.says("Your report is being prepared")
    lead.over()
    work()
    lead.page.get_by_role("button", name="Download as PDF").wait_for()
    lead.says("How this was counted")
    lead.over()
    lead.go(failed.get_absolute_url())
    lead.over()
    assert Report.objects.filter(made_at__isnull=False).count() == 1
