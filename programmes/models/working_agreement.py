"""A working agreement: plain words on how people work together, version by version, and who has agreed to which."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from embedded.accounts.models import Person
from embedded.files.models import MadeFile
from embedded.jobs.models import Job
from embedded.links.models import SignedLink
from programmes.models.residency import Residency


class WorkingAgreement(models.Model):
    """One version. Until people are asked it is a draft that may change; from then on it stays as it was read.
    `facts` are the lines above the words, as they stood when people were asked."""

    residency = models.ForeignKey(Residency, on_delete=models.PROTECT, related_name="working_agreements")
    number = models.PositiveSmallIntegerField()
    supervision = models.TextField("supervision on both sides", blank=True)
    days_and_places = models.TextField("days and places", blank=True)
    asking = models.TextField("how work is asked for, and refused", blank=True)
    bad_news = models.TextField("how bad news is told", blank=True)
    publishing = models.TextField("before something is published", blank=True)
    no_go = models.TextField("what is left alone", blank=True)
    ending = models.TextField("how it ends", blank=True)
    facts = models.JSONField(default=list, blank=True)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="working_agreements_made")
    made_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True, blank=True)
    asked_by = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="working_agreements_asked",
    )
    job = models.OneToOneField(
        Job, on_delete=models.PROTECT, null=True, blank=True, related_name="working_agreement"
    )
    pdf = models.OneToOneField(
        MadeFile, on_delete=models.PROTECT, null=True, blank=True, related_name="working_agreement"
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint("residency", "number", name="working_agreement_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="working_agreement_counts_from_one"),
            models.CheckConstraint(
                condition=Q(asked_at__isnull=True, asked_by__isnull=True, pdf__isnull=True)
                | Q(asked_at__isnull=False, asked_by__isnull=False),
                name="working_agreement_asked_has_time_and_person",
            ),
        ]

    def __str__(self) -> str:
        return f"Working agreement {self.number}, {self.residency.code}"


class AgreedHow(models.TextChoices):
    LINK = "link", "By link"
    ACCOUNT = "account", "Signed in"


class WorkingAgreementPerson(models.Model):
    """Somebody who is asked to agree to one version, and whether they have."""

    agreement = models.ForeignKey(WorkingAgreement, on_delete=models.PROTECT, related_name="people")
    person = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="working_agreements_named_in",
    )
    name = models.CharField(max_length=120)
    part = models.CharField("what they are in it", max_length=120, blank=True)
    email = models.EmailField(blank=True)
    link = models.OneToOneField(
        SignedLink, on_delete=models.PROTECT, null=True, blank=True, related_name="working_agreement_person"
    )
    sent_at = models.DateTimeField(null=True, blank=True)
    agreed_at = models.DateTimeField(null=True, blank=True)
    agreed_how = models.CharField(max_length=10, choices=AgreedHow, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="working_agreement_person_has_a_name"),
            models.CheckConstraint(
                condition=Q(agreed_at__isnull=True, agreed_how="")
                | Q(agreed_at__isnull=False, agreed_how__in=AgreedHow.values),
                name="working_agreement_agreed_has_time_and_way",
            ),
        ]

    def __str__(self) -> str:
        return self.name
