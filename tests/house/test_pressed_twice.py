"""A press that arrives many times at the same moment is one record (P48), on every form that makes one."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import models

from programmes.models import (
    Activity,
    Away,
    Contribution,
    Invitation,
    Partner,
    Placement,
    Programme,
    Project,
    Report,
    Residency,
    UseInDecision,
)
from tests.house.addresses import things_in
from tests.house.presses import press_of
from tests.workers import at_once
from tests.world import make_world

TIMES = 8
MAKES: dict[str, type[models.Model]] = {
    "adopt": Residency,
    "appoint": Placement,
    "away": Away,
    "contribution_add": Contribution,
    "idea_new": Residency,
    "invite": Invitation,
    "log": Activity,
    "partner_add": Partner,
    "programme_new": Programme,
    "project_new": Project,
    "registration_copy": Residency,
    "reports": Report,
    "use_new": UseInDecision,
}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", MAKES)
def test_p48_pressed_many_times_at_once_is_one(name: str) -> None:
    things = things_in(make_world())
    press, made = press_of(name, things), MAKES[name].objects  # type: ignore[attr-defined]
    browsers = [press.by(things) for _ in range(TIMES)]
    before = made.count()

    def pressing(browser: Any) -> Any:
        return lambda: press.send(browser)

    answers = at_once(*map(pressing, browsers))
    assert {answer.status_code for answer in answers} == {302}
    assert len({answer["Location"] for answer in answers}) == 1
    assert made.count() == before + 1
