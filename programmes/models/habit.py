"""What somebody wants of the log: whether it may write to them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from embedded.accounts.models import Person


class LogHabit(models.Model):
    """One person's own switches of the log."""

    PERSONAL: ClassVar[frozenset[str]] = frozenset({"nudges_off_on"})

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="log_habit")
    nudges_off_on = models.DateField("no reminders since", null=True, blank=True)

    def __str__(self) -> str:
        return f"Habit of person {self.person_id}"
