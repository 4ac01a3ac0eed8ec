"""Whether anything happens in the background: written down at every sweep, read by whoever wonders."""

from __future__ import annotations

import datetime

from django.db.models import DurationField, ExpressionWrapper, F
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Now

from embedded.jobs.models import Job, JobState, Pulse


def beat() -> None:
    """The sweeper was here."""
    Pulse.objects.bulk_create(
        [Pulse(at=Now())], update_conflicts=True, update_fields=["at"], unique_fields=["id"]
    )


def silence() -> datetime.timedelta | None:
    """How long ago the sweeper came last, by the database's clock; None if it never did."""
    return Pulse.objects.values_list(_since(F("at")), flat=True).first()


def oldest_wait() -> datetime.timedelta | None:
    """How long the work that could have begun first has been waiting; None when nothing waits. What is to wait
    until some moment, like a letter that is tried again, waits from then; what a dead worker held, from its lease."""
    since = Coalesce("lease_until", "not_before", "asked_at")
    waits = Job.objects.ready(Now()).order_by(since).values_list(_since(since), flat=True)
    return waits.first()


def failed_in_a_day() -> int:
    day_ago = Now() - datetime.timedelta(days=1)
    return Job.objects.filter(state=JobState.FAILED, ended_at__gt=day_ago).count()


def _since(moment: Combinable) -> ExpressionWrapper:
    return ExpressionWrapper(Now() - moment, output_field=DurationField())
