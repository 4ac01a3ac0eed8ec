"""A contract between organisations, recorded: what kind, who, which dates, what it covers, where it is kept."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from embedded.accounts.models import Person
from embedded.files.models import MadeFile
from programmes.models.choices import one_of
from programmes.models.organisation import Organisation
from programmes.models.residency import Residency


class AgreementKind(models.TextChoices):
    MEMORANDUM = "memorandum_of_understanding", "Memorandum of understanding"
    HOSTING = "hosting_agreement", "Hosting agreement"
    COLLABORATION = "collaboration_agreement", "Collaboration agreement"
    FUNDING = "funding_agreement", "Funding agreement"
    SECONDMENT = "secondment_agreement", "Secondment agreement"
    CONFIDENTIALITY = "confidentiality_agreement", "Confidentiality agreement"
    DATA_SHARING = "data_sharing_agreement", "Data sharing agreement"
    MODEL = "model_agreement", "Model agreement, on a national template"
    JOB_DESCRIPTION = "job_description", "Job description that both sides signed"
    OTHER = "other", "Other"


class AgreementCover(models.TextChoices):
    """What an agreement may speak of (domain.md §3.5)."""

    SUPERVISION = "supervision", "Supervision"
    PUBLICATION = "publication", "Publication"
    DATA = "data", "Data"
    TERMINATION = "termination", "How it can be ended"
    EMPLOYMENT = "employment", "Employment"
    COST_RECOVERY = "cost_recovery", "Money and recovery of costs"
    INDEMNITY = "indemnity", "Indemnity"
    INTELLECTUAL_PROPERTY = "intellectual_property", "Intellectual property"
    CONFIDENTIALITY = "confidentiality", "Confidentiality"
    PUBLIC_INVOLVEMENT_COSTS = "public_involvement_costs", "Costs of public involvement"
    RAISING_CONCERNS = "raising_concerns", "How to raise a concern"


class PublicationClause(models.TextChoices):
    """V-21: what the agreement says about publishing, as one of a few; the words stand beside it."""

    FREE = "free", "Yes, freely"
    NOTICE_PERIOD = "notice_period", "Yes, after telling the host beforehand"
    HOST_APPROVAL = "host_approval", "Only if the host approves"
    NOT_STATED = "not_stated", "It does not say"


class FollowsAs(models.TextChoices):
    AMENDMENT = "amendment", "Changes it: both stand"
    SUCCESSOR = "successor", "Takes its place"


class Agreement(models.Model):
    """Recorded, never written by us (users.md decision 5). One that amends or succeeds another names it, and the
    earlier one stays."""

    residency = models.ForeignKey(Residency, on_delete=models.PROTECT, related_name="agreements")
    kind = models.CharField(max_length=40, choices=AgreementKind)
    other_parties = models.CharField("parties that are not listed", max_length=300, blank=True, db_default="")
    signed_on = models.DateField()
    effective_from = models.DateField(null=True, blank=True)
    effective_to = models.DateField("its last day", null=True, blank=True)
    review_on = models.DateField(null=True, blank=True)
    covers = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    publication = models.CharField(max_length=20, choices=PublicationClause, blank=True, db_default="")
    publication_notice_days = models.PositiveSmallIntegerField(null=True, blank=True)
    publication_words = models.TextField("what it says on publishing", blank=True, db_default="")
    funder_review_needed = models.BooleanField(
        "the funder wishes to see it before it is signed", default=False, db_default=False
    )
    kept_at = models.CharField("where it is kept", max_length=200)
    web_address = models.URLField(max_length=500, blank=True, db_default="")
    file = models.OneToOneField(
        MadeFile, on_delete=models.PROTECT, null=True, blank=True, related_name="agreement"
    )
    follows = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="followers"
    )
    follows_as = models.CharField(max_length=10, choices=FollowsAs, blank=True, db_default="")
    recorded_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="agreements_recorded"
    )
    recorded_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, db_default=1)

    class Meta:
        ordering = ["signed_on", "id"]
        constraints = [
            one_of("kind", AgreementKind, "agreement_kind_is_known"),
            models.CheckConstraint(
                condition=Q(covers__contained_by=AgreementCover.values), name="agreement_covers_what_is_known"
            ),
            models.CheckConstraint(
                condition=Q(effective_to__isnull=True) | Q(effective_to__gte=F("signed_on")),
                name="agreement_ends_after_signing",
            ),
            models.CheckConstraint(
                condition=Q(effective_to__isnull=True)
                | Q(effective_from__isnull=True)
                | Q(effective_to__gte=F("effective_from")),
                name="agreement_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(publication="") | Q(publication__in=PublicationClause.values),
                name="agreement_publication_is_known_v21",
            ),
            models.CheckConstraint(
                condition=Q(
                    publication=PublicationClause.NOTICE_PERIOD,
                    publication_notice_days__isnull=False,
                    publication_notice_days__gte=1,
                )
                | (~Q(publication=PublicationClause.NOTICE_PERIOD) & Q(publication_notice_days__isnull=True)),
                name="agreement_notice_has_its_days_v21",
            ),
            models.CheckConstraint(
                condition=Q(follows__isnull=True, follows_as="")
                | Q(follows__isnull=False, follows_as__in=FollowsAs.values),
                name="agreement_follows_as_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.residency.code}"


class AgreementParty(models.Model):
    """An organisation that signed it."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="parties")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="agreements_signed")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint("agreement", "organisation", name="agreement_party_once"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}"
