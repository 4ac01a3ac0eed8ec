"""The Celery app: it only carries ids to workers. What is to be done, and what came of it, stands in PostgreSQL."""

import os
from socket import TCP_KEEPCNT, TCP_KEEPIDLE, TCP_KEEPINTVL

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "embedded.settings")

from django.conf import settings  # after the name of the settings is known

FIRST, LATER = 0, 9  # of all messages that wait, workers take the lower number first

app = Celery("embedded")
app.conf.update(
    broker_url=settings.CELERY_BROKER_URL,
    include=["embedded.jobs.tasks"],
    timezone=settings.TIME_ZONE,
    # Whoever takes a task keeps it on the broker until it is done, and takes one at a time (trust.md F1, F4)
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    worker_prefetch_multiplier=1,
    task_ignore_result=True,
    task_store_errors_even_if_ignored=False,
    task_soft_time_limit=settings.JOB_TIME_LIMIT_SECONDS,
    task_time_limit=settings.JOB_TIME_LIMIT_SECONDS + 30,
    task_publish_retry=False,  # the sweeper sends what could not be sent
    broker_pool_limit=0,  # a connection a message: none goes stale, and nobody waits for a free one
    # No socket timeout here: a worker whose acknowledgement times out thinks for ever that its hands are full, and
    # takes nothing more (seen when Redis hung for a second). Pages send with a timeout: embedded.jobs.sending.
    broker_transport_options={
        "visibility_timeout": settings.JOB_TIME_LIMIT_SECONDS + 120,  # longer than any task may run (F2)
        "queue_order_strategy": "priority",
        "priority_steps": [FIRST, LATER],
        "unacked_restore_interval": 2,
        "unacked_restore_throttle": 1,
        # A Redis whose machine vanishes says no goodbye: after two minutes of silence the worker connects anew
        "socket_keepalive": True,
        "socket_keepalive_options": {TCP_KEEPIDLE: 60, TCP_KEEPINTVL: 15, TCP_KEEPCNT: 4},
    },
    broker_connection_retry_on_startup=True,
    broker_connection_max_retries=None,
    broker_channel_error_retry=True,  # a Redis that is full refuses to write: without this the worker would end
    worker_cancel_long_running_tasks_on_connection_loss=False,  # a job is held by its lease, not by the broker
    worker_soft_shutdown_timeout=30,
    worker_hijack_root_logger=False,
    worker_send_task_events=False,
    worker_max_memory_per_child=600_000,  # KiB; printing leaves memory behind, so a child that has grown is replaced
    # Kept in memory: a schedule on disk can be torn by kill -9. Beat only wakes the sweeper, as often as it likes; what
    # is due once an hour stands in settings.JOB_ROUNDS and is kept apart by the database (embedded.jobs.rounds)
    beat_scheduler="celery.beat:Scheduler",
    beat_schedule={
        "sweep": {
            "task": "jobs.sweep",
            "schedule": settings.JOB_SWEEP_SECONDS,
            # while all workers are busy they must not pile up, and when one is free it goes first
            "options": {"expires": settings.JOB_SWEEP_SECONDS, "priority": FIRST},
        },
    },
)
