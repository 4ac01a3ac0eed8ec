"""Three questions a month about how it is going, which stay sealed unless they are shared."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from embedded.accounts.models import Person
from programmes.models.choices import one_of_or_none
from programmes.models.residency import Residency


class PulseAnswer(models.TextChoices):
    WELL = "well", "Going well"
    SO_SO = "so_so", "So-so"
    STUCK = "stuck", "Stuck"


_SHARED = ("getting_in", "line_of_work", "academic")


class MonthlyPulse(models.Model):
    """`answers` are sealed with the person's key; shared on a press, the three stand beside them in the clear."""

    PERSONAL: ClassVar[frozenset[str]] = frozenset({"answers", *_SHARED})

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="pulses", db_index=False)
    residency = models.ForeignKey(Residency, on_delete=models.PROTECT, related_name="pulses")
    month = models.DateField("first day of the month")
    answers = models.BinaryField()
    shared_on = models.DateField(null=True, blank=True)
    getting_in = models.CharField(max_length=10, choices=PulseAnswer, blank=True)
    line_of_work = models.CharField("a clear line of work", max_length=10, choices=PulseAnswer, blank=True)
    academic = models.CharField("staying an academic", max_length=10, choices=PulseAnswer, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-month", "-id"]
        constraints = [
            models.UniqueConstraint("person", "residency", "month", name="pulse_once_a_month"),
            models.CheckConstraint(condition=Q(month__day=1), name="pulse_month_is_a_first"),
            *(one_of_or_none(name, PulseAnswer, f"pulse_{name}_is_known") for name in _SHARED),
            models.CheckConstraint(
                condition=Q(shared_on__isnull=True, getting_in="", line_of_work="", academic="")
                | (Q(shared_on__isnull=False) & ~Q(getting_in="") & ~Q(line_of_work="") & ~Q(academic="")),
                name="pulse_shared_has_its_answers",
            ),
        ]

    def __str__(self) -> str:
        return f"Pulse of {self.month:%Y-%m}"
