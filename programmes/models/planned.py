"""What waits to become an entry: days to come, and what a calendar held. It counts nowhere until somebody says so."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from embedded.accounts.models import Person
from programmes.models.activity import Activity
from programmes.models.activity_words import ActivityKind, Place
from programmes.models.choices import one_of, one_of_or_none
from programmes.models.log_file import LogFile
from programmes.models.organisation import Organisation
from programmes.models.project import Project
from programmes.models.residency import Residency


class PlannedOrigin(models.TextChoices):
    TYPED = "typed", "Typed in"
    CALENDAR = "calendar", "From a calendar"


class PlannedState(models.TextChoices):
    WAITING = "waiting", "Waiting"
    LOGGED = "logged", "Logged"
    LEFT_OUT = "left_out", "Left out"


class PlannedEntry(models.Model):
    """`text` is sealed with the person's own key. `uid_mark` knows the same event of a calendar again."""

    PERSONAL: ClassVar[frozenset[str]] = frozenset({"text", "uid_mark"})

    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="planned_entries", db_index=False
    )
    residency = models.ForeignKey(
        Residency, on_delete=models.PROTECT, null=True, blank=True, related_name="planned_entries"
    )
    on = models.DateField()
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    kind = models.CharField(max_length=30, choices=ActivityKind, blank=True)
    text = models.BinaryField(null=True, blank=True)
    host = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    project = models.ForeignKey(Project, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    place = models.CharField(max_length=20, choices=Place, blank=True)
    origin = models.CharField(max_length=10, choices=PlannedOrigin)
    file = models.ForeignKey(
        LogFile, on_delete=models.CASCADE, null=True, blank=True, related_name="planned_entries"
    )
    uid_mark = models.BinaryField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=PlannedState, default=PlannedState.WAITING)
    activity = models.OneToOneField(
        Activity, on_delete=models.SET_NULL, null=True, blank=True, related_name="planned"
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["on", "id"]
        verbose_name_plural = "planned entries"
        indexes = [models.Index("person", "state", "on", name="planned_by_person_state_day")]
        constraints = [
            one_of("origin", PlannedOrigin, "planned_origin_is_known"),
            one_of("state", PlannedState, "planned_state_is_known"),
            one_of_or_none("kind", ActivityKind, "planned_kind_is_known"),
            one_of_or_none("place", Place, "planned_place_is_known"),
            models.CheckConstraint(condition=Q(minutes__range=(1, 960)), name="planned_minutes_v60"),
            models.UniqueConstraint(
                fields=["person", "uid_mark"], condition=Q(uid_mark__isnull=False), name="planned_event_once"
            ),
            models.CheckConstraint(  # logged without an entry: that was removed since
                condition=Q(activity__isnull=True) | Q(state=PlannedState.LOGGED),
                name="planned_with_an_entry_is_logged",
            ),
        ]

    def __str__(self) -> str:
        return f"Planned entry {self.pk}"
