"""What tests of planning together send and save."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from programmes.models import PlanVisit, Residency
from programmes.planning import actions
from programmes.planning.actions import Somebody, VisitWords
from tests.registration.filled import TODAY, boxes, key
from tests.world import World

ALL = (
    Somebody("Priya Nair", "host_manager"),
    Somebody("Rae Searcher", "researcher"),
    Somebody("Maureen Tilley", "public"),
    Somebody("Jay Whitlock", "public"),
)


def typed(**fields: Any) -> dict[str, Any]:
    """The screen as whoever writes sends it: one person, two answers, one position."""
    values = {
        "form_key": key(),
        "version": "0",
        "rows": "2",
        "name_0": "Priya Nair",
        "part_0": "host_manager",
        "outcomes": "Fewer people come back after a fall",
        "outcomes_position": "nearer_one",
        "skills": "Listening",
    }
    return values | boxes("on", TODAY) | fields


def sat_together(
    world: World, residency: Residency | None = None, there: Any = ALL, version: int = 0, **answers: Any
) -> PlanVisit:
    """One visit through the real deed."""
    said = answers or {"outcomes": ("Fewer people come back", "nearer_one"), "skills": ("Listening", "")}
    return actions.save_visit(
        residency=residency or world.residency,
        visit=VisitWords(on=TODAY, there=there, answers=said),
        version=version,
        by=world.people["researcher"],
        at=timezone.now(),
    )
