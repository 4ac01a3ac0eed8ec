"""The log: what a researcher did, how long it took, and who may read the note."""

from __future__ import annotations

import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q

from embedded.accounts.models import Person
from programmes.models import month_deltas
from programmes.models.choices import one_of
from programmes.models.organisation import Organisation
from programmes.models.programme import Programme
from programmes.models.project import Project
from programmes.models.residency import Residency


class ActivityKind(models.TextChoices):
    """A-1, the codes beneath the seven plain kinds of `programmes.models.activity.PLAIN_KINDS`."""

    RELATIONAL = "relational", "Meeting and connecting people"
    KNOWLEDGE_CREATION = "knowledge_creation", "Finding, making or feeding back evidence"
    EDUCATIONAL = "educational", "Teaching and coaching"
    ADVICE = "advice_consultation", "Answering a question"
    PROJECT_MANAGEMENT = "project_management", "Planning, approvals, reporting and bids"
    SUPERVISION = "supervision_support", "Supervision, peers and thinking time"
    ACADEMIC_HOME = "academic_home", "University work"
    BID = "bid_development", "Writing a bid"
    REFLECTION = "reflection", "Thinking time"


PLAIN_KINDS = (
    ActivityKind.RELATIONAL,
    ActivityKind.KNOWLEDGE_CREATION,
    ActivityKind.EDUCATIONAL,
    ActivityKind.ADVICE,
    ActivityKind.PROJECT_MANAGEMENT,
    ActivityKind.SUPERVISION,
    ActivityKind.ACADEMIC_HOME,
)


class Place(models.TextChoices):
    HOST = "host", "At the host"
    ACADEMIC_HOME = "academic_home", "At the university"
    REMOTE = "remote", "At home or on the way"
    COMMUNITY = "community", "In the community"


class ActivityQuerySet(models.QuerySet["Activity"]):
    def of(self, person: Person) -> Self:
        return self.filter(person=person)

    def between(self, start: datetime.date, end: datetime.date) -> Self:
        """Half-open: the day `end` is left out."""
        return self.filter(date__gte=start, date__lt=end)


class Activity(models.Model):
    """One entry. `what` and the note are the researcher's own; host and lead see closed months, kinds and totals
    (users.md decision 8, V-62)."""

    residency = models.ForeignKey(Residency, on_delete=models.PROTECT, related_name="activities")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="activities")
    date = models.DateField()
    minutes = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=30, choices=ActivityKind)
    what = models.CharField("what you did", max_length=200)
    host = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="activities"
    )
    place = models.CharField(max_length=20, choices=Place, blank=True)
    project = models.ForeignKey(
        Project, on_delete=models.PROTECT, null=True, blank=True, related_name="activities"
    )
    asked_by = models.CharField("who asked for it", max_length=120, blank=True)
    late_reason = models.CharField("why it is entered late", max_length=200, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        ordering = ["-date", "-id"]
        verbose_name_plural = "activities"
        indexes = [
            models.Index("residency", "date", name="activity_by_residency_day"),
            models.Index("person", "date", name="activity_by_person_day"),
        ]
        constraints = [
            one_of("kind", ActivityKind, "activity_kind_is_known"),
            models.CheckConstraint(
                condition=Q(place="") | Q(place__in=Place.values), name="activity_place_is_known"
            ),
            models.CheckConstraint(condition=Q(minutes__range=(1, 960)), name="activity_minutes_v60"),
            models.CheckConstraint(condition=~Q(what=""), name="activity_says_what"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.date}"


class Readers(models.TextChoices):
    ONLY_ME = "only_me", "Only me"
    PEOPLE = "people", "People I name"
    RESIDENCY = "residency", "Everyone in the residency"


class Note(models.Model):
    """A note on an activity. "Only me" is encrypted with the writer's own key; the rest is plain text whose
    readers are named (users.md decision 7)."""

    activity = models.OneToOneField(Activity, on_delete=models.CASCADE, related_name="note")
    readers = models.CharField(max_length=20, choices=Readers, default=Readers.ONLY_ME)
    named_readers = models.ManyToManyField(Person, related_name="notes_to_read", blank=True)
    sealed = models.BinaryField(null=True, blank=True)
    text = models.TextField(blank=True)

    class Meta:
        constraints = [
            one_of("readers", Readers, "note_readers_are_known"),
            models.CheckConstraint(
                condition=Q(readers=Readers.ONLY_ME, sealed__isnull=False, text="")
                | (~Q(readers=Readers.ONLY_ME) & Q(sealed__isnull=True) & ~Q(text="")),
                name="note_only_me_is_sealed",
            ),
        ]

    def __str__(self) -> str:
        return f"Note on {self.activity_id}"


class Away(models.Model):
    """Dates on which the researcher is away. No reason, ever (users.md decision 9)."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="aways")
    start = models.DateField()
    end = models.DateField("last day away")

    class Meta:
        ordering = ["-start"]
        constraints = [
            models.CheckConstraint(condition=Q(end__gte=F("start")), name="away_ends_after_it_starts"),
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
