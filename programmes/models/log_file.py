"""Files of somebody's own log, and what is to become of each row; no text of them stands here in the clear."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from embedded.accounts.models import Person
from embedded.files.models import MadeFile
from embedded.jobs.models import Job
from programmes.models.activity_words import ActivityKind, LateReason, Place
from programmes.models.choices import one_of, one_of_or_none
from programmes.models.intake import RowState
from programmes.models.organisation import Organisation
from programmes.models.project import Project
from programmes.models.residency import Residency


class LogFileForm(models.TextChoices):
    CSV = "csv", "CSV"
    XLSX = "xlsx", "Excel"
    ICS = "ics", "Calendar"


class BareNumber(models.TextChoices):
    """What a number without a unit means in this file."""

    MINUTES = "minutes", "Minutes"
    HOURS = "hours", "Hours"
    SECONDS = "seconds", "Seconds"


class LogFile(models.Model):
    """An upload of one person. `content` and `head` are sealed, `mark` knows the same file again, and its name is not
    kept. It is taken away after thirty days."""

    PERSONAL: ClassVar[frozenset[str]] = frozenset({"content", "mark", "head"})

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="log_files")
    residency = models.ForeignKey(
        Residency, on_delete=models.PROTECT, null=True, blank=True, related_name="log_files"
    )
    form = models.CharField(max_length=4, choices=LogFileForm)
    content = models.ForeignKey(MadeFile, on_delete=models.PROTECT, related_name="log_files")
    mark = models.BinaryField()
    job = models.OneToOneField(Job, on_delete=models.PROTECT, null=True, blank=True, related_name="log_file")
    importing = models.OneToOneField(
        Job, on_delete=models.PROTECT, null=True, blank=True, related_name="log_import"
    )
    asked_at = models.DateTimeField()
    checked_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=600, blank=True)
    head = models.BinaryField(null=True, blank=True)
    columns = models.JSONField(default=dict)
    unit = models.CharField(max_length=10, choices=BareNumber, default=BareNumber.MINUTES)
    late_reason = models.CharField(max_length=20, choices=LateReason, blank=True)
    counts = models.JSONField(default=dict)
    brought_in_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-asked_at", "-id"]
        constraints = [
            one_of("form", LogFileForm, "log_file_form_is_known"),
            one_of("unit", BareNumber, "log_file_unit_is_known"),
            one_of_or_none("late_reason", LateReason, "log_file_late_reason_is_known"),
            models.CheckConstraint(
                condition=Q(importing__isnull=True) | Q(checked_at__isnull=False, problem=""),
                name="log_file_is_checked_before_it_is_brought_in",
            ),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True) | Q(brought_in_at__isnull=False),
                name="log_file_is_brought_in_before_it_is_undone",
            ),
        ]

    def __str__(self) -> str:
        return f"File {self.pk} of a log"


class LogFileRow(models.Model):
    """One row as it was understood. `text` is sealed as an entry's is; `said` is, sealed, what stands in the cells of a
    row that is not good and what is wrong with each."""

    PERSONAL: ClassVar[frozenset[str]] = frozenset({"text", "said"})

    file = models.ForeignKey(LogFile, on_delete=models.CASCADE, related_name="rows", db_index=False)
    number = models.PositiveIntegerField("the row's number in the sheet")
    state = models.CharField(max_length=10, choices=RowState)
    date = models.DateField(null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    kind = models.CharField(max_length=30, choices=ActivityKind, blank=True)
    residency = models.ForeignKey(
        Residency, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    host = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    project = models.ForeignKey(
        Project, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    place = models.CharField(max_length=20, choices=Place, blank=True)
    text = models.BinaryField(null=True, blank=True)
    said = models.BinaryField(null=True, blank=True)

    class Meta:
        ordering = ["number"]
        indexes = [models.Index("file", "state", "number", name="log_file_row_by_state")]
        constraints = [
            one_of("state", RowState, "log_file_row_state_is_known"),
            one_of_or_none("kind", ActivityKind, "log_file_row_kind_is_known"),
            one_of_or_none("place", Place, "log_file_row_place_is_known"),
            models.UniqueConstraint("file", "number", name="log_file_row_once"),
            models.CheckConstraint(condition=Q(minutes__range=(1, 960)), name="log_file_row_minutes_v60"),
            models.CheckConstraint(
                condition=~Q(state=RowState.GOOD)
                | Q(date__isnull=False, minutes__isnull=False, residency__isnull=False) & ~Q(kind=""),
                name="log_file_row_good_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file}, row {self.number}"


class ColumnMemory(models.Model):
    """How one person matched the columns of a file of that shape; `shape` is the SHA-256 of its headings."""

    PERSONAL: ClassVar[frozenset[str]] = frozenset({"shape"})

    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="column_memories", db_index=False
    )
    shape = models.CharField(max_length=64)
    columns = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint("person", "shape", name="column_memory_once"),
            models.CheckConstraint(condition=Q(shape__regex=r"^[0-9a-f]{64}$"), name="column_memory_shape"),
        ]

    def __str__(self) -> str:
        return f"Columns of {self.shape[:8]}"
