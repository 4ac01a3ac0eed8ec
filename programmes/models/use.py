"""Used in a decision: what was used, which decision, who made it, when, and where it is written."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from embedded.accounts.models import Person
from embedded.links.models import SignedLink
from programmes.models.choices import one_of
from programmes.models.project import Project
from programmes.models.residency import Residency


class UseOutcome(models.TextChoices):
    USED = "used", "Used"
    CONSIDERED = "considered_not_used", "Considered and not used"


class UseQuerySet(models.QuerySet["UseInDecision"]):
    def confirmed(self) -> Self:
        return self.filter(confirmed_at__isnull=False)


class UseInDecision(models.Model):
    """users.md decision 3. The host confirms by link; until then it stands as the researcher's own account."""

    residency = models.ForeignKey(Residency, on_delete=models.PROTECT, related_name="uses")
    project = models.ForeignKey(Project, on_delete=models.PROTECT, null=True, blank=True, related_name="uses")
    what = models.CharField("what was used", max_length=300)
    outcome = models.CharField(max_length=20, choices=UseOutcome, default=UseOutcome.USED)
    decision = models.CharField("which decision", max_length=300)
    decided_by = models.CharField("who made it", max_length=160)
    decided_on = models.DateField()
    written_where = models.CharField("where it is written", max_length=300, blank=True)
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="uses_recorded")
    recorded_at = models.DateTimeField()
    confirm_link = models.OneToOneField(
        SignedLink, on_delete=models.PROTECT, null=True, blank=True, related_name="use_to_confirm"
    )
    confirm_asked_of = models.EmailField(blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by_name = models.CharField(max_length=120, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = UseQuerySet.as_manager()

    class Meta:
        ordering = ["-decided_on", "-id"]
        indexes = [models.Index("decided_on", name="use_by_decision_day")]
        verbose_name_plural = "uses in decisions"
        constraints = [
            one_of("outcome", UseOutcome, "use_outcome_is_known"),
            models.CheckConstraint(
                condition=~Q(what="") & ~Q(decision="") & ~Q(decided_by=""), name="use_is_whole"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, confirmed_by_name="")
                | (Q(confirmed_at__isnull=False) & ~Q(confirmed_by_name="")),
                name="use_confirmed_has_time_and_name",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what}: {self.decision}"
