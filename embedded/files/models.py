"""Files that we made for people: what is in them stands on disk under the name of its hash, and here in a row."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class MadeFile(models.Model):
    """`name` is what a download is called unless told otherwise; `size` is in bytes. Rows may share content."""

    sha256 = models.CharField(max_length=64, db_index=True)
    name = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["made_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="file_is_named_by_its_hash"
            ),
            models.CheckConstraint(
                condition=~Q(name="") & Q(media_type__regex=r"^[a-z]+/[a-z0-9.+-]+$"),
                name="file_has_name_and_type",
            ),
        ]

    def __str__(self) -> str:
        return self.name
