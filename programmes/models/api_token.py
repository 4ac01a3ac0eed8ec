"""Keys with which somebody's own programs may read and write their log."""

from __future__ import annotations

import datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from embedded.accounts.models import Person


class ApiToken(models.Model):
    """Only the SHA-256 of the key is kept, and of its use the day alone. It lasts a year at the most."""

    PERSONAL: ClassVar[frozenset[str]] = frozenset({"name", "last_used_on"})

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="api_tokens")
    name = models.CharField(max_length=80)
    sha256 = models.CharField(max_length=64, unique=True)
    may_log = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="api_token_is_hashed"),
            models.CheckConstraint(condition=~Q(name=""), name="api_token_has_a_name"),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at"))
                & Q(expires_at__lte=F("made_at") + datetime.timedelta(days=366)),
                name="api_token_lasts_a_year_at_most",
            ),
        ]

    def __str__(self) -> str:
        return f"Token {self.pk}"
