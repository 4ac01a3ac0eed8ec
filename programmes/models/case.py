"""A case study of one's own: its words, the steps it took, the people who can be recognised and what they answered."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import ClassVar, Final, Self

from django.db import connection, models
from django.db.models import Q
from django.urls import reverse

from embedded.accounts.models import Person
from embedded.files.models import MadeFile
from embedded.jobs.models import Job
from embedded.links.models import SignedLink
from programmes.models.choices import one_of
from programmes.models.project import ReadBack
from programmes.models.residency import Residency


class CaseState(models.TextChoices):
    DRAFT = "draft", "Being written"
    HOST_CHECK = "host_check", "With the host"
    CONTRIBUTORS_CHECK = "contributors_check", "With the people in it"
    PUBLISHED = "published", "Published"
    WITHDRAWN = "withdrawn", "Withdrawn"


class CaseStudyQuerySet(models.QuerySet["CaseStudy"]):
    def open_on(self, day: datetime.date) -> Self:
        """Published, and no longer held back on that day."""
        free = Q(embargo_until__isnull=True) | Q(embargo_until__lte=day)
        return self.filter(free, state=CaseState.PUBLISHED)


class CaseStudy(models.Model):
    """`edition` counts how often the words were sent to be checked: a consent holds for the edition that it was given
    to. `state` is that of the newest step."""

    residency = models.ForeignKey(Residency, on_delete=models.PROTECT, related_name="cases")
    title = models.CharField(max_length=160)
    setting = models.TextField(blank=True)
    period = models.CharField(max_length=120, blank=True)
    team = models.TextField(blank=True)
    hosts = models.CharField(max_length=300, blank=True)
    funding = models.CharField(max_length=300, blank=True)
    problem = models.TextField(blank=True)
    what_was_done = models.TextField(blank=True)
    challenges = models.TextField(blank=True)
    strategies = models.TextField(blank=True)
    what_changed = models.TextField(blank=True)
    public_involvement = models.TextField(blank=True)
    do_differently = models.TextField("what we would do differently", blank=True)
    not_known = models.TextField(blank=True)
    quotes = models.TextField(blank=True)
    sources = models.TextField("source references", blank=True)
    embargo_until = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=20, choices=CaseState, default=CaseState.DRAFT)
    edition = models.PositiveSmallIntegerField(default=0)
    host_email = models.EmailField("who at the host was asked", blank=True)
    host_link = models.OneToOneField(
        SignedLink, on_delete=models.PROTECT, null=True, blank=True, related_name="case"
    )
    host_agreed_by = models.CharField(max_length=120, blank=True)
    published_on = models.DateField(null=True, blank=True)
    job = models.OneToOneField(Job, on_delete=models.PROTECT, null=True, blank=True, related_name="case")
    pdf = models.OneToOneField(MadeFile, on_delete=models.PROTECT, null=True, blank=True, related_name="case")
    begun_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="cases_begun")
    begun_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects = CaseStudyQuerySet.as_manager()

    class Meta:
        ordering = ["-begun_at", "-id"]
        verbose_name_plural = "case studies"
        constraints = [
            one_of("state", CaseState, "case_state_is_known"),
            models.CheckConstraint(condition=~Q(title=""), name="case_has_a_title"),
            models.CheckConstraint(
                condition=Q(state__in=[CaseState.DRAFT, CaseState.WITHDRAWN])
                | (~Q(challenges="") & ~Q(not_known="")),
                name="case_says_what_was_hard_and_is_not_known_v99",
            ),
            models.CheckConstraint(
                condition=~Q(state=CaseState.PUBLISHED)
                | (Q(published_on__isnull=False) & ~Q(host_agreed_by="")),
                name="case_published_has_day_and_host",
            ),
            models.CheckConstraint(
                condition=Q(pdf__isnull=True) | Q(state=CaseState.PUBLISHED), name="case_pdf_while_published"
            ),
        ]

    def __str__(self) -> str:
        return f"Case study {self.pk}, {self.residency.code}"

    def get_absolute_url(self) -> str:
        return reverse("case", args=[self.residency.programme.slug, self.residency.code, self.pk])


class CaseStep(models.Model):
    """One step of a case study: to where, when, by whom and in which words. Without an account it is `by_name`."""

    case = models.ForeignKey(CaseStudy, on_delete=models.PROTECT, related_name="steps")
    to_state = models.CharField(max_length=20, choices=CaseState)
    edition = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="case_steps_taken"
    )
    by_name = models.CharField(max_length=120)
    why = models.TextField(blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            one_of("to_state", CaseState, "case_step_to_is_known"),
            models.CheckConstraint(condition=~Q(by_name=""), name="case_step_has_a_name"),
        ]

    def __str__(self) -> str:
        return f"{self.case}: {self.get_to_state_display()}"


class CasePerson(models.Model):
    """Somebody who can be recognised in a case study and is asked for consent (V-98)."""

    PERSONAL: ClassVar[frozenset[str]] = frozenset({"name", "part", "email"})

    case = models.ForeignKey(CaseStudy, on_delete=models.PROTECT, related_name="people")
    name = models.CharField(max_length=120)
    part = models.CharField("what they are in it", max_length=120, blank=True)
    email = models.EmailField(blank=True)
    link = models.OneToOneField(
        SignedLink, on_delete=models.PROTECT, null=True, blank=True, related_name="case_person"
    )
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="case_person_has_a_name"),
            models.UniqueConstraint("case", "name", name="case_person_once"),
        ]

    def __str__(self) -> str:
        return self.name


class ConsentAnswer(models.TextChoices):
    YES = "yes", "Yes"
    NO = "no", "No"
    WITHDRAWN = "withdrawn", "Taken back"


class CaseConsent(models.Model):
    """What somebody answered about one edition; the newest answer holds. Typed in by `by` where they were asked
    otherwise than by link: then `read_back` says how."""

    PERSONAL: ClassVar[frozenset[str]] = frozenset({"words"})

    person = models.ForeignKey(CasePerson, on_delete=models.PROTECT, related_name="answers")
    edition = models.PositiveSmallIntegerField()
    answer = models.CharField(max_length=10, choices=ConsentAnswer)
    words = models.TextField("what should change", blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="case_consents_typed_in"
    )
    read_back = models.CharField(max_length=20, choices=ReadBack, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            one_of("answer", ConsentAnswer, "case_consent_is_known"),
            models.CheckConstraint(
                condition=Q(by__isnull=True, read_back="")
                | Q(by__isnull=False, read_back__in=ReadBack.values),
                name="case_consent_typed_in_says_how",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_answer_display()}"


class CaseForm(models.TextChoices):
    """How a published case study was read."""

    HTML = "html", "Web page"
    PDF = "pdf", "PDF"


CaseRow = tuple[int, str, datetime.date, str]
_ADD: Final = """
    INSERT INTO programmes_casecount (case_id, form, month, reader, readings)
    SELECT one.* FROM unnest(%s::bigint[], %s::text[], %s::date[], %s::text[], %s::int[])
        AS one (case_id, form, month, reader, readings)
    WHERE EXISTS (SELECT FROM programmes_casestudy WHERE id = one.case_id)
    ON CONFLICT (case_id, form, month, reader)
    DO UPDATE SET readings = programmes_casecount.readings + excluded.readings
"""


class CaseCountQuerySet(models.QuerySet["CaseCount"]):
    """Counts, never of a person."""

    def add(self, counts: Mapping[CaseRow, int]) -> None:
        """Adds to the rows of (case, form, month, reader), whoever else does so at the same time."""
        known = [(*row, number) for row, number in sorted(counts.items()) if row[1] in CaseForm.values]
        if known:
            with connection.cursor() as cursor:
                cursor.execute(_ADD, [list(column) for column in zip(*known, strict=True)])


class CaseCount(models.Model):
    """How often a case study was opened or downloaded in a month, by kind of organisation (V-97). Nothing here tells
    who it was."""

    case = models.ForeignKey(CaseStudy, on_delete=models.PROTECT, related_name="counts")
    form = models.CharField(max_length=8, choices=CaseForm)
    month = models.DateField()
    reader = models.CharField(max_length=40)
    readings = models.PositiveIntegerField(default=0)

    objects = CaseCountQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("case", "form", "month", "reader", name="case_counted_in_one_row"),
            one_of("form", CaseForm, "case_count_form_is_known"),
            models.CheckConstraint(condition=Q(month__day=1), name="case_count_month_is_a_first_day"),
        ]

    def __str__(self) -> str:
        return f"{self.case}, {self.get_form_display()}, {self.month:%B %Y}, {self.reader}: {self.readings}"
