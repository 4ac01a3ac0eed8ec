"""V-10: a plan made by the host, the researcher's side and two members of the public needs no condition."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from programmes.models import Residency
from programmes.planning import actions
from programmes.planning.actions import Somebody
from programmes.registration import missing
from tests.planning.table import ALL, sat_together
from tests.registration.test_decisions import make_sent
from tests.world import World

HOST, RESEARCHER, ONE, ANOTHER = ALL


@pytest.fixture
def sent(world: World) -> Residency:
    return make_sent(world)


def v10(residency: Residency) -> list[str]:
    return [lack.words for lack in missing.at_approval(residency) if lack.rule == "V-10"]


def test_v10_without_a_plan_stands_as_a_condition(sent: Residency) -> None:
    words = "Plan it together: the host, the researcher's side and at least two members of the public"
    assert v10(sent) == [words]


@pytest.mark.parametrize("researcher", [RESEARCHER, Somebody("Ada Academic", "academic")])
@pytest.mark.parametrize("host", [HOST, Somebody("Sister Ward", "host")])
def test_v10_is_met_by_all_sides(world: World, sent: Residency, host: Any, researcher: Any) -> None:
    sat_together(world, sent, there=[host, researcher, ONE, ANOTHER])
    assert v10(sent) == []
    page = world.client("programme_lead").get(f"/p/{sent.programme.slug}/r/{sent.code}/approval/")
    assert "Plan it together" not in page.content.decode()


@pytest.mark.parametrize(
    ("there", "words"),
    [
        ([RESEARCHER, ONE, ANOTHER], "Plan it together: the host"),
        ([HOST, ONE, ANOTHER], "Plan it together: the researcher's side"),
        ([HOST, RESEARCHER, ONE], "Plan it together: one more member of the public"),
        ([HOST, RESEARCHER, ONE, ONE], "Plan it together: one more member of the public"),
        ([HOST, RESEARCHER], "Plan it together: at least two members of the public"),
        ([ONE, ANOTHER], "Plan it together: the host and the researcher's side"),
    ],
)
def test_v10_names_who_is_missing(world: World, sent: Residency, there: Any, words: str) -> None:
    sat_together(world, sent, there=there)
    assert v10(sent) == [words]


def test_v10_counts_who_answered_on_their_own_and_not_who_was_only_asked(
    world: World, sent: Residency
) -> None:
    sat_together(world, sent, there=[HOST, RESEARCHER, ONE])
    by, at = world.people["researcher"], timezone.now()
    voice = actions.ask_partner(residency=sent, name="Jay Whitlock", offered="£12.50", by=by, at=at)
    assert v10(sent)
    answers = {"worries": ("The bus", "")}
    actions.type_in(voice=voice, how="telephone", answers=answers, version=1, by=by, at=at)
    assert v10(sent) == []


def test_v10_counts_all_visits_together(world: World, sent: Residency) -> None:
    sat_together(world, sent, there=[HOST, RESEARCHER])
    sat_together(world, sent, there=[ONE, ANOTHER], version=1)
    assert v10(sent) == []
