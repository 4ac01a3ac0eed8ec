"""The settings of Celery that recovery rests on (trust.md F1, F2, P44)."""

from __future__ import annotations

import importlib
from typing import Any

import pytest
from django.core.checks import run_checks

from embedded.celery import app
from embedded.jobs.checks import limits_fit


def test_no_task_may_run_for_longer_than_its_message_is_invisible() -> None:
    assert not [problem for problem in run_checks() if problem.id == "jobs.E001"]


@pytest.mark.parametrize(
    ("soft", "hard", "hidden", "fits"),
    [
        (60, 90, 180, True),
        (60, 90, 91, True),
        (60, 90, 90, False),
        (60, 90, 20, False),
        (90, 90, 180, False),
        (None, 90, 180, False),
        (60, None, 180, False),
    ],
)
def test_limits_that_do_not_fit_are_refused(
    monkeypatch: pytest.MonkeyPatch, soft: Any, hard: Any, hidden: int, fits: bool
) -> None:
    """F2: a healthy task that is handed out again while it runs is done twice."""
    options = app.conf.broker_transport_options | {"visibility_timeout": hidden}
    monkeypatch.setitem(app.conf, "task_soft_time_limit", soft)
    monkeypatch.setitem(app.conf, "task_time_limit", hard)
    monkeypatch.setitem(app.conf, "broker_transport_options", options)
    assert [problem.id for problem in limits_fit()] == ([] if fits else ["jobs.E001"])


def test_every_task_on_the_schedule_exists_and_is_named() -> None:
    for module in app.conf.include:
        importlib.import_module(module)
    known = {name for name in app.tasks if not name.startswith("celery.")}
    assert {entry["task"] for entry in app.conf.beat_schedule.values()} <= known
    assert all(name.count(".") == 1 for name in known), "Name each task room.verb"
