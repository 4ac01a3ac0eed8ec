"""A project within a residency, the partners it is made with, and what each of them contributed."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from embedded.accounts.models import Person
from programmes.models.choices import one_of
from programmes.models.organisation import Organisation
from programmes.models.programme import Programme
from programmes.models.residency import Residency


class Classification(models.TextChoices):
    """What kind of work it is; one project, one classification (V-40)."""

    NOT_YET = "not_yet_classified", "Not decided yet"
    RESEARCH = "research", "Research"
    SERVICE_EVALUATION = "service_evaluation_improvement", "Service evaluation or improvement"
    AUDIT = "clinical_audit", "Clinical audit"
    SURVEILLANCE = "health_surveillance", "Health surveillance"


class LifecycleStage(models.TextChoices):
    """L-1, the stages of the research life cycle."""

    PRIORITISE = "prioritise", "Choosing the question"
    FUND = "fund", "Finding the money"
    DESIGN = "design", "Designing the work"
    GOVERN = "govern", "Approvals and management"
    COLLECT = "collect", "Collecting evidence"
    ANALYSE = "analyse", "Making sense of it"
    INTERPRET = "interpret", "Working out what it means"
    SHARE = "share", "Sharing it"
    USE = "use", "Putting it to use"
    EVALUATE = "evaluate", "Seeing what came of it"


# From here on evidence is collected: V-41 asks for a note when the kind of work is changed
UNDER_WAY = (
    LifecycleStage.COLLECT,
    LifecycleStage.ANALYSE,
    LifecycleStage.INTERPRET,
    LifecycleStage.SHARE,
    LifecycleStage.USE,
    LifecycleStage.EVALUATE,
)


class ProjectQuerySet(models.QuerySet["Project"]):
    def unclassified(self) -> Self:
        return self.filter(classification=Classification.NOT_YET)

    def open(self) -> Self:
        return self.filter(ended_on__isnull=True)


class Project(models.Model):
    residency = models.ForeignKey(Residency, on_delete=models.PROTECT, related_name="projects")
    title = models.CharField(max_length=200)
    question = models.TextField(blank=True)
    classification = models.CharField(max_length=40, choices=Classification, default=Classification.NOT_YET)
    classified_on = models.DateField(null=True, blank=True)
    classified_by_name = models.CharField(max_length=120, blank=True)
    classification_kept_at = models.CharField(
        "where that is written", max_length=200, blank=True, db_default=""
    )
    stage = models.CharField(max_length=20, choices=LifecycleStage, default=LifecycleStage.PRIORITISE)
    started_on = models.DateField()
    target_feedback_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="projects_added")
    added_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1)

    objects = ProjectQuerySet.as_manager()

    class Meta:
        ordering = ["-started_on", "id"]
        indexes = [models.Index("added_at", name="project_by_adding")]
        constraints = [
            one_of("classification", Classification, "project_classification_is_known"),
            one_of("stage", LifecycleStage, "project_stage_is_known"),
            models.CheckConstraint(condition=~Q(title=""), name="project_has_a_title"),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")),
                name="project_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(classification=Classification.NOT_YET) | Q(classified_on__isnull=False),
                name="project_classified_has_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ClassificationChange(models.Model):
    """That somebody said otherwise what kind of work a project is; with a note once it was under way (V-41)."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="classification_changes")
    old = models.CharField(max_length=40, choices=Classification)
    new = models.CharField(max_length=40, choices=Classification)
    note = models.CharField("why it changed", max_length=500, blank=True)
    on = models.DateField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="classifications_changed")

    class Meta:
        ordering = ["id"]
        constraints = [
            one_of("old", Classification, "classification_change_old_is_known"),
            one_of("new", Classification, "classification_change_new_is_known"),
            models.CheckConstraint(condition=~Q(old=F("new")), name="classification_change_is_one"),
        ]

    def __str__(self) -> str:
        return f"{self.get_old_display()} to {self.get_new_display()}"


class PartnerKind(models.TextChoices):
    """PT-1."""

    PATIENT = "patient_or_service_user", "Patient or service user"
    CARER = "carer", "Carer"
    PUBLIC_MEMBER = "public_member", "Member of the public"
    COMMUNITY_GROUP = "community_group", "Community group"
    VCSE = "vcse_organisation", "Voluntary or community organisation"
    CLINICIAN = "clinician", "Clinician"
    ALLIED_HEALTH = "allied_health_professional", "Allied health professional"
    NURSE_MIDWIFE = "nurse_midwife", "Nurse or midwife"
    SERVICE_MANAGER = "service_manager", "Service manager"
    COMMISSIONER = "commissioner", "Commissioner"
    EXECUTIVE = "executive", "Executive"
    ANALYST = "analyst", "Analyst"
    SOCIAL_CARE = "social_care_practitioner", "Social care practitioner"
    COUNCIL_OFFICER = "local_government_officer", "Council officer"
    ELECTED_MEMBER = "elected_member", "Elected member"
    POLICY_MAKER = "policy_maker", "Policy maker"
    ACADEMIC = "academic", "Academic"
    DESIGNER = "designer", "Designer"
    FUNDER = "funder", "Funder"
    INDUSTRY = "industry", "Industry"
    OTHER = "other", "Other"


PUBLIC_KINDS = (PartnerKind.PATIENT, PartnerKind.CARER, PartnerKind.PUBLIC_MEMBER)


class Partner(models.Model):
    """A person or group who contributes. No e-mail address is needed, and one may be shared (decision 12)."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="partners")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=40, choices=PartnerKind)
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="partnerships"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="partnerships"
    )
    how_to_reach = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            one_of("kind", PartnerKind, "partner_kind_is_known"),
            models.CheckConstraint(condition=~Q(name=""), name="partner_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class ContributionMode(models.TextChoices):
    """M-1, in words and never in points."""

    INFORMED = "informed", "Was told"
    CONSULTED = "consulted", "Was asked"
    COLLABORATED = "collaborated", "Worked on it together with us"
    CO_LED = "co_led", "Led it with us"
    LED = "led", "Led it"


class ReadBack(models.TextChoices):
    """How a partner was asked, where somebody else writes the answer down."""

    IN_PERSON = "in_person", "In person"
    TELEPHONE = "telephone", "By telephone"
    IN_WRITING = "in_writing", "By letter, text or email"


class Contribution(models.Model):
    """What a partner did, at which stage, and what changed because of it ("nothing" is an answer: V-50)."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="contributions")
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="contributions")
    stage = models.CharField(max_length=20, choices=LifecycleStage)
    mode = models.CharField(max_length=20, choices=ContributionMode)
    on = models.DateField()
    description = models.TextField()
    what_changed = models.TextField(blank=True)
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="contributions_recorded")
    confirmed_at = models.DateTimeField(null=True, blank=True)  # V-51
    confirmed_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="contributions_confirmed"
    )
    read_back = models.CharField("how it was read back", max_length=20, choices=ReadBack, blank=True)

    class Meta:
        ordering = ["-on", "-id"]
        constraints = [
            one_of("stage", LifecycleStage, "contribution_stage_is_known"),
            one_of("mode", ContributionMode, "contribution_mode_is_known"),
            models.CheckConstraint(condition=~Q(description=""), name="contribution_says_what"),
            models.CheckConstraint(
                condition=Q(read_back="") | Q(read_back__in=ReadBack.values, confirmed_at__isnull=False),
                name="contribution_read_back_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.partner}: {self.description[:60]}"


class ProjectPartner(models.Model):
    """A partner with whom a project is made."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="partners")
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="projects")
    since = models.DateField()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint("project", "partner", name="partner_once_in_a_project")]

    def __str__(self) -> str:
        return f"{self.partner} in {self.project}"
