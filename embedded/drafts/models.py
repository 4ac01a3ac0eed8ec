"""Keys of forms that were sent, drafts that are being written, and posts that met a closed door."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Final

from django.db import models
from django.db.models import Q

from embedded.accounts.models import Person

ONE_DAY: Final = timedelta(days=1)


class FormKey(models.Model):
    """A form that one person has sent, and the page that it led to. The same key of somebody else is another."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    key = models.UUIDField()
    content_sha256 = models.CharField(max_length=64, blank=True, help_text="what was sent, if it matters")
    led_to = models.TextField(blank=True)
    sent_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "key", "content_sha256"], name="form_is_sent_once", nulls_distinct=False
            ),
        ]

    def __str__(self) -> str:
        return f"Form {self.key}"


class Draft(models.Model):
    """What one person has typed so far for one purpose, sealed with their own key."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=200, help_text="which form: registration p/<slug>/r/<code>")
    payload = models.BinaryField()
    updated_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "purpose"], name="one_draft_for_a_purpose"),
            models.CheckConstraint(condition=~Q(purpose=""), name="draft_has_a_purpose"),
        ]

    def __str__(self) -> str:
        return f"Draft of {self.purpose}"


class ParkedPostQuerySet(models.QuerySet["ParkedPost"]):
    """Parked posts in words."""

    def kept(self, at: datetime) -> ParkedPostQuerySet:
        return self.filter(made_at__gt=at - ONE_DAY)


class ParkedPost(models.Model):
    """What a browser sent after its sign-in had run out. Only that browser's cookie holds the key."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    path = models.TextField(help_text="where it was sent, with the query")
    form_key = models.CharField(max_length=64)
    ciphertext = models.BinaryField()
    made_at = models.DateTimeField(db_index=True)

    objects = ParkedPostQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(path__startswith="/"), name="parked_path_is_ours"),
        ]

    def __str__(self) -> str:
        return f"Post to {self.path}"
