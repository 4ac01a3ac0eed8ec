"""Used in a decision (users.md decision 3): recorded once, confirmed by the host by link, read by nobody else."""

from __future__ import annotations

import datetime
import re
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from embedded.audit.models import Event
from embedded.post.models import Letter
from programmes.models import UseInDecision
from tests.world import World

TODAY = timezone.localdate()


def typed(**fields: Any) -> dict[str, Any]:
    values = {
        "form_key": str(uuid4()),
        "what": "Falls briefing",
        "outcome": "used",
        "decision": "Open the clinic on Saturdays",
        "decided_by": "Operations board",
        "decided_on_day": TODAY.day,
        "decided_on_month": TODAY.month,
        "decided_on_year": TODAY.year,
    }
    return values | fields


def record(world: World, **fields: Any) -> UseInDecision:
    world.client("researcher").post(world.url("uses/new/"), typed(**fields))
    return UseInDecision.objects.get()


def link_in_letter() -> str:
    found = re.search(r"http://[^/]+(/confirm/\S+)", Letter.objects.latest("pk").text)
    assert found
    return found.group(1)


@pytest.mark.parametrize("outcome", ["used", "considered_not_used"])
def test_a_use_is_recorded_with_what_which_who_when_and_where(world: World, outcome: str) -> None:
    use = record(world, outcome=outcome, written_where="Minutes, item 4")
    page = world.client("programme_lead").get(world.url(f"uses/{use.pk}/")).content.decode()
    for words in ("Falls briefing", "Open the clinic on Saturdays", "Operations board", "Minutes, item 4"):
        assert words in page
    assert use.outcome == outcome
    assert Event.objects.filter(deed="use.recorded").count() == 1


def test_pressed_twice_is_one_use(world: World) -> None:
    client, same = world.client("researcher"), typed()
    for _ in range(2):
        client.post(world.url("uses/new/"), same)
    assert UseInDecision.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "instruction"),
    [
        ({"what": ""}, "Enter what was used"),
        ({"outcome": ""}, "Select whether it was used"),
        ({"decision": ""}, "Enter which decision it was"),
        ({"decided_by": ""}, "Enter who made the decision"),
        ({"decided_on_year": ""}, "must include a year"),
        ({"confirm_by": "nobody"}, "Enter an email address in the correct format"),
    ],
)
def test_what_is_missing_is_asked_for(world: World, fields: dict[str, str], instruction: str) -> None:
    page = world.client("researcher").post(world.url("uses/new/"), typed(**fields)).content.decode()
    assert instruction in page
    assert not UseInDecision.objects.exists()


def test_a_decision_of_tomorrow_is_refused(world: World) -> None:
    day = TODAY + datetime.timedelta(days=1)
    tomorrow = typed(decided_on_day=day.day, decided_on_month=day.month, decided_on_year=day.year)
    world.client("researcher").post(world.url("uses/new/"), tomorrow)
    assert not UseInDecision.objects.exists()


def test_the_host_confirms_by_link_with_one_press_and_no_account(world: World) -> None:
    use = record(world, confirm_by="chair@trust.example")
    stranger, link = Client(), link_in_letter()
    for _ in range(3):
        assert "Is this how it was?" in stranger.get(link).content.decode()
    use.refresh_from_db()
    assert use.confirmed_at is None
    page = stranger.post(link, {"name": "Priya Shah", "form_key": str(uuid4())}).content.decode()
    assert "Confirmed by Priya Shah" in page
    stranger.post(link, {"name": "Somebody Else", "form_key": str(uuid4())})
    use.refresh_from_db()
    assert use.confirmed_by_name == "Priya Shah"


def test_without_a_name_the_address_that_was_asked_confirms(world: World) -> None:
    use = record(world, confirm_by="chair@trust.example")
    page = Client().post(link_in_letter(), {"name": "", "form_key": str(uuid4())}).content.decode()
    assert "Confirmed by chair@trust.example" in page
    use.refresh_from_db()
    assert use.confirmed_by_name == "chair@trust.example"


def test_asking_again_ends_the_older_link(world: World) -> None:
    use = record(world, confirm_by="chair@trust.example")
    old = link_in_letter()
    again = {"email": "deputy@trust.example", "form_key": str(uuid4())}
    world.client("researcher").post(world.url(f"uses/{use.pk}/"), again)
    assert Client().get(old).status_code == 410
    assert Client().get(link_in_letter()).status_code == 200


@pytest.mark.parametrize("token", ["k1_nonsense", "x", "k1_" + "A" * 43])
def test_a_link_that_never_existed_says_the_same_as_an_old_one(world: World, token: str) -> None:
    answer = Client().get(f"/confirm/{token}/")
    assert answer.status_code == 410
    assert "This link does not work any more" in answer.content.decode()


@pytest.mark.parametrize(
    ("role", "status"), [("academic_supervisor", 403), ("hr", 403), ("host_manager", 200)]
)
def test_who_may_record(world: World, role: str, status: int) -> None:
    assert world.client(role).get(world.url("uses/new/")).status_code == status


def test_another_programme_sees_nothing(world: World, other_world: World) -> None:
    use = record(world)
    client = other_world.client("programme_lead")
    assert client.get(world.url("uses/")).status_code == 404
    assert client.get(other_world.url(f"uses/{use.pk}/")).status_code == 404
