"""A residency: one arrangement between hosts and an academic home, with a purpose, people and dates."""

from __future__ import annotations

import datetime
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse

from embedded.accounts.models import Person
from embedded.database.words import words_in
from programmes.models import month_deltas
from programmes.models.choices import one_of
from programmes.models.organisation import Organisation
from programmes.models.programme import Programme, Theme


class Stage(models.TextChoices):
    """The fine states of domain.md §1.2; people see the five words of `programmes.lifecycle`."""

    IDEA = "idea", "Idea"
    SCOPING = "scoping", "Waiting for approval"
    APPROVED = "approved", "Approved"
    RECRUITING = "recruiting", "Recruiting"
    ONBOARDING = "onboarding", "Getting ready to start"
    ACTIVE = "active", "Running"
    PAUSED = "paused", "Paused"
    CLOSING = "closing", "Ending"
    ENDED = "ended", "Ended"
    LEGACY = "legacy", "Looking back"
    DECLINED = "declined", "Declined"
    WITHDRAWN = "withdrawn", "Withdrawn"
    TERMINATED_EARLY = "terminated_early", "Stopped early"


class Direction(models.TextChoices):
    ACADEMIC_TO_SERVICE = "academic_to_service", "A researcher works in the service"
    SERVICE_TO_ACADEMIC = "service_to_academic", "A member of the service works in the university"
    TWO_WAY = "two_way", "Both ways"


class OrganisationPart(models.TextChoices):
    LEAD_HOST = "lead_host", "Lead host"
    HOST = "host", "Host"
    ACADEMIC_HOME = "academic_home", "Academic home"
    FUNDER = "funder", "Funder"


class EndDecision(models.TextChoices):
    GOES_ON = "goes_on", "It goes on"
    ENDS = "ends", "It ends as planned"


class EndedReason(models.TextChoices):
    """Why it is over (domain.md §3.4); the first stands for whatever ended as it was planned to."""

    COMPLETED = "completed", "It was finished"
    EXTENDED_AS_NEW = "extended_as_new", "It goes on as a new one"
    FUNDING_ENDED = "funding_ended", "The money ended"
    PERSON_LEFT = "person_left", "The person left"
    HOST_WITHDREW = "host_withdrew", "The host withdrew"
    ACADEMIC_WITHDREW = "academic_withdrew", "The university withdrew"
    REORGANISATION = "reorganisation", "The host was reorganised"
    CONCERN = "concern", "There was a concern"
    OTHER = "other", "Something else"


# a residency's own texts, in which a search looks
SEARCHED = (
    "title",
    "code",
    "site",
    "problem",
    "host_manager_name",
    "academic_supervisor_name",
    "researcher_name",
)


class ResidencyQuerySet(models.QuerySet["Residency"]):
    def running(self) -> Self:
        return self.filter(stage=Stage.ACTIVE)

    def live(self) -> Self:
        """Everything that has neither ended nor been given up."""
        return self.exclude(
            stage__in=[
                Stage.ENDED,
                Stage.LEGACY,
                Stage.DECLINED,
                Stage.WITHDRAWN,
                Stage.TERMINATED_EARLY,
            ]
        )

    def waiting_for_approval(self) -> Self:
        return self.filter(stage=Stage.SCOPING)

    def hosted_by(self, organisation: Organisation) -> Self:
        return self.filter(
            organisations__organisation=organisation,
            organisations__part__in=[OrganisationPart.LEAD_HOST, OrganisationPart.HOST],
        ).distinct()

    def with_places(self) -> Self:
        """With all that a list shows, in a number of queries that does not grow."""
        return self.select_related("programme", "theme").prefetch_related(
            "organisations__organisation", "placements__person"
        )


class Residency(models.Model):
    """An idea needs a title and a host; everything else may wait until it is submitted (users.md decision 2)."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="residencies")
    theme = models.ForeignKey(
        Theme, on_delete=models.PROTECT, null=True, blank=True, related_name="residencies"
    )
    code = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    stage = models.CharField(max_length=20, choices=Stage, default=Stage.IDEA)
    direction = models.CharField(max_length=30, choices=Direction, default=Direction.ACADEMIC_TO_SERVICE)
    site = models.CharField("hospital, site or team", max_length=160, blank=True)

    problem = models.TextField("the problem", blank=True)
    decision = models.TextField("the decision it should inform", blank=True)
    decision_by = models.DateField("when the decision is made", null=True, blank=True)
    difference = models.TextField("what should be different in a year", blank=True)
    how_known = models.TextField("how would you know", blank=True)
    fairer_for = models.TextField(
        "whose health or care should become fairer, and who is likely to be missed", blank=True
    )
    topics = ArrayField(models.CharField(max_length=60), default=list, blank=True)

    planned_start = models.DateField(null=True, blank=True)
    planned_end = models.DateField(null=True, blank=True)
    started_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    days_a_week = models.DecimalField(max_digits=3, decimal_places=1, null=True, blank=True)

    host_manager_name = models.CharField(max_length=120, blank=True)
    host_manager_email = models.EmailField(blank=True)
    host_supervisor_name = models.CharField(
        "who supervises at the host", max_length=120, blank=True, default="", db_default=""
    )
    host_supervisor_email = models.EmailField(blank=True, default="", db_default="")
    academic_supervisor_name = models.CharField(max_length=120, blank=True)
    academic_supervisor_email = models.EmailField(blank=True, default="", db_default="")
    second_supervisor_name = models.CharField(
        "academic supervisor at a second home", max_length=120, blank=True, default="", db_default=""
    )
    second_supervisor_email = models.EmailField(blank=True, default="", db_default="")
    researcher_name = models.CharField(max_length=120, blank=True)
    people_not_known = models.CharField("who will find out, and by when", max_length=200, blank=True)

    money_who_pays = models.CharField(max_length=160, blank=True)
    money_amount = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)
    money_held_by = models.CharField(max_length=160, blank=True)
    money_cost_code = models.CharField(max_length=60, blank=True)
    money_confirmed = models.CharField(max_length=20, blank=True)

    guiding_group = models.CharField("who is in the group that guides it", max_length=500, blank=True)
    guiding_group_entered_on = models.DateField(null=True, blank=True)  # switches R14 on
    public_partners_in_guiding_group = models.PositiveSmallIntegerField(default=0)
    sponsor_name = models.CharField("executive sponsor", max_length=120, blank=True)
    sponsor_left_on = models.DateField(null=True, blank=True)  # R18
    navigator_name = models.CharField(
        "who shows them round", max_length=120, blank=True, default="", db_default=""
    )
    mentor_name = models.CharField("who thinks along", max_length=120, blank=True, default="", db_default="")
    end_decision = models.CharField(max_length=10, choices=EndDecision, blank=True)
    end_decision_on = models.DateField(null=True, blank=True)  # R19: extend or end has been decided
    exit_plan_on = models.DateField(null=True, blank=True)  # V-15, R19
    review_on = models.DateField(
        "when to look again", null=True, blank=True
    )  # while paused, while no end is agreed, and after the end
    adopted_on = models.DateField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    confirmed_by_manager_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="residencies_created")
    version = models.PositiveIntegerField(default=1)

    objects = ResidencyQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        verbose_name_plural = "residencies"
        indexes = [
            models.Index("programme", "title", "code", name="residency_by_title"),
            models.Index("programme", Coalesce("ended_on", "planned_end"), "code", name="residency_by_end"),
            models.Index(
                "programme",
                "stage",
                Coalesce("ended_on", "planned_end"),
                "code",
                name="residency_by_stage_and_end",
            ),
            GinIndex(words_in(*SEARCHED), name="residency_by_words"),
        ]
        constraints = [
            one_of("stage", Stage, "residency_stage_is_known"),
            one_of("direction", Direction, "residency_direction_is_known"),
            models.CheckConstraint(
                condition=Q(end_decision="") | Q(end_decision__in=EndDecision.values),
                name="residency_end_decision_is_known",
            ),
            models.UniqueConstraint("programme", "code", name="residency_code_once_in_a_programme"),
            models.CheckConstraint(
                condition=Q(code__regex=r"^[A-Z]{3,4}-\d{4}-\d{3}$"), name="residency_code_has_its_form"
            ),
            models.CheckConstraint(condition=~Q(title=""), name="residency_has_a_title"),
            models.CheckConstraint(
                condition=Q(planned_end__isnull=True)
                | Q(planned_start__isnull=True)
                | Q(planned_end__gt=F("planned_start")),
                name="residency_planned_end_after_start",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True)
                | Q(started_on__isnull=True)
                | Q(ended_on__gte=F("started_on")),
                name="residency_ended_after_it_started",
            ),
            models.CheckConstraint(
                condition=Q(days_a_week__isnull=True) | Q(days_a_week__gt=0, days_a_week__lte=5),
                name="residency_days_a_week_up_to_five",
            ),
            models.CheckConstraint(
                condition=Q(money_amount__isnull=True) | Q(money_amount__gte=0),
                name="residency_money_not_negative",
            ),
            models.CheckConstraint(
                condition=~Q(stage=Stage.ACTIVE) | Q(started_on__isnull=False),
                name="residency_running_has_started",
            ),
            models.CheckConstraint(
                condition=Q(review_on__isnull=True)
                | Q(
                    stage__in=[
                        Stage.ONBOARDING,
                        Stage.ACTIVE,
                        Stage.PAUSED,
                        Stage.CLOSING,
                        Stage.ENDED,
                        Stage.LEGACY,
                        Stage.TERMINATED_EARLY,
                    ]
                ),
                name="residency_looked_at_again_once_set_up",
            ),
        ]
        triggers = [month_deltas.stays_once_logged()]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("residency", args=[self.programme.slug, self.code])

    @property
    def end(self) -> datetime.date | None:
        """The day it ended, or the day it is planned to."""
        return self.ended_on or self.planned_end

    @property
    def academic_supervisors(self) -> str:
        """By name: one, or one of each of two homes."""
        return ", ".join(filter(None, [self.academic_supervisor_name, self.second_supervisor_name]))

    @property
    def first_day(self) -> datetime.date | None:
        """From which its posts may begin (V-12): the planned start, or the day it started where that was earlier."""
        return min(filter(None, [self.planned_start, self.started_on]), default=None)

    def _in_part(self, *parts: str) -> list[Organisation]:
        return [row.organisation for row in self.organisations.all() if row.part in parts]

    @property
    def long_code(self) -> str:
        """Its code and its programme's short name: a code alone is given once in each programme."""
        return f"{self.programme.slug}/{self.code}"

    @property
    def lead_host(self) -> Organisation | None:
        return next(iter(self._in_part(OrganisationPart.LEAD_HOST)), None)

    @property
    def hosts(self) -> list[Organisation]:
        """The lead host first."""
        return self._in_part(OrganisationPart.LEAD_HOST) + self._in_part(OrganisationPart.HOST)

    @property
    def academic_homes(self) -> list[Organisation]:
        return self._in_part(OrganisationPart.ACADEMIC_HOME)

    @property
    def funders(self) -> list[Organisation]:
        return self._in_part(OrganisationPart.FUNDER)


class ResidencyOrganisation(models.Model):
    """An organisation's part in a residency, and its own reference for it (EDGE id, cost centre, DPIA number)."""

    residency = models.ForeignKey(Residency, on_delete=models.CASCADE, related_name="organisations")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="residency_parts")
    part = models.CharField(max_length=20, choices=OrganisationPart)
    own_reference = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            one_of("part", OrganisationPart, "organisation_part_is_known"),
            models.UniqueConstraint("residency", "organisation", "part", name="organisation_part_once"),
            models.UniqueConstraint(
                "residency", condition=Q(part=OrganisationPart.LEAD_HOST), name="residency_has_one_lead_host"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} ({self.get_part_display()})"


class ShelfLink(models.Model):
    """A link that belongs to a residency and is kept elsewhere: a folder, minutes, a plan. Its shelf holds them."""

    residency = models.ForeignKey(Residency, on_delete=models.PROTECT, related_name="shelf")
    title = models.CharField(max_length=120)
    address = models.CharField("web address", max_length=1000)
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="shelf_links_added")
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="shelf_link_has_a_title"),
            models.CheckConstraint(condition=Q(address__startswith="https://"), name="shelf_link_is_https"),
            models.UniqueConstraint("residency", "address", name="shelf_link_once"),
        ]

    def __str__(self) -> str:
        return self.title


class StageChange(models.Model):
    """A step in a residency's life: from, to, when, by whom, and why where a reason is asked."""

    residency = models.ForeignKey(Residency, on_delete=models.PROTECT, related_name="stage_changes")
    from_stage = models.CharField(max_length=20, choices=Stage, blank=True)
    to_stage = models.CharField(max_length=20, choices=Stage)
    on = models.DateField("the day it happened")
    recorded_at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="stage_changes_made")
    on_behalf_of = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="stage_changes_made_for"
    )
    why = models.TextField(blank=True)
    kept_at = models.CharField("where the paper is kept", max_length=200, blank=True)
    with_conditions = models.BooleanField(default=False)
    review_on = models.DateField("when to look again", null=True, blank=True)
    ended_reason = models.CharField(
        "why it is over", max_length=20, choices=EndedReason, blank=True, default="", db_default=""
    )

    class Meta:
        ordering = ["on", "id"]
        indexes = [models.Index("recorded_at", name="stage_change_by_recording")]
        constraints = [
            one_of("to_stage", Stage, "stage_change_to_is_known"),
            models.CheckConstraint(
                condition=Q(from_stage="") | Q(from_stage__in=Stage.values), name="stage_change_from_is_known"
            ),
            models.CheckConstraint(
                condition=Q(ended_reason="")
                | Q(ended_reason__in=EndedReason.values, to_stage__in=[Stage.ENDED, Stage.TERMINATED_EARLY]),
                name="stage_change_ended_reason_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.residency.code}: {self.get_to_stage_display()} on {self.on}"


class EndChange(models.Model):
    """A planned end that was moved: the old one is kept (V-18)."""

    residency = models.ForeignKey(Residency, on_delete=models.PROTECT, related_name="end_changes")
    old_end = models.DateField(null=True, blank=True)
    new_end = models.DateField()
    on = models.DateField("the day it was decided")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="end_changes_made")
    why = models.TextField()
    approved_by_name = models.CharField("who approved it", max_length=120, blank=True, db_default="")
    recorded_at = models.DateTimeField(auto_now_add=True, null=True)

    class Meta:
        ordering = ["on", "id"]
        indexes = [models.Index("on", name="end_change_by_day")]
        constraints = [
            models.CheckConstraint(condition=~Q(why=""), name="end_change_has_a_reason"),
            models.CheckConstraint(
                condition=Q(old_end__isnull=True) | ~Q(old_end=F("new_end")),
                name="end_change_changes_the_end",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.residency.code}: until {self.new_end}"


class Condition(models.Model):
    """What an approval asks for: what, who, by when (users.md decision 2)."""

    residency = models.ForeignKey(Residency, on_delete=models.PROTECT, related_name="conditions")
    what = models.CharField(max_length=300)
    owner_name = models.CharField(max_length=120)
    due = models.DateField()
    set_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="conditions_set")
    met_on = models.DateField(null=True, blank=True)
    met_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="conditions_met"
    )

    class Meta:
        ordering = ["due", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(met_on__isnull=True, met_by__isnull=True)
                | Q(met_on__isnull=False, met_by__isnull=False),
                name="condition_met_has_day_and_person",
            ),
        ]

    def __str__(self) -> str:
        return self.what
