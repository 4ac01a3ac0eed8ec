"""Throws away what nobody will come back for."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.contrib.sessions.models import Session

from embedded.accounts.models import SignIn
from embedded.drafts.models import ONE_DAY, Draft, FormKey, ParkedPost

DRAFTS_KEPT: Final = timedelta(days=60)  # at least 30 days are promised (trust.md P18)
FORM_KEYS_KEPT: Final = timedelta(days=30)


def sweep(at: datetime) -> dict[str, int]:
    """Deletes drafts of 60 days, form keys of 30 and parked posts of one, and sessions that have ended; how many of
    each, by name."""
    old = {
        "drafts": Draft.objects.filter(updated_at__lte=at - DRAFTS_KEPT),
        "form_keys": FormKey.objects.filter(sent_at__lte=at - FORM_KEYS_KEPT),
        "parked_posts": ParkedPost.objects.filter(made_at__lte=at - ONE_DAY),
        "sessions": Session.objects.filter(expire_date__lte=at),
        "sign_ins": SignIn.objects.filter(began_at__lte=at - settings.SESSION_LONGEST),
    }
    return {name: rows.delete()[0] for name, rows in old.items()}
