"""Letters: every e-mail that the product writes, kept from the moment it is asked for."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q


class LetterState(models.TextChoices):
    WAITING = "waiting", "Waiting to be sent"
    SENT = "sent", "Sent"
    KEPT = "kept", "Kept here, not sent"
    FAILED = "failed", "Could not be sent"


class LetterQuerySet(models.QuerySet["Letter"]):
    def newest_first(self) -> Self:
        return self.order_by("-asked_at", "-id")

    def full(self) -> Self:
        """Whose words have not been emptied yet."""
        return self.exclude(text="", html="")


class Letter(models.Model):
    """`key` makes writing twice the same as writing once. `tries` counts talks with the mail server, or that
    it was left alone as it could not be reached; `doubts` talks after which the letter may or may not have arrived."""

    PERSONAL: ClassVar[frozenset[str]] = frozenset({"to", "subject", "text", "html"})

    to = models.EmailField(max_length=254)
    subject = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    key = models.CharField(max_length=200, unique=True)
    state = models.CharField(max_length=10, choices=LetterState)
    tries = models.PositiveSmallIntegerField(default=0)
    doubts = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=200, blank=True)
    asked_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=LetterState.values), name="letter_state_is_known"),
            models.CheckConstraint(condition=~Q(to="") & ~Q(key=""), name="letter_has_address_and_key"),
            models.CheckConstraint(
                condition=Q(state=LetterState.SENT, sent_at__isnull=False)
                | (~Q(state=LetterState.SENT) & Q(sent_at__isnull=True)),
                name="letter_sent_has_its_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state=LetterState.FAILED) | ~Q(problem=""), name="letter_failed_says_why"
            ),
        ]
        indexes = [models.Index(fields=["asked_at"], name="letter_by_asking")]

    def __str__(self) -> str:
        return f"Letter {self.pk} ({self.state})"
