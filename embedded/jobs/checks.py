"""Refuses settings under which one piece of work would be done by two workers at once (trust.md F2)."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Error, register

from embedded.celery import app


@register()
def limits_fit(**context: Any) -> list[CheckMessage]:
    """A task must be stopped before the broker hands its message to the next worker."""
    soft, hard = app.conf.task_soft_time_limit, app.conf.task_time_limit
    hidden = app.conf.broker_transport_options["visibility_timeout"]
    if soft and hard and soft < hard < hidden:
        return []
    return [
        Error(
            f"A task may run for {hard} s (told to stop after {soft} s), but its message is hidden for {hidden} s.",
            hint="Keep task_soft_time_limit < task_time_limit < visibility_timeout in embedded/celery.py.",
            id="jobs.E001",
        )
    ]
