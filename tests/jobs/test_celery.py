"""The settings of Celery that recovery rests on (trust.md F1, F2, P44)."""

from __future__ import annotations

import importlib

from embedded.celery import app


def test_no_task_may_run_for_longer_than_its_message_is_invisible() -> None:
    conf = app.conf
    assert conf.task_soft_time_limit < conf.task_time_limit
    assert conf.task_time_limit < conf.broker_transport_options["visibility_timeout"]


def test_every_task_on_the_schedule_exists_and_is_named() -> None:
    for module in app.conf.include:
        importlib.import_module(module)
    known = {name for name in app.tasks if not name.startswith("celery.")}
    assert {entry["task"] for entry in app.conf.beat_schedule.values()} <= known
    assert all(name.count(".") == 1 for name in known), "Name each task room.verb"
