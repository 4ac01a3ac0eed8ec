"""The log: what a researcher did, how long it took, and who may read it."""

from __future__ import annotations

import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from embedded.accounts.models import Person
from programmes.models import month_deltas
from programmes.models.activity_words import (
    ActivityKind,
    EarlySign,
    LateReason,
    OutputKind,
    Place,
    Readers,
)
from programmes.models.choices import one_of, one_of_or_none
from programmes.models.contact import Contact
from programmes.models.log_file import LogFile
from programmes.models.organisation import Organisation
from programmes.models.programme import Programme
from programmes.models.project import Project
from programmes.models.residency import Residency


class ActivityQuerySet(models.QuerySet["Activity"]):
    def of(self, person: Person) -> Self:
        return self.filter(person=person)

    def between(self, start: datetime.date, end: datetime.date) -> Self:
        """Half-open: the day `end` is left out."""
        return self.filter(date__gte=start, date__lt=end)


class Activity(models.Model):
    """One entry. Its only text is what was done: for the researcher alone it lies in `sealed`, under a key of their
    own; shared, it stands in `what` for the readers named. Host and lead see closed months, kinds and totals
    (users.md decisions 7 and 8, V-62)."""

    PERSONAL: ClassVar[frozenset[str]] = frozenset({"what", "sealed", "named_readers", "requester", "met"})

    residency = models.ForeignKey(
        Residency, on_delete=models.PROTECT, related_name="activities", db_index=False
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="activities", db_index=False)
    date = models.DateField()
    minutes = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=30, choices=ActivityKind)
    what = models.TextField("what you did", blank=True, default="", db_default="")
    sealed = models.BinaryField(null=True, blank=True)
    readers = models.CharField(
        max_length=20, choices=Readers, default=Readers.ONLY_ME, db_default=Readers.ONLY_ME.value
    )
    named_readers = models.ManyToManyField(Person, related_name="activities_to_read", blank=True)
    host = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="activities"
    )
    place = models.CharField(max_length=20, choices=Place, blank=True)
    project = models.ForeignKey(
        Project, on_delete=models.PROTECT, null=True, blank=True, related_name="activities"
    )
    requester = models.ForeignKey(
        Contact, on_delete=models.PROTECT, null=True, blank=True, related_name="asked_for", db_index=False
    )
    met = models.ManyToManyField(Contact, related_name="activities", blank=True)
    sign = models.CharField(max_length=30, choices=EarlySign, blank=True, default="", db_default="")
    output = models.CharField(max_length=30, choices=OutputKind, blank=True, default="", db_default="")
    file = models.ForeignKey(
        LogFile, on_delete=models.PROTECT, null=True, blank=True, related_name="activities", db_index=False
    )
    late_reason = models.CharField(
        "why it is entered late", max_length=200, choices=LateReason, blank=True, default=""
    )
    made_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        ordering = ["-date", "-id"]
        verbose_name_plural = "activities"
        indexes = [
            models.Index("residency", "date", name="activity_by_residency_day"),
            models.Index("person", "date", "id", name="activity_by_person"),
            models.Index("person", "kind", "date", "id", name="activity_by_person_kind"),
            models.Index(
                fields=["person", "project", "date", "id"],
                condition=Q(project__isnull=False),
                name="activity_by_person_project",
            ),
            models.Index(
                fields=["requester"], condition=Q(requester__isnull=False), name="activity_by_requester"
            ),
            models.Index(fields=["file"], condition=Q(file__isnull=False), name="activity_by_file"),
        ]
        constraints = [
            one_of("kind", ActivityKind, "activity_kind_is_known"),
            models.CheckConstraint(
                condition=Q(place="") | Q(place__in=Place.values), name="activity_place_is_known"
            ),
            models.CheckConstraint(condition=Q(minutes__range=(1, 960)), name="activity_minutes_v60"),
            models.CheckConstraint(
                condition=Q(readers=Readers.ONLY_ME, what="")
                | (Q(readers__in=[Readers.PEOPLE, Readers.RESIDENCY], sealed__isnull=True) & ~Q(what="")),
                name="activity_text_v2",
            ),
            one_of_or_none("late_reason", LateReason, "activity_late_reason_is_known"),
            one_of_or_none("sign", EarlySign, "activity_sign_is_known"),
            one_of_or_none("output", OutputKind, "activity_output_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.date}"


class Away(models.Model):
    """Dates on which the researcher is away, from noon of the first or until noon of the last where it says so. No
    reason, ever (users.md decision 9)."""

    PERSONAL: ClassVar[frozenset[str]] = frozenset({"start", "end"})

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="aways")
    start = models.DateField()
    end = models.DateField("last day away")
    start_afternoon = models.BooleanField("from noon of the first day", default=False, db_default=False)
    end_noon = models.BooleanField("until noon of the last day", default=False, db_default=False)

    class Meta:
        ordering = ["-start"]
        constraints = [
            models.CheckConstraint(condition=Q(end__gte=F("start")), name="away_ends_after_it_starts"),
            models.CheckConstraint(
                condition=~Q(start=F("end"), start_afternoon=True, end_noon=True),
                name="away_is_half_a_day_or_more",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} away {self.start} to {self.end}"


class ActivityMonth(models.Model):
    """The roll-up that dashboards read: one row a residency and month, minutes in one column a kind. It is kept
    in the transaction that writes an activity and can be rebuilt from the log."""

    residency = models.ForeignKey(Residency, on_delete=models.CASCADE, related_name="activity_months")
    month = models.DateField("first day of the month")
    entries = models.PositiveIntegerField(default=0)
    last_logged_on = models.DateField(null=True, blank=True)
    relational = models.PositiveIntegerField(default=0)
    knowledge_creation = models.PositiveIntegerField(default=0)
    educational = models.PositiveIntegerField(default=0)
    advice_consultation = models.PositiveIntegerField(default=0)
    project_management = models.PositiveIntegerField(default=0)
    supervision_support = models.PositiveIntegerField(default=0)
    academic_home = models.PositiveIntegerField(default=0)
    bid_development = models.PositiveIntegerField(default=0)
    reflection = models.PositiveIntegerField(default=0)
    unallocated = models.PositiveIntegerField("minutes without a project", default=0)
    at_host = models.PositiveIntegerField("minutes at the host", default=0)

    class Meta:
        ordering = ["month"]
        indexes = [models.Index("month", name="activity_month_by_month")]
        constraints = [
            models.UniqueConstraint("residency", "month", name="activity_month_once"),
            models.CheckConstraint(condition=Q(month__day=1), name="activity_month_is_a_first"),
        ]
        triggers = month_deltas.triggers(ActivityKind.values)

    def __str__(self) -> str:
        return f"{self.residency_id} {self.month:%Y-%m}"


class ProgrammeMonth(models.Model):
    """The roll-up of the roll-up: what was added to a programme's month, or taken from it. Only the sum of a month's
    rows means anything. The database writes one more row whenever an ActivityMonth changes, so that nobody waits for
    anybody; `programmes.measures.folding` makes one of many."""

    # no constraint: its lock on the programme would wait for whoever holds that, and they for it
    programme = models.ForeignKey(
        Programme, on_delete=models.CASCADE, related_name="+", db_constraint=False, db_index=False
    )
    month = models.DateField("first day of the month")
    entries = models.BigIntegerField()
    relational = models.BigIntegerField()
    knowledge_creation = models.BigIntegerField()
    educational = models.BigIntegerField()
    advice_consultation = models.BigIntegerField()
    project_management = models.BigIntegerField()
    supervision_support = models.BigIntegerField()
    academic_home = models.BigIntegerField()
    bid_development = models.BigIntegerField()
    reflection = models.BigIntegerField()

    class Meta:
        ordering = ["month"]
        indexes = [models.Index("programme", "month", name="programme_month_by_month")]

    def __str__(self) -> str:
        return f"{self.programme_id} {self.month:%Y-%m}"
