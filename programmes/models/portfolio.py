"""What somebody chose to show of their work, under the four modules of a narrative CV."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from embedded.accounts.models import Person
from programmes.models.activity import Activity
from programmes.models.project import Project
from programmes.models.use import UseInDecision


class PortfolioModule(models.IntegerChoices):
    KNOWLEDGE = 1, "Knowledge"
    INDIVIDUALS = 2, "Individuals"
    COMMUNITY = 3, "Wider research community"
    SOCIETY = 4, "Broader society"


class PortfolioLine(models.Model):
    """One line: a thing of the record, or own words sealed with the person's key."""

    PERSONAL: ClassVar[frozenset[str]] = frozenset({"text"})

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="portfolio_lines")
    module = models.PositiveSmallIntegerField(choices=PortfolioModule)
    activity = models.ForeignKey(
        Activity, on_delete=models.CASCADE, null=True, blank=True, related_name="portfolio_lines"
    )
    use = models.ForeignKey(
        UseInDecision, on_delete=models.PROTECT, null=True, blank=True, related_name="portfolio_lines"
    )
    project = models.ForeignKey(
        Project, on_delete=models.PROTECT, null=True, blank=True, related_name="portfolio_lines"
    )
    text = models.BinaryField(null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["module", "position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(module__in=PortfolioModule.values), name="portfolio_module_1_to_4"
            ),
            models.CheckConstraint(
                condition=Q(activity__isnull=False, use__isnull=True, project__isnull=True)
                | Q(activity__isnull=True, use__isnull=False, project__isnull=True)
                | Q(activity__isnull=True, use__isnull=True, project__isnull=False)
                | Q(activity__isnull=True, use__isnull=True, project__isnull=True, text__isnull=False),
                name="portfolio_line_is_one_thing_or_text",
            ),
        ]

    def __str__(self) -> str:
        return f"Line {self.pk} of module {self.module}"
