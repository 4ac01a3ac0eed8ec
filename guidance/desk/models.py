"""What the desk keeps: editions that are being written, answers to newer files, and how addresses on the web are."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from embedded.accounts.models import Person
from guidance.choices import Moment, Reader, Topic
from guidance.models import Document, Edition


def _several(choices: type[models.TextChoices]) -> ArrayField:
    """Any number of a list, in the order of the list."""
    return ArrayField(models.CharField(max_length=20, choices=choices.choices), default=list, blank=True)


class RevisionQuerySet(models.QuerySet["Revision"]):
    """Revisions in words."""

    def under_way(self) -> RevisionQuerySet:
        return self.filter(state__in=[Revision.State.WRITING, Revision.State.ASKED])

    def of(self, slug: str) -> RevisionQuerySet:
        people = "begun_by", "changed_by", "asked_by", "returned_by"
        return self.filter(document__slug=slug).select_related("document", "base", *people)


class Revision(models.Model):
    """The next edition of a document while it is written: at most one at a time. What is published becomes an Edition,
    and the revision stays as the record of who wrote it and who agreed."""

    class State(models.TextChoices):
        WRITING = "writing", "In hand"
        ASKED = "asked", "Waiting for approval"
        PUBLISHED = "published", "Published"
        DROPPED = "dropped", "Put away"

    class Kind(models.TextChoices):
        CORRECTION = "correction", "Small correction"
        EDITION = "edition", "New edition"
        REWRITTEN = "rewritten", "Rewritten"

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="revisions")
    base = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    shipped = models.ForeignKey(
        Edition, on_delete=models.PROTECT, null=True, blank=True, related_name="taken_over_by"
    )
    title = models.CharField(max_length=160)
    summary = models.CharField(max_length=400)
    body = models.TextField()
    notes = models.JSONField(default=dict, blank=True, help_text="Source key → {text, url}")
    changelog = models.CharField(max_length=600, blank=True)
    next_review = models.DateField()
    readers = _several(Reader)
    moments = _several(Moment)
    topics = _several(Topic)
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.EDITION)
    state = models.CharField(max_length=12, choices=State.choices, default=State.WRITING)
    version = models.PositiveIntegerField(default=1)
    begun_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    changed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()
    writers = models.ManyToManyField(Person, related_name="+", blank=True)
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField(null=True, blank=True)
    returned_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    returned_at = models.DateTimeField(null=True, blank=True)
    returned_because = models.CharField(max_length=1000, blank=True)
    approved_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    edition = models.OneToOneField(
        Edition, on_delete=models.PROTECT, null=True, blank=True, related_name="revision"
    )

    objects: ClassVar[RevisionQuerySet] = RevisionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["document"],
                condition=Q(state__in=["writing", "asked"]),
                name="revision_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["writing", "asked", "published", "dropped"]),
                name="revision_state_is_listed",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["correction", "edition", "rewritten"]), name="revision_kind_is_listed"
            ),
            models.CheckConstraint(
                condition=Q(readers__contained_by=Reader.values), name="revision_readers_are_listed"
            ),
            models.CheckConstraint(
                condition=Q(moments__contained_by=Moment.values), name="revision_moments_are_listed"
            ),
            models.CheckConstraint(
                condition=Q(topics__contained_by=Topic.values), name="revision_topics_are_listed"
            ),
            models.CheckConstraint(
                condition=Q(asked_by__isnull=True, asked_at__isnull=True)
                | Q(asked_by__isnull=False, asked_at__isnull=False),
                name="revision_asked_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state="asked") | Q(asked_at__isnull=False),
                name="revision_waits_since_it_was_asked",
            ),
            models.CheckConstraint(
                condition=Q(returned_by__isnull=True, returned_at__isnull=True, returned_because="")
                | (Q(returned_by__isnull=False, returned_at__isnull=False) & ~Q(returned_because="")),
                name="revision_returned_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("asked_by")),
                name="revision_not_approved_by_who_asked",
            ),
            models.CheckConstraint(
                condition=Q(state="published", edition__isnull=False)
                | (~Q(state="published") & Q(edition__isnull=True)),
                name="revision_published_has_its_edition",
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(kind="correction") | Q(approved_by__isnull=False),
                name="revision_approved_unless_small",
            ),
            models.CheckConstraint(
                condition=(Q(ended_at__isnull=True) & ~Q(state__in=["published", "dropped"]))
                | (Q(ended_at__isnull=False) & ~Q(state__in=["writing", "asked"])),
                name="revision_over_has_its_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, after version {self.base.version}"


class SetAside(models.Model):
    """A newer file that came with the product over a document edited here, and was not wanted."""

    edition = models.OneToOneField(Edition, on_delete=models.PROTECT, related_name="set_aside")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    because = models.CharField(max_length=1000)
    fingerprint = models.CharField(max_length=64, blank=True, help_text="of the file that was not wanted")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(because=""), name="set_aside_with_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.edition}, set aside"


class WebAddress(models.Model):
    """An address on the web that the newest editions name, and what was found when it was last looked up."""

    class State(models.TextChoices):
        UNKNOWN = "unknown", "Not looked up yet"
        THERE = "there", "There"
        UNSURE = "unsure", "Did not say"
        BROKEN = "broken", "Broken"

    url = models.CharField(max_length=2000, unique=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.UNKNOWN)
    found = models.CharField(max_length=200, blank=True, help_text="what was found, in words")
    looked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=["unknown", "there", "unsure", "broken"]),
                name="web_address_state_is_listed",
            ),
            models.CheckConstraint(
                condition=Q(state="unknown", looked_at__isnull=True)
                | (~Q(state="unknown") & Q(looked_at__isnull=False)),
                name="web_address_known_once_looked_up",
            ),
        ]

    def __str__(self) -> str:
        return self.url


class EditorHabit(models.Model):
    """One editor's own switch of the letters about review dates, and when the last of them was written."""

    PERSONAL: ClassVar[frozenset[str]] = frozenset({"letters_off_on", "letter_on"})

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="editor_habit")
    letters_off_on = models.DateField("no letters since", null=True, blank=True)
    letter_on = models.DateField("last letter", null=True, blank=True)

    def __str__(self) -> str:
        return f"Habit of editor {self.person_id}"
