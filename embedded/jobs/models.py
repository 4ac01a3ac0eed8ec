"""Work that goes on in the background: one row a piece of work, whoever asked for it and however it ends."""

from __future__ import annotations

from datetime import timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.expressions import Combinable

OPEN_STATES = ("waiting", "running")


class JobState(models.TextChoices):
    WAITING = "waiting", "Waiting"
    RUNNING = "running", "Being made"
    DONE = "done", "Done"
    FAILED = "failed", "Failed"


class JobQuerySet(models.QuerySet["Job"]):
    """Moments are passed in; a database expression (`Now()`) saves us from clocks that differ."""

    def waiting(self) -> Self:
        return self.filter(state=JobState.WAITING)

    def abandoned(self, now: Combinable) -> Self:
        """Started by a worker that has not been heard of since its lease ran out."""
        return self.filter(state=JobState.RUNNING, lease_until__lt=now)

    def ready(self, now: Combinable) -> Self:
        """Free to be started by whoever comes first."""
        due = self.waiting().filter(Q(not_before__isnull=True) | Q(not_before__lte=now))
        return due | self.abandoned(now)

    def to_send(self, now: Combinable, patience: timedelta) -> Self:
        """Ready, and no message about them can be under way any more."""
        return self.ready(now).filter(Q(sent_at__isnull=True) | Q(sent_at__lt=now - patience))


class Job(models.Model):
    """`key` is what makes asking twice the same as asking once. A lease says who holds it and until when.
    `step`, `done_units` and `of_units` tell how far it is; `error` is a sentence made for its asker."""

    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=200, unique=True)
    payload = models.JSONField(default=dict)
    asker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="jobs"
    )
    request_id = models.CharField(max_length=64, blank=True)

    state = models.CharField(max_length=10, choices=JobState, default=JobState.WAITING)
    lease_until = models.DateTimeField(null=True, blank=True)
    lease_token = models.UUIDField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField(null=True, blank=True)

    step = models.CharField(max_length=200, blank=True)
    done_units = models.PositiveIntegerField(default=0)
    of_units = models.PositiveIntegerField(default=0)
    error = models.CharField(max_length=500, blank=True)

    asked_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=JobState.values), name="job_state_is_known"),
            models.CheckConstraint(condition=~Q(kind="") & ~Q(key=""), name="job_has_kind_and_key"),
            models.CheckConstraint(
                condition=Q(state=JobState.RUNNING, lease_until__isnull=False, lease_token__isnull=False)
                | (~Q(state=JobState.RUNNING) & Q(lease_until__isnull=True, lease_token__isnull=True)),
                name="job_is_leased_while_running",
            ),
            models.CheckConstraint(
                condition=Q(state__in=OPEN_STATES, ended_at__isnull=True)
                | (~Q(state__in=OPEN_STATES) & Q(ended_at__isnull=False)),
                name="job_ended_has_its_moment",
            ),
            models.CheckConstraint(
                condition=(Q(state=JobState.FAILED) & ~Q(error=""))
                | (~Q(state=JobState.FAILED) & Q(error="")),
                name="job_failed_says_why",
            ),
        ]
        indexes = [
            models.Index(fields=["asked_at"], condition=Q(state__in=OPEN_STATES), name="job_open_by_asking"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk} ({self.state})"

    @property
    def is_open(self) -> bool:
        """Still to come: a page shows progress and asks again."""
        return self.state in OPEN_STATES

    @property
    def percent(self) -> int | None:
        """0 to 100, or None while nobody knows how much there is to do."""
        return min(100, 100 * self.done_units // self.of_units) if self.of_units else None


class Pulse(models.Model):
    """When the sweeper came last: a row for the whole house, and proof that beat, broker and a worker all live."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="pulse_is_one")]

    def __str__(self) -> str:
        return f"Last at {self.at:%Y-%m-%d %H:%M:%S}"
