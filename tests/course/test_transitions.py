"""Every step of a life × every stage × every role, against a table; rules V-10 to V-18; 200 racing steps."""

from __future__ import annotations

import datetime
import itertools
import random
import threading
from collections.abc import Callable
from typing import Any, Final

import pytest
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from embedded.accounts.models import Person
from embedded.drafts import Changed
from programmes import posts
from programmes.course.corrections import correct
from programmes.lifecycle import STAGE_WORDS, STEPS, StepRefused, move_end, stage_word, steps_from, take_step
from programmes.models import Placement, Residency, Role, Stage, StageChange
from programmes.onboarding.actions import start
from programmes.registration import steps
from tests.registration.filled import TODAY, boxes, key
from tests.workers import at_once
from tests.world import World, join, make_person, make_residency, make_world

DAY = datetime.timedelta(days=1)

# Where each step leads from each stage that it may be taken from; whatever is not here is refused.
LEADS: Final[dict[str, dict[str, str]]] = {
    "submit": {"idea": "scoping"},
    "approve": {"scoping": "approved"},
    "return": {"scoping": "idea"},
    "decline": {"scoping": "declined"},
    "recruit": {"approved": "recruiting"},
    "appoint": {"approved": "onboarding", "recruiting": "onboarding"},
    "start": {"onboarding": "active"},
    "pause": {"active": "paused"},
    "resume": {"paused": "active"},
    "begin_ending": {"active": "closing", "paused": "closing"},
    "end": {"closing": "ended"},
    "look_back": {"ended": "legacy"},
    "stop_early": dict.fromkeys(("active", "paused", "closing"), "terminated_early"),
    "withdraw": dict.fromkeys(("idea", "scoping", "approved", "recruiting", "onboarding"), "withdrawn"),
}
LEGAL: Final = {(before, after) for leads in LEADS.values() for before, after in leads.items()}
OWE_A_REASON: Final = {"return", "decline", "pause", "stop_early", "withdraw"}
EARLY: Final = {"stop_early": "funding_ended"}  # why it is over, of nine reasons

_DECIDE: Final = {"programme_lead", "theme_lead"}
_LEAD: Final = _DECIDE | {"programme_officer"}
_SET_UP: Final = _LEAD | {"host_manager"}
# Who takes each step, by role; everybody else who may see the residency is refused, and a funder finds nothing.
MAY: Final[dict[str, set[str]]] = {
    "submit": _SET_UP,
    "approve": _DECIDE,
    "return": _DECIDE,
    "decline": _DECIDE,
    "recruit": _SET_UP,
    "appoint": _SET_UP,
    "start": _SET_UP,
    "pause": _LEAD,
    "resume": _LEAD,
    "begin_ending": _LEAD,
    "end": _LEAD,
    "look_back": _LEAD,
    "stop_early": _LEAD,
    "withdraw": _SET_UP,
    "extend": _LEAD,
}
FIRST: Final = {name: next(iter(leads)) for name, leads in LEADS.items()} | {"extend": "active"}
# steps that have a page of their own
PAGES: Final = {
    "submit": "registration/check/",
    "approve": "approval/",
    "return": "approval/",
    "decline": "approval/",
    "appoint": "appoint/",
    "start": "start/",
}


def placed(residency: Residency) -> Residency:
    Placement.objects.create(residency=residency, person=make_person(), wte="0.50", start=TODAY - DAY)
    return residency


@pytest.mark.parametrize("name", STEPS)
def test_step_leads_from_every_stage_as_the_table_says(world: World, name: str) -> None:
    assert STEPS.keys() == LEADS.keys()
    by = world.people["programme_lead"]
    for stage in Stage.values:
        residency, led = placed(make_residency(world.programme, world.host, stage)), LEADS[name].get(stage)
        if led is None:
            with pytest.raises(StepRefused, match="Open it again"):
                take_step(residency, name, by=by, on=TODAY, why="Because", ended_reason=EARLY.get(name, ""))
            assert not residency.stage_changes.exists()
        else:
            reason = EARLY.get(name, "")
            change = take_step(residency, name, by=by, on=TODAY, why="Because", ended_reason=reason)
            assert (change.from_stage, change.to_stage) == (stage, led)
        residency.refresh_from_db()
        assert residency.stage == (led or stage)
        assert (name in {step.name for step in steps_from(stage)}) == (led is not None)


@pytest.mark.parametrize("name", STEPS)
def test_step_asks_a_reason_where_one_is_owed_and_nowhere_else(world: World, name: str) -> None:
    """users.md decision 2: return, pause, override, early end and extension; giving it up owes one too."""
    assert STEPS[name].asks_why == (name in OWE_A_REASON)
    residency = placed(make_residency(world.programme, world.host, FIRST[name]))
    by = world.people["programme_lead"]
    if name in OWE_A_REASON:
        with pytest.raises(StepRefused, match="Enter the reason"):
            take_step(residency, name, by=by, on=TODAY, why="  ")
    else:
        take_step(residency, name, by=by, on=TODAY)


@pytest.mark.parametrize("stage", Stage.values)
def test_every_stage_stands_behind_one_plain_word(stage: str) -> None:
    assert sum(stage in stages for stages in STAGE_WORDS.values()) == 1
    assert stage_word(stage) in {"being planned", "being set up", "running", "paused", "ending", "ended"}


@pytest.mark.parametrize("name", MAY)
def test_step_is_for_the_roles_of_the_table(world: World, name: str) -> None:
    """Each role looks at the page of the step and presses; who may not changes nothing."""
    residency = _reached_by_all(world, FIRST[name])
    address = f"/p/{world.programme.slug}/r/{residency.code}/{PAGES.get(name, f'step/{name}/')}"
    wrong = []
    for role in Role.values:
        browser = world.client(role)
        looked = browser.get(address).status_code
        expected = 200 if role in MAY[name] else 404 if role == Role.FUNDER else 403
        if looked != expected:
            wrong.append(f"{role} opens {name}: {looked}, expected {expected}")
        if name in PAGES:
            continue
        with transaction.atomic():
            status, moved = _press(browser, address, residency, name)
            transaction.set_rollback(True)
        if moved != (role in MAY[name]) or (status == 302) != moved:
            wrong.append(f"{role} presses {name}: {status}, moved: {moved}")
    assert wrong == []


def test_nobody_of_another_programme_finds_any_step(
    world: World, other_world: World, times: Callable[[int, int], int]
) -> None:
    wrong = []
    for role in Role.values[: times(1, len(Role.values))]:
        browser = other_world.client(role)
        for name in MAY:
            residency = world.residency
            Residency.objects.filter(pk=residency.pk).update(stage=FIRST[name])
            address = world.url(PAGES.get(name, f"step/{name}/"))
            status, moved = _press(browser, address, Residency.objects.get(pk=residency.pk), name)
            if (browser.get(address).status_code, status, moved) != (404, 404, False):
                wrong.append(f"{role} of another programme: {name}")
    assert wrong == []


def _reached_by_all(world: World, stage: str) -> Residency:
    residency = placed(make_residency(world.programme, world.host, stage, theme=world.residency.theme))
    for role in ("researcher", "academic_supervisor", "public_partner"):
        join(world.people[role], role, world.programme, residency)
    return residency


def _press(browser: Client, address: str, residency: Residency, name: str) -> tuple[int, bool]:
    typed = boxes("on", TODAY) | boxes("review_on", TODAY + DAY) | {"why": "Because", "form_key": key()}
    typed |= {"ended_reason": EARLY[name]} if name in EARLY else {}
    typed |= boxes("new_end", TODAY + 900 * DAY) | {"approved_by": "The board"}
    before = (residency.stage, residency.planned_end)
    status = browser.post(address, typed).status_code
    now = Residency.objects.get(pk=residency.pk)
    return status, (now.stage, now.planned_end) != before


# Rules of domain.md §3.4, as users.md decision 2 applies them. V-10 is planning's (tests/planning, tests/registration/
# test_decisions.py), V-11 the job description's; V-13 tests/onboarding; V-14 and the dates of V-12 test_posts.py;
# V-15 and V-16 test_telling.py and test_ending.py; V-18 here and tests/registration/test_steps.py.


@pytest.mark.parametrize("stage", ["approved", "recruiting"])
@pytest.mark.parametrize("someone", [True, False])
def test_v12_nobody_gets_ready_to_start_without_a_post(world: World, stage: str, someone: bool) -> None:
    residency = make_residency(world.programme, world.host, stage)
    by = world.people["programme_lead"]
    if someone:
        assert take_step(placed(residency), "appoint", by=by, on=TODAY).to_stage == "onboarding"
    else:
        with pytest.raises(StepRefused, match="Add the person and their dates first"):
            take_step(residency, "appoint", by=by, on=TODAY)


@pytest.mark.parametrize("name", ["approve", "recruit"])
def test_v10_v11_what_is_missing_stops_no_step(world: World, name: str) -> None:
    """Conditions take the place of the hard gates."""
    residency = make_residency(world.programme, world.host, FIRST[name])
    assert take_step(residency, name, by=world.people["programme_lead"], on=TODAY)


@pytest.mark.parametrize("may", [True, False])
def test_v13_a_missing_permission_in_law_asks_a_named_person(world: World, may: bool) -> None:
    residency = placed(make_residency(world.programme, world.host, "onboarding"))
    reasons = {residency.placements.get().pk: "The letter is in the post"}
    by = world.people["programme_lead"]
    if may:
        assert start(residency=residency, by=by, on=TODAY, reasons=reasons, may_override=True)
        assert residency.placements.get().start_override.by == by
    else:
        with pytest.raises(StepRefused, match="permission to be on site is missing"):
            start(residency=residency, by=by, on=TODAY, reasons=reasons, may_override=False)


@pytest.mark.parametrize("name", ["begin_ending", "end"])
def test_v15_v16_a_missing_plan_and_open_access_stop_no_step(world: World, name: str) -> None:
    residency = make_residency(world.programme, world.host, FIRST[name], exit_plan_on=None)
    assert take_step(residency, name, by=world.people["programme_lead"], on=TODAY)


@pytest.mark.parametrize("stage", Stage.values)
def test_v17_a_residency_is_withdrawn_until_it_starts_and_never_deleted(world: World, stage: str) -> None:
    residency = make_residency(world.programme, world.host, stage)
    StageChange.objects.create(
        residency=residency, to_stage=stage, on=TODAY, by=world.people["programme_lead"]
    )
    with pytest.raises(Exception, match="protected foreign keys"), transaction.atomic():
        residency.delete()
    before_it_started = stage in ("idea", "scoping", "approved", "recruiting", "onboarding")
    assert ("withdraw" in {step.name for step in steps_from(stage)}) == before_it_started


@pytest.mark.parametrize("stage", Stage.values)
def test_v18_the_end_moves_while_it_goes_on_and_the_old_one_is_kept(world: World, stage: str) -> None:
    residency = make_residency(world.programme, world.host, stage)
    old, new, by = residency.planned_end, TODAY + 900 * DAY, world.people["programme_lead"]
    if stage not in ("active", "paused", "closing"):
        with pytest.raises(StepRefused, match="Change the dates in the registration"):
            move_end(residency, new, by=by, on=TODAY, why="More money")
        return
    with pytest.raises(StepRefused, match="Enter the reason"):
        move_end(residency, new, by=by, on=TODAY, why=" ")
    with pytest.raises(StepRefused, match="Enter a different end date"):
        move_end(residency, old or new, by=by, on=TODAY, why="More money")
    move_end(residency, new, by=by, on=TODAY, why="More money")
    move_end(residency, new + DAY, by=by, on=TODAY, why="More money", approved_by="The board")
    kept = residency.end_changes.values_list("old_end", "new_end", "approved_by_name")
    assert list(kept) == [(old, new, by.display_name), (new, new + DAY, "The board")]


# At once


@pytest.mark.django_db(transaction=True)
def test_racing_steps_end_only_in_legal_histories(times: Callable[[int, int], int]) -> None:
    """So many deeds at once on a handful of residencies, each by a hand that knows nothing of the others: steps, ends
    that move, posts that are handed over, starts that are corrected. Whatever was written is a chain in which each
    row begins where the last one ended."""
    world = make_world()
    stages = ("idea", "scoping", "approved", "onboarding", "active", "active")
    residencies = [_registered(world, stage) for stage in stages]
    errors: list[BaseException] = []
    taken: list[str] = []
    rounds = times(5, 25)
    hands = [
        threading.Thread(target=_press_at_random, args=(seed, residencies, world, rounds, taken, errors))
        for seed in range(8)
    ]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join(60)
    assert errors == [] and not any(hand.is_alive() for hand in hands)
    assert len(taken) == 8 * rounds and "refused" in taken
    for residency in residencies:
        _check_history(residency)
        _check_posts(residency)


@pytest.mark.django_db(transaction=True)
def test_a_post_that_two_hand_over_and_a_third_stops_has_one_successor_or_none(
    times: Callable[[int, int], int],
) -> None:
    for _ in range(times(2, 20)):
        world = make_world()
        residency, lead = _registered(world, "active"), world.people["programme_lead"]
        refused: list[str] = []

        def hand(name: str, residency: Residency = residency, by: Any = lead, told: Any = refused) -> None:
            try:
                DEEDS[name](Residency.objects.get(pk=residency.pk), by, random.Random(name))  # noqa: S311
            except (StepRefused, Changed) as error:
                told.append(str(error))

        at_once(lambda: hand("hand_over"), lambda: hand("stop_early"), lambda: hand("hand_over"))
        _check_history(residency)
        _check_posts(residency)
        assert residency.placements.count() <= 2 and refused


def _registered(world: World, stage: str) -> Residency:
    residency = placed(make_residency(world.programme, world.host, stage))
    StageChange.objects.create(
        residency=residency, to_stage=stage, on=TODAY, by=world.people["programme_lead"]
    )
    return residency


def _press_at_random(
    seed: int,
    residencies: list[Residency],
    world: World,
    rounds: int,
    taken: list[str],
    errors: list[BaseException],
) -> None:
    chance, by = random.Random(seed), world.people["programme_lead"]  # noqa: S311 (a drill)
    try:
        for _ in range(rounds):
            residency = Residency.objects.get(pk=chance.choice(residencies).pk)
            offered = [*[one.name for one in steps_from(residency.stage)], *DEEDS]
            name = chance.choices(offered, [1 if one in LAST else 12 for one in offered])[0]
            try:
                DEEDS[name](residency, by, chance)
                taken.append(f"done {name}")
            except (StepRefused, Changed):
                taken.append("refused")
    except BaseException as error:  # noqa: BLE001 (told to the thread that waits)
        errors.append(error)
    finally:
        connection.close()


def _step(name: str) -> Callable[[Residency, Person, random.Random], object]:
    def take(residency: Residency, by: Person, _: random.Random) -> object:
        said: dict[str, Any] = {
            "why": "Because",
            "review_on": TODAY + DAY,
            "ended_reason": EARLY.get(name, ""),
        }
        if name in PAGES:
            return take_step(residency, name, by=by, on=TODAY, **said)
        return steps.move_on(residency=residency, step=name, by=by, on=TODAY, **said)

    return take


def _extend(residency: Residency, by: Person, chance: random.Random) -> object:
    new = TODAY + chance.randint(600, 900) * DAY
    return steps.move_end(residency=residency, new_end=new, by=by, on=TODAY, why="Because")


def _hand_over(residency: Residency, by: Person, chance: random.Random) -> object:
    post = residency.placements.latest("pk")
    return posts.hand_over(
        placement=post,
        name=f"Nia {chance.random()}",
        email="",
        wte=post.wte,
        employer=None,
        on=TODAY + chance.randint(0, 400) * DAY,
        by=by,
        today=TODAY,
        at=timezone.now(),
        version=posts.version_of(post),
    )


def _correct(residency: Residency, by: Person, chance: random.Random) -> object:
    start = TODAY - chance.randint(2, 300) * DAY
    seen = residency.version
    return correct(
        residency=residency, started_on=start, days_a_week=None, why="Because", by=by, on=TODAY, version=seen
    )


LAST: Final = ("stop_early", "withdraw", "decline", "begin_ending", "end")  # else all is over too soon
# pausing, going on, ending early and withdrawing among the steps
DEEDS: Final[dict[str, Callable[[Residency, Person, random.Random], object]]] = {
    **{name: _step(name) for name in STEPS},
    "extend": _extend,
    "hand_over": _hand_over,
    "correct": _correct,
}


def _check_posts(residency: Residency) -> None:
    """Each post was handed over once at most, to one that begins on the day it ended, and none goes on beyond it."""
    now = Residency.objects.get(pk=residency.pk)
    for post in now.placements.all():
        changes = list(post.changes.order_by("id"))
        for before, after in itertools.pairwise(changes):
            assert (after.old_wte, after.old_start) == (before.new_wte, before.new_start)
        handed = [one for one in changes if one.successor]
        assert len(handed) <= 1
        for one in handed:
            assert one.successor.start == one.on == one.new_end
        if now.stage in ("ended", "legacy", "terminated_early", "withdrawn"):
            assert post.end is not None and post.end <= max(TODAY, post.start + DAY)
        else:
            assert post.end is None or now.planned_end is None or post.end <= now.planned_end
    if now.first_day:
        assert not now.placements.filter(start__lt=now.first_day).exists()


def _check_history(residency: Residency) -> None:
    now = Residency.objects.get(pk=residency.pk)
    rows: list[Any] = list(residency.stage_changes.order_by("id"))
    for before, after in itertools.pairwise(rows):
        assert after.from_stage == before.to_stage
        assert (after.from_stage, after.to_stage) in LEGAL
    assert rows[-1].to_stage == now.stage
    ends = list(residency.end_changes.order_by("id"))
    for before, after in itertools.pairwise(ends):
        assert after.old_end == before.new_end
    assert not ends or ends[-1].new_end == now.planned_end


def test_check_of_histories_sees_a_broken_chain(world: World) -> None:
    residency = _registered(world, "active")
    residency.stage_changes.create(
        from_stage="paused", to_stage="active", on=TODAY, by=world.people["programme_lead"]
    )
    with pytest.raises(AssertionError):
        _check_history(residency)
