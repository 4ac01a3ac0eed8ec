"""A report that somebody asked for: frozen figures, the page and the file made from them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from embedded.accounts.models import Person
from embedded.files.models import MadeFile
from embedded.jobs.models import Job
from programmes.models.programme import Programme, Theme


class Report(models.Model):
    """A snapshot: figures, period and time of making never change after it is made (domain.md §6.4). Its state is
    its job's. Half-open period."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="reports")
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, null=True, blank=True, related_name="reports")
    start = models.DateField()
    end = models.DateField("the day after the last")
    prepared_for = models.CharField(max_length=120, blank=True)
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="reports_asked")
    asked_at = models.DateTimeField()
    job = models.OneToOneField(Job, on_delete=models.PROTECT, null=True, blank=True, related_name="report")
    figures = models.JSONField(null=True, blank=True)
    made_at = models.DateTimeField(null=True, blank=True)
    pdf = models.ForeignKey(MadeFile, on_delete=models.PROTECT, null=True, blank=True, related_name="reports")

    class Meta:
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="report_period_is_not_empty"),
            models.CheckConstraint(
                condition=Q(made_at__isnull=True, figures__isnull=True, pdf__isnull=True)
                | Q(made_at__isnull=False, figures__isnull=False, pdf__isnull=False),
                name="report_made_has_figures_and_file",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme}, {self.start} to {self.end}"

    def get_absolute_url(self) -> str:
        return reverse("report", args=[self.programme.slug, self.pk])
