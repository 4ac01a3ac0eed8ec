"""A project's own summary of two pages, part by part."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from embedded.accounts.models import Person
from programmes.models.project import Project


class Bite(models.Model):
    """What a project says of itself in at most 650 words (domain.md §5.8)."""

    project = models.OneToOneField(Project, on_delete=models.PROTECT, related_name="bite")
    question = models.TextField(blank=True)
    why = models.TextField("why it matters", blank=True)
    done = models.TextField("what was done", blank=True)
    with_whom = models.TextField(blank=True)
    found = models.TextField("what was found or used", blank=True)
    hard = models.TextField("what was hard", blank=True)
    not_known = models.TextField(blank=True)
    next_step = models.TextField("what comes next", blank=True)
    saved_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="bites_saved")
    saved_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(question=""), name="bite_has_its_question")]

    def __str__(self) -> str:
        return f"Summary of {self.project}"
