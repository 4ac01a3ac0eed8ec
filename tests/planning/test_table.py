"""Planning together at one table (users.md decision 6): ten plain questions, none compulsory, versions and movement."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.test import Client

from embedded.audit.models import Event
from programmes.models import Plan, PlanAnswer, PlanPresence, PlanTheme, PlanVisit
from programmes.planning.themes import ENDS, position_choices
from tests.planning.table import sat_together, typed
from tests.registration.filled import TODAY, boxes
from tests.world import World


def save(world: World, **fields: Any) -> Any:
    return world.client("researcher").post(world.url("planning/table/"), typed(**fields))


def page_of(world: World, tail: str, role: str = "researcher") -> str:
    answer = world.client(role).get(world.url(tail))
    assert answer.status_code == 200
    return answer.content.decode()


def test_one_screen_asks_all_ten_questions_and_none_is_compulsory(world: World) -> None:
    page = page_of(world, "planning/table/")
    assert all(str(theme.label) in page for theme in PlanTheme) and len(PlanTheme) == 10
    assert save(world, outcomes="", outcomes_position="").status_code == 302
    assert list(PlanAnswer.objects.values_list("theme", "words")) == [("skills", "Listening")]


def test_a_position_is_words_and_never_points() -> None:
    for theme in ENDS:
        words = " ".join(text for _, text in position_choices(theme))
        assert not any(sign.isdigit() for sign in words) and len(position_choices(theme)) == 6


def test_saved_is_a_version_with_its_day_who_was_there_and_who_typed(world: World) -> None:
    save(world, name_1="Maureen Tilley", part_1="public")
    visit = PlanVisit.objects.get()
    assert (visit.number, visit.on, visit.typed_by) == (1, TODAY, world.people["researcher"])
    assert set(PlanPresence.objects.values_list("name", "part")) == {
        ("Priya Nair", "host_manager"),
        ("Maureen Tilley", "public"),
    }
    page = page_of(world, "planning/", "programme_lead")
    for words in (
        "Fewer people come back after a fall",
        "Mostly what helps here",
        "Maureen Tilley (member of",
    ):
        assert words in page


def test_names_that_are_known_need_no_typing(world: World) -> None:
    world.residency.host_manager_name = "Mary Manager"
    world.residency.save()
    assert "Mary Manager, host manager" in page_of(world, "planning/table/")
    save(world, name_0="", part_0="", there=["host_manager:Mary Manager"])
    assert PlanPresence.objects.get().name == "Mary Manager"


@pytest.mark.parametrize(
    ("fields", "instruction"),
    [
        ({"name_0": "", "part_0": ""}, "Say who is at the table"),
        ({"part_0": ""}, "Select their part"),
        ({"name_0": ""}, "Enter the name"),
        (boxes("on", TODAY + datetime.timedelta(days=1)), "must be today or in the past"),
        ({"skills": "x" * 3001}, "must be 3,000 characters or fewer"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    world: World, fields: dict[str, Any], instruction: str
) -> None:
    page = save(world, learning="Look again in May", **fields).content.decode()
    assert instruction in page and "Look again in May" in page
    assert not Plan.objects.exists()


def test_a_visit_without_an_answer_is_not_saved(world: World) -> None:
    page = save(world, outcomes="", outcomes_position="", skills="").content.decode()
    assert "Answer at least one question" in page and not Plan.objects.exists()


def test_another_person_is_added_without_a_script_and_nothing_typed_is_lost(world: World) -> None:
    page = save(world, add="yes").content.decode()
    assert 'name="name_2"' in page and "Priya Nair" in page and "Listening" in page
    assert "There is a problem" not in page and not Plan.objects.exists()


def test_a_later_visit_asks_only_what_has_changed_and_shows_what_was_said(world: World) -> None:
    sat_together(world)
    page = page_of(world, "planning/table/")
    assert page.count("What has changed?</label>") == 2  # the two themes that were answered
    assert "Fewer people come back" in page
    save(world, version="1", outcomes="", skills="Now statistics too", outcomes_position="nearer_one")
    assert list(PlanVisit.objects.get(number=2).answers.values_list("theme", "words")) == [
        ("skills", "Now statistics too")
    ]


def test_a_visit_at_which_nothing_changed_is_not_saved(world: World) -> None:
    sat_together(world)
    page = save(world, version="1", outcomes="", skills="").content.decode()
    assert "Write down at least one change" in page and PlanVisit.objects.count() == 1


def test_a_visit_is_not_before_the_one_that_it_follows(world: World) -> None:
    sat_together(world)
    early = boxes("on", TODAY - datetime.timedelta(days=1))
    assert "must be the same as or after" in save(world, version="1", **early).content.decode()
    assert save(world, version="1", **boxes("on", TODAY)).status_code == 302


def test_movement_is_a_sentence_and_a_table_theme_by_theme(world: World) -> None:
    sat_together(world)
    sat_together(world, version=1, outcomes=("Others ask for it", "other_end"))
    page = page_of(world, "planning/movement/")
    assert "Moved from “Mostly what helps here”" in page and "to “What others can use too”" in page
    assert "Nothing has changed since" in page and "Nothing has been said on this yet." in page
    assert page.count("<table") == 2  # the theme that moved, and the visits


def test_p47_the_second_of_two_sees_both_texts_and_may_save_hers(world: World) -> None:
    sat_together(world)
    late = save(world, version="0", outcomes="What I typed meanwhile")
    page = late.content.decode()
    assert "This has changed since you opened it" in page
    assert "What I typed meanwhile" in page and "Fewer people come back" in page
    assert PlanVisit.objects.count() == 1
    assert save(world, version="1", outcomes="What I typed meanwhile").status_code == 302
    assert PlanVisit.objects.get(number=2).answers.get(theme="outcomes").words == "What I typed meanwhile"


def test_pressed_twice_is_one_version(world: World) -> None:
    client, same = world.client("researcher"), typed()
    for _ in range(2):
        assert client.post(world.url("planning/table/"), same).status_code == 302
    assert PlanVisit.objects.count() == 1


@pytest.mark.parametrize(
    ("role", "reads", "writes"),
    [
        ("host_manager", 200, 200),
        ("academic_supervisor", 200, 200),
        ("public_partner", 200, 403),
        ("exec_sponsor", 200, 403),
        ("hr", 403, 403),
        ("funder", 404, 404),
    ],
)
def test_who_reads_and_who_writes(world: World, role: str, reads: int, writes: int) -> None:
    client: Client = world.client(role)
    assert client.get(world.url("planning/")).status_code == reads
    assert client.get(world.url("planning/movement/")).status_code == reads
    assert client.get(world.url("planning/table/")).status_code == writes


def test_what_is_over_is_read_and_not_added_to(world: World) -> None:
    sat_together(world)
    world.residency.stage = "ended"
    world.residency.save()
    client = world.client("researcher")
    assert "Fewer people come back" in client.get(world.url("planning/")).content.decode()
    for tail in ("planning/table/", "planning/ask/", "planning/apart/"):
        assert client.get(world.url(tail)).status_code == 302
        assert client.post(world.url(tail), typed(version="1")).status_code == 302
    assert PlanVisit.objects.count() == 1


def test_the_event_holds_no_words(world: World) -> None:
    save(world, outcomes="quokka")
    event = Event.objects.get(deed="plan.saved")
    assert event.details["themes"] == ["outcomes", "skills"] and event.details["people"] == 1
    assert "quokka" not in str(vars(event)) and "Priya" not in str(event.details)
