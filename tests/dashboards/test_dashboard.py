"""Monday's page: its order, its ten lines, where each leads, and what it never shows."""

from __future__ import annotations

import datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from programmes.measures.engagement import PLAIN_KINDS
from programmes.models import Activity, ProgrammeVisit, Report, StageChange
from tests.dashboards.pages import address, busy_residency, days, headings, links, page_of, part
from tests.world import World, client_of, make_person


def test_dashboard_keeps_the_order_of_decision_11(world: World) -> None:
    busy_residency(world)
    assert headings(page_of(world)) == [
        "Needs attention",
        "What changed in the last 28 days",
        "Used in decisions",
        "Dates ahead",
        "In numbers",
        "What the time went into",
    ]


def test_every_line_that_needs_attention_opens_where_it_is_put_right(world: World) -> None:
    busy_residency(world)
    client = world.client("programme_lead")
    found = links(part(page_of(world), "attention"))
    assert len(found) >= 7
    for link in found:
        assert client.get(link).status_code == 200, link
