"""Interest in a residency, registered by somebody without an account, and what became of it."""

from __future__ import annotations

import datetime
from typing import Final, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from embedded.accounts.models import Person
from programmes.models.organisation import Organisation
from programmes.models.programme import Programme
from programmes.models.residency import Residency

KEPT_AFTER_ANSWER: Final = datetime.timedelta(days=90)
KEPT_WITHOUT_ANSWER: Final = datetime.timedelta(days=365)


class InterestQuerySet(models.QuerySet["Interest"]):
    def waiting(self) -> Self:
        """Nobody has answered yet; the one that waits longest first."""
        return self.filter(answered_on=None).order_by("registered_on", "pk")

    def over(self, on: datetime.date) -> Self:
        """Those whose time to be kept has run out by that day."""
        return self.filter(
            Q(answered_on__lte=on - KEPT_AFTER_ANSWER)
            | Q(answered_on=None, registered_on__lte=on - KEPT_WITHOUT_ANSWER)
        )


class Interest(models.Model):
    """`organisation` is the one of the register where what was typed names one without doubt. An answer is an idea
    that was made of it, or a reason why not; either way the whole row goes 90 days later."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="interests")
    organisation_name = models.CharField("organisation, as typed", max_length=200)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="interests"
    )
    problem = models.TextField()
    name = models.CharField(max_length=120)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    registered_on = models.DateField()
    answered_on = models.DateField(null=True, blank=True)
    answered_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="interests_answered"
    )
    residency = models.OneToOneField(
        Residency, on_delete=models.PROTECT, null=True, blank=True, related_name="interest"
    )
    closed_because = models.TextField("why it was closed", blank=True)

    objects = InterestQuerySet.as_manager()

    class Meta:
        ordering = ["-registered_on", "-id"]
        indexes = [
            models.Index("programme", "registered_on", name="interest_by_programme"),
            models.Index("answered_on", name="interest_by_answer"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(organisation_name="") & ~Q(problem="") & ~Q(name=""), name="interest_is_whole"
            ),
            models.CheckConstraint(condition=~Q(email="") | ~Q(phone=""), name="interest_can_be_answered"),
            models.CheckConstraint(
                condition=Q(answered_on=None, answered_by=None, residency=None, closed_because="")
                | (
                    Q(answered_on__isnull=False, answered_by__isnull=False)
                    & (
                        Q(residency__isnull=False, closed_because="")
                        | (Q(residency=None) & ~Q(closed_because=""))
                    )
                ),
                name="interest_answer_is_an_idea_or_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"Interest {self.pk} in {self.programme}"

    def get_absolute_url(self) -> str:
        return reverse("interest_answer", args=[self.programme.slug, self.pk])
