"""What somebody was asked to do and what they answered; how the scope moved; what the time is for."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from embedded.accounts.models import Person
from programmes.models.activity_words import PLAIN_KINDS, ActivityKind
from programmes.models.choices import one_of
from programmes.models.contact import Contact
from programmes.models.project import Project
from programmes.models.residency import Residency


class RequestAnswer(models.TextChoices):
    WAITING = "waiting", "Waiting for an answer"
    YES = "yes", "Yes"
    NOT_NOW = "not_now", "Not now"
    NO = "no", "No"


class Request(models.Model):
    """Something that somebody asked for. It is the researcher's own: `what` is sealed with their key."""

    PERSONAL: ClassVar[frozenset[str]] = frozenset({"what", "asked_by"})

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="requests")
    residency = models.ForeignKey(Residency, on_delete=models.PROTECT, related_name="requests")
    asked_on = models.DateField()
    asked_by = models.ForeignKey(
        Contact, on_delete=models.PROTECT, null=True, blank=True, related_name="requests"
    )
    what = models.BinaryField()
    answer = models.CharField(max_length=10, choices=RequestAnswer, default=RequestAnswer.WAITING)
    answered_on = models.DateField(null=True, blank=True)
    told_on = models.DateField(null=True, blank=True)
    project = models.ForeignKey(
        Project, on_delete=models.PROTECT, null=True, blank=True, related_name="requests"
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-asked_on", "-id"]
        constraints = [
            one_of("answer", RequestAnswer, "request_answer_is_known"),
            models.CheckConstraint(
                condition=Q(answer=RequestAnswer.WAITING, answered_on__isnull=True)
                | (~Q(answer=RequestAnswer.WAITING) & Q(answered_on__isnull=False)),
                name="request_answered_has_its_day",
            ),
            models.CheckConstraint(
                condition=Q(told_on__isnull=True)
                | Q(answered_on__isnull=False, told_on__gte=F("answered_on")),
                name="request_is_told_after_it_is_answered",
            ),
        ]

    def __str__(self) -> str:
        return f"Request {self.pk}"


class ScopeChange(models.Model):
    """What came into a residency's scope, and what gave way for it; read by everyone in the residency."""

    PERSONAL: ClassVar[frozenset[str]] = frozenset()

    residency = models.ForeignKey(Residency, on_delete=models.PROTECT, related_name="scope_changes")
    on = models.DateField()
    what = models.CharField("what came in", max_length=300)
    gave_way = models.CharField("what gave way", max_length=300)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="scope_changes")

    class Meta:
        ordering = ["-on", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(what=""), name="scope_change_says_what"),
        ]

    def __str__(self) -> str:
        return self.what


class AgreedShare(models.Model):
    """How much of a residency's time a plain kind of work was agreed to take, from a day on."""

    PERSONAL: ClassVar[frozenset[str]] = frozenset()

    residency = models.ForeignKey(
        Residency, on_delete=models.PROTECT, related_name="agreed_shares", db_index=False
    )
    kind = models.CharField(max_length=30, choices=ActivityKind)
    percent = models.PositiveSmallIntegerField()
    since = models.DateField()

    class Meta:
        ordering = ["since", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in PLAIN_KINDS]), name="agreed_share_kind_is_plain"
            ),
            models.CheckConstraint(condition=Q(percent__range=(1, 100)), name="agreed_share_up_to_all"),
            models.UniqueConstraint("residency", "kind", "since", name="agreed_share_once"),
        ]

    def __str__(self) -> str:
        return f"{self.percent} % {self.kind}"
