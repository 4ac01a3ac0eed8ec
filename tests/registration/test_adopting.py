"""What is running already comes in at its true stage, with its true dates; no gate applies (users.md decision 1)."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from django.test import Client

from embedded.audit.models import Event
from embedded.post.models import Letter
from programmes.adopting import STAGES
from programmes.models import AccessState, Residency, Stage
from tests.registration.filled import TODAY, boxes, chosen, key
from tests.world import World

BEGUN = TODAY - datetime.timedelta(days=300)
ENDS = TODAY + datetime.timedelta(days=400)


def adopt(client: Client, world: World, form_key: str = "", **fields: str) -> Any:
    typed = (
        {
            "form_key": form_key or key(),
            "title": "Discharge from hospital",
            "stage": "running",
            "researcher_name": "Rae Newcomer",
            "researcher_email": "rae@people.example",
            "days_a_week": "3",
        }
        | chosen("host", world.host)
        | chosen("academic_home", world.university)
        | boxes("start", BEGUN)
        | boxes("end", ENDS)
    )
    return client.post(f"/p/{world.programme.slug}/adopt/", typed | fields)


def adopted() -> Residency:
    return Residency.objects.get(title="Discharge from hospital")


def test_adopting_keeps_the_true_dates_and_places_the_person(world: World) -> None:
    response = adopt(world.client("programme_lead"), world)
    residency = adopted()
    assert response["Location"] == residency.get_absolute_url()
    assert (residency.stage, residency.started_on, residency.planned_end) == (Stage.ACTIVE, BEGUN, ENDS)
    assert (residency.adopted_on, residency.lead_host) == (TODAY, world.host)
    placement = residency.placements.get()
    assert (placement.wte, placement.start, placement.end) == (Decimal("0.60"), BEGUN, ENDS)
    assert placement.employer == world.university and placement.person.display_name == "Rae Newcomer"
    assert placement.access_items.count() <= 6
    assert residency.memberships.get().accepted_at is None
    assert Letter.objects.get().to == "rae@people.example"
    assert Event.objects.filter(deed="residency.adopted").count() == 1


@pytest.mark.parametrize(("word", "stage"), list(STAGES.items()))
def test_adopting_finds_each_plain_word_its_stage(world: World, word: str, stage: Stage) -> None:
    end = BEGUN + datetime.timedelta(days=100) if word == "ended" else ENDS
    adopt(world.client("programme_lead"), world, stage=word, **boxes("end", end))
    residency = adopted()
    assert residency.stage == stage
    assert residency.started_on == (None if word == "being set up" else BEGUN)
    assert residency.ended_on == (end if word == "ended" else None)
    rows = list(residency.stage_changes.values_list("from_stage", "to_stage", "on"))
    assert rows[-1][1] == stage
    assert all(later[0] == earlier[1] for earlier, later in pairwise(rows))


def test_adopting_records_earlier_steps_with_where_they_are_kept(world: World) -> None:
    approved, agreed = BEGUN - datetime.timedelta(days=90), BEGUN - datetime.timedelta(days=30)
    adopt(
        world.client("programme_lead"),
        world,
        approved_kept_at="Board minutes",
        agreement_kept_at="Contracts office",
        **boxes("approved_on", approved),
        **boxes("agreement_on", agreed),
    )
    residency = adopted()
    first = residency.stage_changes.first()
    assert first is not None and (first.to_stage, first.on, first.kept_at) == (
        Stage.APPROVED,
        approved,
        "Board minutes",
    )
    agreement = residency.agreements.get()
    assert (agreement.signed_on, agreement.kept_at) == (agreed, "Contracts office")


@pytest.mark.parametrize(
    ("fields", "instruction"),
    [
        (boxes("start", TODAY + datetime.timedelta(days=1)), "Start date must be today or in the past"),
        (boxes("end", BEGUN), "End date must be after the start date"),
        ({"stage": "ended"}, "End date must be today or in the past"),
        ({"stage": "flying"}, "Select how it stands"),
        ({"title": ""}, "Enter a title"),
        ({"researcher_email": "rae"}, "Enter an email address in the correct format"),
        ({"approved_kept_at": "Board minutes"}, "Enter the day it was approved"),
        (boxes("agreement_on", BEGUN), "Enter where the agreement is kept"),
        (boxes("approved_on", TODAY + datetime.timedelta(days=1)), "must be today or in the past"),
    ],
)
def test_adopting_says_what_to_put_right_and_keeps_the_rest(
    world: World, fields: dict[str, str], instruction: str
) -> None:
    page = adopt(world.client("programme_lead"), world, **fields).content.decode()
    assert instruction in page and "<title>Error: " in page and 'value="Rae Newcomer"' in page
    assert not Residency.objects.filter(title="Discharge from hospital").exists()


def test_adopting_today_is_today_or_in_the_past(world: World) -> None:
    adopt(world.client("programme_lead"), world, **boxes("start", TODAY))
    assert adopted().started_on == TODAY


def test_adopting_pressed_twice_is_one(world: World) -> None:
    lead, same = world.client("programme_lead"), key()
    for _ in range(2):
        adopt(lead, world, form_key=same)
    assert adopted() and Letter.objects.count() == 1


def test_adopting_another_comes_back_to_the_empty_form(world: World) -> None:
    response = adopt(world.client("programme_lead"), world, another="yes")
    assert response["Location"] == f"/p/{world.programme.slug}/adopt/"


@pytest.mark.parametrize("age", [0, 59])
def test_adopted_shows_what_is_not_entered_as_not_recorded_yet_for_sixty_days(world: World, age: int) -> None:
    lead = world.client("programme_lead")
    adopt(lead, world)
    Residency.objects.filter(pk=adopted().pk).update(adopted_on=TODAY - datetime.timedelta(days=age))
    page = lead.get(f"/p/{world.programme.slug}/r/{adopted().code}/registration/").content.decode()
    assert "Not recorded yet" in page and "Not provided" not in page
    access = lead.get(f"/p/{world.programme.slug}/r/{adopted().code}/access/").content.decode()
    assert "Not recorded yet" in access
    assert (
        "nhsuk-tag--red" not in access
        and "overdue" not in access
        and "No permission to be on site" not in access
    )


def test_adopted_shows_what_is_missing_after_sixty_days(world: World) -> None:
    lead = world.client("programme_lead")
    adopt(lead, world)
    Residency.objects.filter(pk=adopted().pk).update(adopted_on=TODAY - datetime.timedelta(days=60))
    page = lead.get(f"/p/{world.programme.slug}/r/{adopted().code}/registration/").content.decode()
    assert "Not provided" in page and "Not recorded yet" not in page
    access = lead.get(f"/p/{world.programme.slug}/r/{adopted().code}/access/").content.decode()
    assert "No permission to be on site yet" in access and "overdue" in access
    assert adopted().placements.get().access_items.filter(state=AccessState.REQUIRED).exists()


@pytest.mark.parametrize("role", ["host_manager", "rd_office", "researcher", "funder"])
def test_adopting_is_refused_to_those_who_do_not_lead(world: World, role: str) -> None:
    assert world.client(role).get(f"/p/{world.programme.slug}/adopt/").status_code == 403


def test_adopting_by_the_lead_of_a_theme_is_for_the_theme(world: World) -> None:
    adopt(world.client("theme_lead"), world)
    assert adopted().theme == world.programme.themes.get()


def test_adopting_of_a_stranger_is_not_found(world: World, other_world: World) -> None:
    assert other_world.client("programme_lead").get(f"/p/{world.programme.slug}/adopt/").status_code == 404


def test_adopting_asks_in_the_programme_s_own_words(world: World) -> None:
    world.programme.residency_word, world.programme.researcher_word = "fellowship", "fellow"
    world.programme.save()
    page = world.client("programme_lead").get(f"/p/{world.programme.slug}/adopt/").content.decode()
    assert "Bring in a fellowship that is already running" in page and "Name of the fellow" in page
    assert not re.search(r"\bresidency\b", re.sub(r"<header.*?</header>", "", page, flags=re.S).lower())
