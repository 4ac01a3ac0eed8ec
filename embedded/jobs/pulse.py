"""Whether anything happens in the background: written down at every sweep, read by whoever wonders."""

from __future__ import annotations

import datetime

from django.db.models import F
from django.db.models.expressions import ExpressionWrapper
from django.db.models.fields import DurationField
from django.db.models.functions import Now

from embedded.jobs.models import Pulse


def beat() -> None:
    """The sweeper was here."""
    Pulse.objects.bulk_create(
        [Pulse(at=Now())], update_conflicts=True, update_fields=["at"], unique_fields=["id"]
    )


def silence() -> datetime.timedelta | None:
    """How long ago the sweeper came last, by the database's clock; None if it never did."""
    ago = ExpressionWrapper(Now() - F("at"), output_field=DurationField())
    return Pulse.objects.values_list(ago, flat=True).first()
