"""A contract between organisations, recorded: what kind, which dates, what it covers, where it is kept."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from programmes.models.choices import one_of
from programmes.models.residency import Residency


class AgreementKind(models.TextChoices):
    MEMORANDUM = "memorandum_of_understanding", "Memorandum of understanding"
    HOSTING = "hosting_agreement", "Hosting agreement"
    COLLABORATION = "collaboration_agreement", "Collaboration agreement"
    FUNDING = "funding_agreement", "Funding agreement"
    SECONDMENT = "secondment_agreement", "Secondment agreement"
    CONFIDENTIALITY = "confidentiality_agreement", "Confidentiality agreement"
    DATA_SHARING = "data_sharing_agreement", "Data sharing agreement"
    OTHER = "other", "Other"


class Agreement(models.Model):
    """Recorded, never written by us (users.md decision 5)."""

    residency = models.ForeignKey(Residency, on_delete=models.PROTECT, related_name="agreements")
    kind = models.CharField(max_length=40, choices=AgreementKind)
    signed_on = models.DateField()
    effective_to = models.DateField(null=True, blank=True)
    covers = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    kept_at = models.CharField("where it is kept", max_length=200)

    class Meta:
        ordering = ["signed_on", "id"]
        constraints = [
            one_of("kind", AgreementKind, "agreement_kind_is_known"),
            models.CheckConstraint(
                condition=Q(effective_to__isnull=True) | Q(effective_to__gte=F("signed_on")),
                name="agreement_ends_after_signing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.residency.code}"
