"""What is running already comes in at its true stage, with its true dates; no gate applies (users.md decision 1)."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from django.test import Client

from embedded.accounts.models import Person
from embedded.audit.models import Event
from embedded.post.models import Letter
from programmes.adopting import STAGES
from programmes.lifecycle import take_step
from programmes.measures.period import add_months
from programmes.models import AccessState, Residency, Stage
from tests.registration.filled import TODAY, boxes, chosen, key
from tests.world import World, make_organisation

BEGUN = TODAY - datetime.timedelta(days=300)
ENDS = TODAY + datetime.timedelta(days=400)
AGAIN = TODAY + datetime.timedelta(days=90)
TOMORROW = TODAY + datetime.timedelta(days=1)


def adopt(client: Client, world: World, form_key: str = "", **fields: Any) -> Any:
    typed: dict[str, Any] = (
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
    paused = {"why_paused": "The ward moves", **boxes("look_again_on", AGAIN)} if word == "paused" else {}
    adopt(world.client("programme_lead"), world, stage=word, **boxes("end", end), **paused)
    residency = adopted()
    assert residency.stage == stage
    assert residency.started_on == (None if word == "being set up" else BEGUN)
    assert residency.ended_on == (end if word == "ended" else None)
    if word == "ended":  # looking back is next from the day on which it was due, passed or not
        assert residency.review_on == add_months(end, 6)
        page = world.client("programme_lead").get(residency.get_absolute_url()).content.decode()
        assert "Brought in after it had ended." in page and "Look back: what lasted?" in page
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
        (boxes("end", None), "Enter the end date, or below it the day to look at it again"),
        ({"stage": "ended"} | boxes("end", None), "Enter the date it ended"),
        (boxes("look_again_on", TODAY), "Day to look at it again must be the same as or after"),
        ({"stage": "paused"} | boxes("look_again_on", TOMORROW), "Enter why it is paused"),
        ({"stage": "paused", "why_paused": "The ward moves"}, "Enter the day to look at it again"),
        ({"agreement_covers": "data"}, "Enter the day the agreement was signed"),
        ({"permission_reference": "LoA 7"}, "Select which permission it is"),
        ({"permission": "letter_of_access", "permission_reference": "7"}, "Enter the day it was issued"),
        ({"permission": "letter_of_access"} | boxes("permission_issued_on", BEGUN), "Enter its reference"),
        (
            {"permission": "honorary_contract", "permission_reference": "7"}
            | boxes("permission_issued_on", BEGUN)
            | boxes("permission_until", BEGUN),
            "Last day of the permission must be after the day it was issued",
        ),
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
    assert "To be confirmed" in access
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


def test_adopting_in_full_keeps_all_that_registration_knows(world: World) -> None:
    """Several hosts, theme, own reference, role, agreement covers, manager and supervisors, a permission (V-30)."""
    second, theme = make_organisation("Another Trust"), world.programme.themes.get()
    typed: dict[str, Any] = {
        "rows": "2",
        "theme": str(theme.pk),
        "own_reference": "EDGE 7",
        "researcher_role": "Anthropologist",
        "host_manager_name": "Priya Nair",
        "host_manager_email": "priya@trust.example",
        "host_supervisor_name": "Amal Reid",
        "academic_supervisor_name": "Ada Ford",
        "academic_supervisor_email": "ada@university.example",
        "agreement_kept_at": "Contracts office",
        "agreement_covers": ["supervision", "data"],
        "permission": "letter_of_access",
        "permission_reference": "LoA 117",
    }
    typed |= boxes("agreement_on", BEGUN) | boxes("permission_issued_on", BEGUN)
    typed |= boxes("permission_until", ENDS) | chosen("further_0", second) | chosen("further_1", world.host)
    adopt(world.client("programme_lead"), world, **typed)
    residency = adopted()
    assert (residency.hosts, residency.theme) == ([world.host, second], theme)
    assert residency.organisations.get(part="lead_host").own_reference == "EDGE 7"
    assert residency.agreements.get().covers == ["supervision", "data"]
    assert (residency.host_manager_name, residency.host_manager_email) == (
        "Priya Nair",
        "priya@trust.example",
    )
    assert (residency.host_supervisor_name, residency.academic_supervisor_email) == (
        "Amal Reid",
        "ada@university.example",
    )
    post = residency.placements.get()
    item = post.access_items.get(host=world.host, kind="letter_of_access")
    assert (item.state, item.issuer, item.reference) == ("in_place", world.host.display_name, "LoA 117")
    assert (post.role, item.issued_on, item.expires_on) == ("Anthropologist", BEGUN, ENDS)
    page = world.client("programme_lead").get(residency.get_absolute_url()).content.decode()
    for words in ("Another Trust", "Priya Nair", "Amal Reid", "Ada Ford", "Anthropologist"):
        assert words in page, words


def test_adopting_without_an_address_gives_a_link_to_copy(world: World) -> None:
    adopt(world.client("programme_lead"), world, researcher_email="")
    assert adopted().memberships.get().invitations.get().email == "" and not Letter.objects.exists()


def test_adopting_adds_a_host_without_losing_what_was_typed(world: World) -> None:
    page = adopt(world.client("programme_lead"), world, add="yes", rows="1", **boxes("end", None))
    shown = page.content.decode()
    assert 'name="further_1"' in shown and 'name="further_2"' not in shown and "<title>Error" not in shown
    assert 'value="Discharge from hospital"' in shown and f'value="{world.host.display_name}"' in shown
    assert not Residency.objects.filter(title="Discharge from hospital").exists()


def test_v4_adopting_host_and_home_at_once_only_both_ways(world: World) -> None:
    lead, same = world.client("programme_lead"), chosen("academic_home", world.host)
    assert "is a host too" in adopt(lead, world, **same).content.decode()
    adopt(lead, world, direction="two_way", **same)
    assert adopted().academic_homes == adopted().hosts == [world.host]


def test_adopting_without_an_agreed_end_asks_when_to_look_again(world: World) -> None:
    """domain.md §3.4: open-ended needs its review. It says so everywhere, and lists nobody as a leaver."""
    lead = world.client("programme_lead")
    adopt(lead, world, **boxes("end", None), **boxes("look_again_on", TOMORROW))
    residency = adopted()
    assert (residency.planned_end, residency.review_on) == (None, TOMORROW)
    assert residency.placements.get().end is None
    again = f"{TOMORROW.day} {TOMORROW:%B %Y}"
    for address in ("", "course/", "brief/"):
        assert again in lead.get(f"{residency.get_absolute_url()}{address}").content.decode(), address
    assert "Agree when it ends" in lead.get(f"{residency.get_absolute_url()}course/").content.decode()
    listed = lead.get(f"/p/{world.programme.slug}/residencies/").content.decode()
    assert f"No end agreed. To be looked at again on {again}" in listed
    assert Person.objects.filter(display_name="Rae Newcomer").exists()
    leavers = lead.get("/on-site/").content.decode().partition("Leavers")[2]
    assert "Rae Newcomer" not in leavers


def test_v18_an_open_end_is_agreed_or_looked_at_again(world: World) -> None:
    lead = world.client("programme_lead")
    adopt(lead, world, **boxes("end", None), **boxes("look_again_on", TOMORROW))
    address = f"{adopted().get_absolute_url()}step/extend/"
    nothing = lead.post(address, {"form_key": key(), "approved_by": "Me"}).content.decode()
    assert "Enter the end date, or the day to look at it again" in nothing
    assert (
        "Enter how it was agreed"
        in lead.post(address, {"form_key": key()} | boxes("new_end", ENDS)).content.decode()
    )
    lead.post(address, {"form_key": key()} | boxes("look_again_on", AGAIN))
    assert (adopted().planned_end, adopted().review_on) == (None, AGAIN)
    lead.post(address, {"form_key": key(), "why": "The board agreed"} | boxes("new_end", ENDS))
    assert (adopted().planned_end, adopted().review_on) == (ENDS, None)
    assert adopted().placements.get().end == ENDS
    told = lead.get(f"{adopted().get_absolute_url()}history/").content.decode()
    assert "recorded that it ends on" in told and "the day to look at it again from" in told


def test_an_open_end_is_still_looked_at_after_a_pause(world: World) -> None:
    person = world.people["programme_lead"]
    typed = {"stage": "paused", "why_paused": "The ward moves"} | boxes("look_again_on", AGAIN)
    adopt(world.client("programme_lead"), world, **typed, **boxes("end", None))
    paused = adopted().stage_changes.last()
    assert paused is not None and (paused.why, paused.review_on) == ("The ward moves", AGAIN)
    take_step(adopted(), "resume", by=person, on=TODAY)
    assert adopted().review_on == AGAIN
    Residency.objects.filter(pk=adopted().pk).update(planned_end=ENDS)
    take_step(adopted(), "pause", by=person, on=TODAY, why="Again", review_on=AGAIN)
    take_step(adopted(), "resume", by=person, on=TODAY)
    assert adopted().review_on is None
