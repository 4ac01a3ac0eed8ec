"""Files of residencies that somebody uploaded, and what is to become of each row."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse

from embedded.accounts.models import Person
from embedded.files.models import MadeFile
from embedded.jobs.models import Job
from programmes.models.choices import one_of
from programmes.models.programme import Programme
from programmes.models.residency import Residency


class RowState(models.TextChoices):
    GOOD = "good", "Ready to bring in"
    SAME = "same", "The same as an earlier row of the file"
    BAD = "bad", "To be put right"
    HERE = "here", "Here already"
    MADE = "made", "Brought in"


WAITING_ROWS = (RowState.GOOD, RowState.SAME)


class ResidencyFile(models.Model):
    """An upload. It is checked by `job`, and `importing` is the last piece of the work that brings its rows in.
    `problem` is a sentence about the file as a whole; `notes` are what else its owner should know of it."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="residency_files")
    name = models.CharField(max_length=150)
    content = models.ForeignKey(MadeFile, on_delete=models.PROTECT, related_name="residency_files")
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="residency_files")
    asked_at = models.DateTimeField()
    job = models.OneToOneField(
        Job, on_delete=models.PROTECT, null=True, blank=True, related_name="residency_file"
    )
    checked_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=600, blank=True)
    notes = models.JSONField(default=list)
    sheet = models.CharField(max_length=100, blank=True)
    head = ArrayField(models.TextField(), default=list, blank=True)
    importing = models.OneToOneField(
        Job, on_delete=models.PROTECT, null=True, blank=True, related_name="residency_import"
    )

    class Meta:
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="residency_file_has_a_name"),
            models.CheckConstraint(
                condition=Q(importing__isnull=True) | Q(checked_at__isnull=False, problem=""),
                name="residency_file_is_checked_before_it_is_brought_in",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("residency_file", args=[self.programme.slug, self.pk])


class ResidencyFileRow(models.Model):
    """One row: `cells` as they were found, `values` as they were understood, `problems` cell by cell. `print` is what
    makes two rows the same residency; a residency comes out of one row once."""

    file = models.ForeignKey(ResidencyFile, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField("the row's number in the sheet")
    state = models.CharField(max_length=10, choices=RowState)
    cells = models.JSONField(default=list)
    values = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    print = models.CharField("fingerprint", max_length=64, blank=True, db_index=True)
    residency = models.ForeignKey(
        Residency, on_delete=models.PROTECT, null=True, blank=True, related_name="file_rows"
    )

    class Meta:
        ordering = ["number"]
        indexes = [models.Index("file", "state", "number", name="residency_file_row_by_state")]
        constraints = [
            one_of("state", RowState, "residency_file_row_state_is_known"),
            models.UniqueConstraint("file", "number", name="residency_file_row_once"),
            models.UniqueConstraint(
                "residency", condition=Q(state=RowState.MADE), name="residency_is_made_of_one_row"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[RowState.HERE, RowState.MADE], residency__isnull=False)
                | Q(state__in=[RowState.GOOD, RowState.SAME, RowState.BAD], residency__isnull=True),
                name="residency_file_row_leads_to_its_residency",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file}, row {self.number}"
