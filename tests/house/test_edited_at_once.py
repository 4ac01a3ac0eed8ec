"""Two people who save the same record at the same moment, and a crowd that decides about it (P47)."""

from __future__ import annotations

import itertools
import json
import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, models
from django.utils import timezone

from embedded.audit.models import Event
from embedded.drafts import Changed
from embedded.vault import open_sealed
from guidance.desk.models import Revision
from programmes.lifecycle import STEPS, StepRefused, take_step
from programmes.models import (
    AccessItem,
    Activity,
    Contact,
    MonthlyPulse,
    PortfolioLine,
    Programme,
    Project,
    Residency,
    Stage,
)
from programmes.registration import actions, decisions
from tests.house.addresses import Things, things_in
from tests.house.presses import Press, press_of
from tests.registration.test_decisions import make_sent
from tests.workers import at_once
from tests.world import make_world

Times = Callable[[int, int], int]
SAID = "hanged since you opened it"

# address · the field that the two fill in differently · where it is kept, and under which name
EDITED: dict[str, tuple[str, type[models.Model], str]] = {
    "access_item": ("reason", AccessItem, "reason"),
    "guidance_desk_edit": ("summary", Revision, "summary"),
    "log_entry": ("what", Activity, "what"),
    "log_person": ("name", Contact, "name"),
    "portfolio_line": ("text", PortfolioLine, "text"),
    "programme_edit": ("name", Programme, "name"),
    "project_edit": ("title", Project, "title"),
    "pulse": ("academic", MonthlyPulse, "answers"),
    "registration_page": ("problem", Residency, "problem"),
    "steering": ("guiding_group", Residency, "guiding_group"),
}


def pressed(name: str, things: Things) -> Press:
    """The form as the table of presses has it, but for what an access item cannot say while it is in place."""
    press = press_of(name, things)
    if name == "access_item":
        return press.typing(state="problem")
    return press.typing(readers="residency") if name == "log_entry" else press  # kept in the clear


def kept(name: str, things: Things, press: Press) -> Any:
    """The record that the form is about."""
    model = EDITED[name][1]
    records: dict[type[models.Model], Any] = {
        AccessItem: things.access_item.pk,
        Activity: things.activity.pk,
        Contact: things.number_of("contact"),
        MonthlyPulse: things.number_of("pulse"),
        PortfolioLine: things.number_of("portfolio_line"),
        Programme: things.world.programme.pk,
        Project: things.project.pk,
        Revision: things.number_of("desk_revision"),
    }
    if model is Residency:
        return Residency.objects.get(code=press.address.split("/")[4])
    return model._base_manager.get(pk=records[model])


def said_in(record: Any, column: str) -> Any:
    """What a column says, opened where it is sealed."""
    value = getattr(record, column)
    if not isinstance(value, bytes | memoryview):
        return value
    text = open_sealed(record.person, bytes(value))
    return json.loads(text)["academic"] if isinstance(record, MonthlyPulse) else text


def texts_of(name: str, number: int) -> list[str]:
    """What the two enter."""
    if name == "pulse":
        return ["so_so", "stuck"]
    return [f"Text {number} of {who} among two" for who in ("one", "another")]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", EDITED)
def test_p47_of_two_who_save_at_once_one_is_told_and_loses_nothing(name: str, times: Times) -> None:
    things = things_in(make_world())
    press, (field, _, column) = pressed(name, things), EDITED[name]
    browsers = [press.by(things), press.by(things)]
    for number in range(times(2, 50)):
        before = kept(name, things, press)
        texts = texts_of(name, number)
        version = str(before.version)
        both = [
            partial(press.send, browser, **{field: text, "form_key": str(uuid4()), "version": version})
            for browser, text in zip(browsers, texts, strict=True)
        ]
        answers = at_once(*both)
        assert sorted(answer.status_code for answer in answers) == [200, 302]
        saved = next(text for text, answer in zip(texts, answers, strict=True) if answer.status_code == 302)
        page = next(answer for answer in answers if answer.status_code == 200).content.decode()
        after = kept(name, things, press)
        assert (said_in(after, column), after.version) == (saved, before.version + 1)
        assert SAID in page and all(text in page for text in texts)


def a_crowd(calls: list[Callable[[], object]]) -> None:
    """All calls from eight threads; what is refused is refused."""

    def one(call: Callable[[], object]) -> None:
        try:
            call()
        except (StepRefused, Changed):
            pass
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(one, calls))


def is_legal(history: list[tuple[str, str]], now: str) -> bool:
    """Each change begins where the one before it ended, by a step that leads there, and the last one stands."""
    ways = {(str(source), str(step.target)) for step in STEPS.values() for source in step.sources}
    chained = all(before[1] == after[0] for before, after in itertools.pairwise(history))
    return chained and set(history) <= ways and history[-1][1] == now


@pytest.mark.django_db(transaction=True)
def test_p47_a_crowd_that_submits_approves_and_withdraws_leaves_a_legal_history(times: Times) -> None:
    world = make_world()
    sent, lead, today = make_sent(world), world.people["programme_lead"], timezone.localdate()
    choose = random.Random(47)  # noqa: S311 - which call comes when, no secret

    def fresh() -> Residency:
        return Residency.objects.select_related("programme").get(pk=sent.pk)

    def submit() -> object:
        return actions.submit(residency=fresh(), by=lead, on=today, at=timezone.now())

    def approve() -> object:
        return decisions.approve(residency=fresh(), by=lead, on=today, at=timezone.now())

    def send_back() -> object:
        return decisions.send_back(residency=fresh(), by=lead, on=today, why="Say more")

    def withdraw() -> object:
        return take_step(fresh(), "withdraw", by=lead, on=today, why="Not now")

    def save() -> object:
        seen = fresh()
        return actions.save_page(
            residency=seen, page="purpose", answers={"problem": "x"}, version=seen.version, by=lead
        )

    number = times(30, 200)
    crowd = [choose.choice([submit, send_back, save]) for _ in range(number - 10)]
    a_crowd([*crowd, *([approve, withdraw, save, submit, send_back] * 2)])
    history = list(sent.stage_changes.order_by("pk").values_list("from_stage", "to_stage"))
    assert is_legal(history[1:] if history[0][0] == "" else history, fresh().stage)
    assert fresh().stage in (Stage.APPROVED, Stage.WITHDRAWN, Stage.SCOPING, Stage.IDEA)
    decided = Event.objects.filter(
        deed__in=["residency.submitted", "residency.approved", "residency.returned"]
    )
    assert decided.count() == sum(1 for _, to in history if to in ("scoping", "approved", "idea") and _)
