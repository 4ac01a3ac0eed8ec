"""The monthly three questions: sealed, for oneself; "stuck" opens what may help and whom to ring; shared on a press."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from embedded.audit.models import Event
from embedded.vault import Sealer
from programmes.models import MonthlyPulse
from programmes.reflection.actions import answer_pulse
from programmes.reflection.strategies import CHALLENGES
from tests.registration.filled import TODAY, key
from tests.world import World, client_of, join, make_person

MONTH = TODAY.replace(day=1)
ANSWERS = {"getting_in": "stuck", "line_of_work": "well", "academic": "so_so"}
OTHERS = ["programme_lead", "theme_lead", "host_manager", "exec_sponsor", "public_partner", "hr"]


def answered(world: World, month: datetime.date = MONTH, **fields: str) -> MonthlyPulse:
    by = world.people["researcher"]
    return answer_pulse(residency=world.residency, month=month, answers=ANSWERS | fields, version=0, by=by)


def page(world: World, who: str = "researcher", tail: str = f"{MONTH:%Y-%m}/") -> Any:
    return world.client(who).get(world.url(f"pulse/{tail}"))


def test_three_answers_are_saved_sealed(world: World) -> None:
    browser = world.client("researcher")
    answer = browser.post(world.url("pulse/"), {"form_key": key()} | ANSWERS, follow=True)
    pulse = MonthlyPulse.objects.get()
    assert (pulse.month, pulse.shared_on, pulse.getting_in) == (MONTH, None, "")
    assert b"stuck" not in bytes(pulse.answers)
    assert '"getting_in": "stuck"' in Sealer(world.people["researcher"]).open(pulse.answers)
    assert "Going well" in answer.content.decode()


def test_answers_of_the_same_month_take_the_place_of_the_first_ones(world: World) -> None:
    browser = world.client("researcher")
    for version, getting_in in enumerate(("stuck", "well")):
        typed = {"form_key": key(), "version": str(version)} | ANSWERS | {"getting_in": getting_in}
        browser.post(world.url("pulse/"), typed)
    assert MonthlyPulse.objects.count() == 1
    assert "Somebody to ring" not in page(world).content.decode()


@pytest.mark.parametrize("challenge", CHALLENGES, ids=lambda one: one.key)
def test_stuck_opens_the_strategies_of_its_challenge_and_a_person_to_ring(
    world: World, challenge: Any
) -> None:
    world.residency.navigator_name = "Nell Navigator"
    world.residency.save()
    supervisor = world.people["academic_supervisor"]
    supervisor.phone = "0191 498 0123"
    supervisor.save()
    answered(world, **dict.fromkeys(ANSWERS, "well") | {challenge.key: "stuck"})
    shown = page(world).content.decode()
    for one in CHALLENGES:
        assert (one.try_this[0] in shown) is (one == challenge)
    assert "Nell Navigator, your navigator" in shown
    assert 'href="tel:01914980123"' in shown


def test_whoever_is_named_and_has_an_account_can_be_rung(world: World) -> None:
    """The host manager is last: one may be stuck because of them."""
    manager, residency = world.people["host_manager"], world.residency
    manager.phone = "0191 498 0456"
    manager.save()
    residency.mentor_name, residency.host_manager_name = "Mo Mentor", str(manager)
    residency.save()
    answered(world)
    shown = page(world).content.decode()
    assert "Mo Mentor, your mentor</li>" in shown
    assert 'href="tel:01914980456"' in shown
    assert shown.index("Mo Mentor") < shown.index("academic supervisor") < shown.index(", host manager")


@pytest.mark.parametrize("who", [*OTHERS, "academic_supervisor"])
def test_nobody_else_reads_what_is_not_shared(world: World, who: str) -> None:
    answered(world)
    assert page(world, who).status_code == 403
    assert page(world, who, "").status_code == 403
    answer = page(world, who, "shared/")
    assert answer.status_code == (200 if who == "academic_supervisor" else 403)
    assert "Stuck" not in answer.content.decode()


def test_a_press_shares_it_with_the_academic_supervisors_alone_and_another_takes_it_back(
    world: World,
) -> None:
    answered(world)
    browser, address = world.client("researcher"), world.url(f"pulse/{MONTH:%Y-%m}/")
    browser.post(address, {"form_key": key(), "press": "share", "version": "1"})
    pulse = MonthlyPulse.objects.get()
    assert (pulse.shared_on, pulse.getting_in, pulse.academic) == (TODAY, "stuck", "so_so")
    assert "Stuck" in page(world, "academic_supervisor", "shared/").content.decode()
    assert Event.objects.filter(
        deed="pulse.read", who_id=str(world.people["academic_supervisor"].pk)
    ).exists()
    for who in OTHERS:
        assert page(world, who, "shared/").status_code == 403
    browser.post(address, {"form_key": key(), "press": "take_back"})
    pulse.refresh_from_db()
    assert (pulse.shared_on, pulse.getting_in) == (None, "")
    assert "Stuck" not in page(world, "academic_supervisor", "shared/").content.decode()


def test_answering_again_takes_back_what_was_shared(world: World) -> None:
    answered(world)
    browser = world.client("researcher")
    share = {"form_key": key(), "press": "share", "version": "1"}
    browser.post(world.url(f"pulse/{MONTH:%Y-%m}/"), share)
    assert MonthlyPulse.objects.get().shared_on == TODAY
    browser.post(world.url("pulse/"), {"form_key": key(), "version": "2"} | ANSWERS | {"academic": "well"})
    assert MonthlyPulse.objects.get().shared_on is None


def test_what_was_answered_in_another_window_is_not_shared_unseen(world: World) -> None:
    """P47: the page shows what is kept now, and shares it at the next press alone."""
    answered(world)
    browser, address = world.client("researcher"), world.url(f"pulse/{MONTH:%Y-%m}/")
    again = {"form_key": key(), "version": "1"} | ANSWERS | dict.fromkeys(ANSWERS, "stuck")
    browser.post(world.url("pulse/"), again)
    told = browser.post(address, {"form_key": key(), "press": "share", "version": "1"})
    assert told.status_code == 200 and "Changed since you opened it" in told.content.decode()
    assert MonthlyPulse.objects.get().shared_on is None
    browser.post(address, {"form_key": key(), "press": "share", "version": "2"})
    assert MonthlyPulse.objects.get().line_of_work == "stuck"


def test_a_supervisor_of_another_residency_and_a_second_researcher_read_nothing(
    world: World, other_world: World
) -> None:
    answered(world)
    second = make_person("Second Researcher")
    join(second, "researcher", world.programme, world.residency)
    assert client_of(second).get(world.url(f"pulse/{MONTH:%Y-%m}/")).status_code == 404
    elsewhere = other_world.client("academic_supervisor")
    assert elsewhere.get(world.url("pulse/shared/")).status_code == 404


@pytest.mark.parametrize("month", ["2026-13", "today", "0000-01", "2026-1-1", "99999-01"])
def test_what_is_no_month_is_not_found(world: World, month: str) -> None:
    assert page(world, tail=f"{month}/").status_code == 404
