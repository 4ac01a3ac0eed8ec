"""A programme: residencies led and reported together. It is the tenant: nothing crosses to another."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from embedded.accounts.models import Person
from programmes.models.choices import one_of
from programmes.models.organisation import Organisation


class FundingScheme(models.TextChoices):
    """P-1, who funds programmes of this kind."""

    ARC = "arc", "NIHR Applied Research Collaboration"
    HDRC = "hdrc", "NIHR Health Determinants Research Collaboration"
    RCF = "rcf", "NIHR Research Capability Funding"
    NIHR_PROGRAMME = "nihr_programme", "NIHR programme"
    NIHR_FELLOWSHIP = "nihr_fellowship", "NIHR fellowship"
    SPHR = "sphr", "NIHR School for Public Health Research"
    BRC = "brc", "NIHR Biomedical Research Centre"
    ICB = "icb", "Integrated care board"
    TRUST_FUNDS = "trust_funds", "Trust funds"
    LOCAL_AUTHORITY = "local_authority", "Council"
    CHARITY = "charity", "Charity"
    UKRI = "ukri", "UK Research and Innovation"
    HEALTH_FOUNDATION = "health_foundation", "Health Foundation"
    UNIVERSITY = "university", "University"
    OTHER = "other", "Other"


def default_rules() -> list[str]:
    """The signals on from the start (users.md decision 10). R15 joins when payments can be recorded."""
    return ["R01", "R02", "R04", "R14", "R18", "R19"]


class Programme(models.Model):
    slug = models.SlugField(max_length=60, unique=True)
    code_prefix = models.CharField(
        max_length=4, help_text="Three or four capitals that open a residency's code"
    )
    name = models.CharField(max_length=160)
    lead_organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="led_programmes"
    )
    aims = models.TextField(blank=True)
    start = models.DateField()
    end = models.DateField(null=True, blank=True)
    scheme = models.CharField(max_length=30, choices=FundingScheme, default=FundingScheme.OTHER)
    award_reference = models.CharField(max_length=80, blank=True)
    reporting_year_starts_month = models.PositiveSmallIntegerField(default=4)
    residency_word = models.CharField(max_length=40, default="residency")
    residencies_word = models.CharField(max_length=40, default="residencies")
    researcher_word = models.CharField(max_length=40, default="embedded researcher")
    researchers_word = models.CharField(max_length=40, default="embedded researchers")
    topics = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    rules_on = ArrayField(models.CharField(max_length=3), default=default_rules)
    expiring_within_days = models.PositiveSmallIntegerField(default=60)  # V-34
    is_demonstration = models.BooleanField(default=False)
    takes_interest = models.BooleanField(
        "people without an account may register interest", default=False, db_default=False
    )
    half_days_only = models.BooleanField("the log knows half-days alone", default=False, db_default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["name"]
        constraints = [
            one_of("scheme", FundingScheme, "programme_scheme_is_known"),
            models.CheckConstraint(
                condition=Q(end__isnull=True) | Q(end__gte=F("start")), name="programme_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(reporting_year_starts_month__range=(1, 12)),
                name="programme_reporting_month_is_real",
            ),
            models.CheckConstraint(
                condition=Q(code_prefix__regex=r"^[A-Z]{3,4}$"), name="programme_prefix_is_capitals"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Theme(models.Model):
    """A part of a programme with a lead of its own (users.md decision 15)."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="themes")
    name = models.CharField(max_length=120)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint("programme", "name", name="theme_once_in_a_programme"),
        ]

    def __str__(self) -> str:
        return self.name


class ProgrammeVisit(models.Model):
    """When somebody last looked at the dashboard, so that it can say what has changed since."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="visits")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="visits")
    began_at = models.DateTimeField()
    previous_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("programme", "person", name="one_visit_row_a_person_and_programme"),
        ]

    def __str__(self) -> str:
        return f"{self.person} at {self.programme}"
