"""A job description and person specification: its versions, each written here or handed in on HR's own form."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from embedded.accounts.models import Person
from embedded.files.models import MadeFile
from embedded.jobs.models import Job
from programmes.models.choices import one_of
from programmes.models.residency import Residency


class JobDescriptionKind(models.TextChoices):
    WRITTEN = "written", "Written here"
    OWN_FORM = "own_form", "HR's own form"


class PostVariant(models.TextChoices):
    """Who employs: a university grade, or a band that a matching panel decides (domain.md §5.4)."""

    UNIVERSITY = "university", "A university employs, the NHS hosts"
    NHS = "nhs", "An NHS or care organisation employs"


class Seniority(models.TextChoices):
    EARLY = "early", "Early: first or second post after a doctorate, or equal experience"
    EXPERIENCED = "experienced", "Experienced: has led pieces of research or evaluation"
    SENIOR = "senior", "Senior: has led programmes of work and other researchers"


class JobDescriptionQuerySet(models.QuerySet["JobDescription"]):
    def approved(self) -> Self:
        return self.filter(approved_at__isnull=False)


class JobDescription(models.Model):
    """One version. It can be changed until it is approved or a later one exists; `content` has the shape that
    programmes/recruitment/content.py reads and writes. The files are made from it as it stands, and let go when it
    changes."""

    residency = models.ForeignKey(Residency, on_delete=models.PROTECT, related_name="job_descriptions")
    number = models.PositiveSmallIntegerField("which version")
    kind = models.CharField(max_length=10, choices=JobDescriptionKind)
    variant = models.CharField(max_length=10, choices=PostVariant, default=PostVariant.UNIVERSITY)
    seniority = models.CharField(max_length=12, choices=Seniority, default=Seniority.EARLY)
    content = models.JSONField(default=dict, blank=True)
    own_form = models.ForeignKey(
        MadeFile, on_delete=models.PROTECT, null=True, blank=True, related_name="job_descriptions_handed_in"
    )
    pdf = models.ForeignKey(
        MadeFile, on_delete=models.PROTECT, null=True, blank=True, related_name="job_descriptions_as_pdf"
    )
    word = models.ForeignKey(
        MadeFile, on_delete=models.PROTECT, null=True, blank=True, related_name="job_descriptions_as_word"
    )
    job = models.OneToOneField(
        Job, on_delete=models.PROTECT, null=True, blank=True, related_name="job_description"
    )
    begun_at = models.DateTimeField()
    begun_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="job_descriptions_begun")
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="job_descriptions_changed")
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="job_descriptions_approved"
    )
    version = models.PositiveIntegerField(default=1)

    objects = JobDescriptionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            one_of("kind", JobDescriptionKind, "job_description_kind_is_known"),
            one_of("variant", PostVariant, "job_description_variant_is_known"),
            one_of("seniority", Seniority, "job_description_seniority_is_known"),
            models.UniqueConstraint("residency", "number", name="job_description_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="job_description_counts_from_one"),
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True, approved_by__isnull=True)
                | Q(approved_at__isnull=False, approved_by__isnull=False),
                name="job_description_approved_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(kind=JobDescriptionKind.WRITTEN, own_form__isnull=True)
                | Q(kind=JobDescriptionKind.OWN_FORM, own_form__isnull=False),
                name="job_description_is_written_or_a_form",
            ),
        ]

    def __str__(self) -> str:
        return f"Job description of {self.residency.code}, version {self.number}"

    def get_absolute_url(self) -> str:
        return reverse(
            "job_description_version", args=[self.residency.programme.slug, self.residency.code, self.pk]
        )
