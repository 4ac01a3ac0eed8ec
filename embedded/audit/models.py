"""The one record of the audit trail; the database itself refuses to change or delete a row."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Q


class EventQuerySet(models.QuerySet["Event"]):
    """Events in words."""

    def at_place(self, place: str) -> EventQuerySet:
        """What happened at a place or anywhere below it: `p/x/r/R1` takes `p/x/r/R1/log` in, not `p/x/r/R10`."""
        return self.filter(Q(place=place) | Q(place__startswith=f"{place}/"))

    def in_programme(self, slug: str) -> EventQuerySet:
        return self.filter(programme=slug)

    def writes(self) -> EventQuerySet:
        """Deeds that changed something, without those that only looked (deed ends in `.read`)."""
        return self.exclude(deed__endswith=".read")

    def newest_first(self) -> EventQuerySet:
        return self.order_by("-pk")


class Event(models.Model):
    """Somebody did something. People and things are text, so that the trail outlives what it speaks of."""

    at = models.DateTimeField()
    who = models.CharField(max_length=120, help_text="the person's name on that day")
    who_id = models.CharField(max_length=20, blank=True, help_text="number of the person, as text")
    on_behalf_of = models.CharField(max_length=120, blank=True)
    on_behalf_of_id = models.CharField(max_length=20, blank=True)
    deed = models.CharField(max_length=80, help_text="noun.verb, such as residency.submitted")
    what = models.CharField(max_length=300, help_text="the thing's label on that day")
    place = models.CharField(max_length=200, blank=True, help_text="where its page is: p/<slug>/r/<code>")
    programme = models.CharField(max_length=80, blank=True, help_text="slug, from the place")
    request_id = models.CharField(max_length=64, blank=True)
    details = models.JSONField(default=dict, blank=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(who=""), name="event_has_somebody"),
            models.CheckConstraint(
                condition=Q(deed__regex=r"^[a-z_]+\.[a-z_]+$"), name="event_deed_is_noun_verb"
            ),
        ]
        indexes = [
            models.Index(fields=["place"], opclasses=["varchar_pattern_ops"], name="event_by_place"),
            models.Index(fields=["programme", "-id"], name="event_by_programme"),
            models.Index(fields=["who_id", "-id"], name="event_by_person"),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.who}: {self.deed} {self.what}"
