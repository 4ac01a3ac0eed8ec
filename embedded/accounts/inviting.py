"""Who holds an open invitation in this browser."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.utils.module_loading import import_string

from embedded.accounts.models import Person


def invited_person(request: HttpRequest) -> Person | None:
    """The person whose open invitation this browser holds, as the function named in INVITATION_HOOK says."""
    if not settings.INVITATION_HOOK or not request.session.get("invitation_token"):
        return None
    found: Person | None = import_string(settings.INVITATION_HOOK)(request)
    return found
