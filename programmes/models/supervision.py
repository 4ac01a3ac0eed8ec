"""Who met to supervise, on both sides, and the sets in which peers learn from each other."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from embedded.accounts.models import Person
from programmes.models.choices import one_of
from programmes.models.programme import Programme
from programmes.models.residency import Residency


class Side(models.TextChoices):
    HOST = "host", "The host"
    UNIVERSITY = "university", "The university"


class PeerSetKind(models.TextChoices):
    ALS = "als", "Action learning set"
    COP = "cop", "Community of practice"


class SupervisionMeeting(models.Model):
    """A meeting of a researcher with a supervisor, what was agreed and when the next is; both sides record."""

    PERSONAL: ClassVar[frozenset[str]] = frozenset({"with_name", "agreed"})

    residency = models.ForeignKey(Residency, on_delete=models.PROTECT, related_name="supervision_meetings")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="supervision_meetings")
    side = models.CharField(max_length=10, choices=Side)
    with_name = models.CharField(max_length=120)
    with_person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="supervision_given"
    )
    on = models.DateField()
    agreed = models.TextField(blank=True)
    next_on = models.DateField(null=True, blank=True)
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-on", "-id"]
        constraints = [
            one_of("side", Side, "supervision_side_is_known"),
            models.CheckConstraint(condition=~Q(with_name=""), name="supervision_says_with_whom"),
            models.CheckConstraint(condition=Q(next_on__gt=F("on")), name="supervision_next_is_later"),
        ]

    def __str__(self) -> str:
        return f"Supervision on {self.on}"


class PeerSet(models.Model):
    """Peers who meet. What is said stays in the set (V-70): outside, only attendance and agreed learning."""

    PERSONAL: ClassVar[frozenset[str]] = frozenset({"facilitator_name", "ground_rules"})

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="peer_sets")
    kind = models.CharField(max_length=10, choices=PeerSetKind)
    name = models.CharField(max_length=120)
    facilitator_name = models.CharField(max_length=120, blank=True)
    every_weeks = models.PositiveSmallIntegerField(default=6)
    ground_rules = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            one_of("kind", PeerSetKind, "peer_set_kind_is_known"),
            models.CheckConstraint(condition=~Q(name=""), name="peer_set_has_a_name"),
            models.CheckConstraint(condition=Q(every_weeks__range=(1, 52)), name="peer_set_meets_in_a_year"),
        ]

    def __str__(self) -> str:
        return self.name


class PeerSetMember(models.Model):
    """Who belongs to a set, from when until when (the day is left out)."""

    PERSONAL: ClassVar[frozenset[str]] = frozenset()

    set = models.ForeignKey(PeerSet, on_delete=models.PROTECT, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="peer_sets")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["since", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="peer_set_member_leaves_later"),
            models.UniqueConstraint(
                fields=["set", "person"],
                condition=Q(until__isnull=True),
                name="peer_set_member_once_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} in {self.set}"


class PeerMeeting(models.Model):
    """One meeting of a set: who came, and the learning that the set agreed to let out."""

    PERSONAL: ClassVar[frozenset[str]] = frozenset({"learning"})

    set = models.ForeignKey(PeerSet, on_delete=models.PROTECT, related_name="meetings")
    on = models.DateField()
    learning = models.TextField(blank=True)
    attended = models.ManyToManyField(Person, related_name="peer_meetings", blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-on", "-id"]
        constraints = [models.UniqueConstraint("set", "on", name="peer_meeting_once_a_day")]

    def __str__(self) -> str:
        return f"{self.set} on {self.on}"
