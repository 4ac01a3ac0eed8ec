"""The hourly sweep of drafts, form keys and parked posts."""

from __future__ import annotations

from django.utils import timezone

from embedded.celery import app
from embedded.drafts.sweeping import sweep


@app.task(name="drafts.sweep")
def sweep_drafts() -> None:
    """Running it twice does no harm."""
    sweep(timezone.now())
