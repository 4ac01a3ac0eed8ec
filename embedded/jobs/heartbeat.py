"""Keeps a job's lease alive while a handler works, and writes down how far it is."""

from __future__ import annotations

import threading
from types import TracebackType

import structlog
from django.conf import settings
from django.db import Error, connection

from embedded.jobs import claiming
from embedded.jobs.models import Job

log = structlog.get_logger(__name__)


class Heartbeat:
    """A thread with a connection of its own, so that progress shows before the handler's transaction ends."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.news: tuple[str, int, int] = ("", 0, 0)
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._beat, name=f"heartbeat of job {job.pk}", daemon=True)

    def say(self, step: str, done: int = 0, of: int = 0) -> None:
        """What is being done, and how many of how many; written within a second."""
        self.news = (step, done, of)

    def __enter__(self) -> Heartbeat:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join()

    def _beat(self) -> None:
        pause = min(1.0, settings.JOB_LEASE.total_seconds() / 4)
        try:
            while not self._over.wait(pause):
                self._renew()
        finally:
            connection.close()

    def _renew(self) -> None:
        try:
            claiming.renew(self.job, *self.news)
        except Error as problem:  # the database is away: the next beat connects anew
            log.warning("heartbeat_missed", job_id=self.job.pk, problem=type(problem).__name__)
            connection.close()
