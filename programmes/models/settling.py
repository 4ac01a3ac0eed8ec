"""The first hundred days of a researcher, as a list to tick off."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from embedded.accounts.models import Person
from programmes.models.residency import Residency


class FirstDaysLine(models.Model):
    """One thing to do by a week: from the record (`key`) or in the researcher's own words, sealed with their key."""

    PERSONAL: ClassVar[frozenset[str]] = frozenset({"text", "done_on"})

    residency = models.ForeignKey(Residency, on_delete=models.PROTECT, related_name="first_days")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="first_days")
    week = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=60, blank=True)
    text = models.BinaryField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["week", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(week__range=(1, 15)), name="first_days_week_1_to_15"),
            models.CheckConstraint(
                condition=Q(key="", text__isnull=False) | (~Q(key="") & Q(text__isnull=True)),
                name="first_days_line_is_of_the_record_or_own",
            ),
            models.UniqueConstraint(
                fields=["residency", "person", "key"],
                condition=~Q(key=""),
                name="first_days_line_once",
            ),
        ]

    def __str__(self) -> str:
        return f"Week {self.week}: {self.key or 'own words'}"
