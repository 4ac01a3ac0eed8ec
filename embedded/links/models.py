"""Signed links as rows: what each is for, until when, and only the hash of its token."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import F, Q

from embedded.accounts.models import Person


class SignedLinkQuerySet(models.QuerySet["SignedLink"]):
    """Links in words."""

    def live(self, at: datetime) -> SignedLinkQuerySet:
        """Neither revoked nor expired; a used one stays live, so that its page can say what was answered."""
        return self.filter(revoked_at=None, expires_at__gt=at)

    def about(self, purpose: str, subject: str) -> SignedLinkQuerySet:
        return self.filter(purpose=purpose, subject=subject)


class SignedLink(models.Model):
    """A link that was given out. The token itself is nowhere here: it is known only to who holds the link."""

    purpose = models.CharField(max_length=60, help_text="what it lets one do: invitation")
    subject = models.CharField(max_length=200, help_text="the one thing it is about, as the purpose names it")
    token_sha256 = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)

    objects = SignedLinkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at")), name="link_expires_after_it_is_made"
            ),
            models.CheckConstraint(condition=~Q(purpose=""), name="link_has_a_purpose"),
            models.CheckConstraint(
                condition=Q(token_sha256__regex=r"^[0-9a-f]{64}$"),  # noqa: S106 - a shape, not a secret
                name="link_token_is_hashed",
            ),
        ]
        indexes = [models.Index(fields=["purpose", "subject"], name="link_by_subject")]

    def __str__(self) -> str:
        return f"{self.purpose} link for {self.subject}"


class LinkTries(models.Model):
    """How often a link was opened since a moment less than a minute ago, so that nobody hammers on it."""

    link = models.OneToOneField(SignedLink, on_delete=models.PROTECT, primary_key=True, related_name="tries")
    since = models.DateTimeField()
    times = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.times} since {self.since:%H:%M:%S}"
