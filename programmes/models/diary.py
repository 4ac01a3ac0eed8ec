"""The diary, which one person reads; what its author shared; and what readers said to that."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from embedded.accounts.models import Person
from programmes.models.activity import Activity
from programmes.models.activity_words import Readers
from programmes.models.residency import Residency


class DiaryEntry(models.Model):
    """What somebody wrote for themselves alone, sealed with their own key."""

    PERSONAL: ClassVar[frozenset[str]] = frozenset({"on", "text"})

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="diary_entries", db_index=False)
    on = models.DateField()
    text = models.BinaryField()
    made_on = models.DateField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-on", "-id"]
        verbose_name_plural = "diary entries"
        indexes = [models.Index("person", "on", "id", name="diary_by_person_day")]

    def __str__(self) -> str:
        return f"Diary entry {self.pk}"


class Passage(models.Model):
    """A paragraph that its author chose to share. It stands for itself: nothing leads from here to the diary."""

    PERSONAL: ClassVar[frozenset[str]] = frozenset({"text", "named_readers"})

    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="passages")
    residency = models.ForeignKey(Residency, on_delete=models.PROTECT, related_name="passages")
    activity = models.ForeignKey(
        Activity, on_delete=models.SET_NULL, null=True, blank=True, related_name="passages"
    )
    text = models.TextField()
    readers = models.CharField(max_length=20, choices=Readers)
    named_readers = models.ManyToManyField(Person, related_name="passages_to_read", blank=True)
    shared_on = models.DateField()
    withdrawn_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-shared_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(readers__in=[Readers.PEOPLE, Readers.RESIDENCY]), name="passage_has_readers"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="passage_says_something"),
            models.CheckConstraint(
                condition=Q(withdrawn_on__gte=F("shared_on")), name="passage_is_withdrawn_after_it_is_shared"
            ),
        ]

    def __str__(self) -> str:
        return f"Passage {self.pk}"


class Comment(models.Model):
    """What a reader said to a passage, to the text of an entry, or to a closed month."""

    PERSONAL: ClassVar[frozenset[str]] = frozenset({"text"})

    residency = models.ForeignKey(Residency, on_delete=models.PROTECT, related_name="comments")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="comments")
    passage = models.ForeignKey(
        Passage, on_delete=models.CASCADE, null=True, blank=True, related_name="comments"
    )
    activity = models.ForeignKey(
        Activity, on_delete=models.CASCADE, null=True, blank=True, related_name="comments"
    )
    month = models.DateField("first day of the month", null=True, blank=True)
    text = models.TextField()
    on = models.DateField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="comment_says_something"),
            models.CheckConstraint(condition=Q(month__day=1), name="comment_month_is_a_first"),
            models.CheckConstraint(
                condition=Q(passage__isnull=False, activity__isnull=True, month__isnull=True)
                | Q(passage__isnull=True, activity__isnull=False, month__isnull=True)
                | Q(passage__isnull=True, activity__isnull=True, month__isnull=False),
                name="comment_has_one_subject",
            ),
        ]

    def __str__(self) -> str:
        return f"Comment {self.pk}"
