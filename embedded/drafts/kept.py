"""Drafts on the server, sealed with the writer's own key."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import QueryDict
from django.utils import timezone

from embedded.accounts.models import Person
from embedded.drafts.models import Draft
from embedded.vault import CannotBeRead, open_sealed, seal

logger = logging.getLogger(__name__)


def save_draft(person: Person, purpose: str, data: Mapping[str, Any] | QueryDict) -> None:
    """Keeps what was typed so far, in place of the former draft for the same purpose.

    `data` is anything that JSON can say; dates, decimals and UUIDs come back as text. request.POST is kept
    as {name: [values]} without its CSRF token.
    """
    if isinstance(data, QueryDict):
        data = {name: values for name, values in data.lists() if name != "csrfmiddlewaretoken"}
    payload = seal(person, json.dumps(data, cls=DjangoJSONEncoder))
    Draft.objects.update_or_create(
        person=person, purpose=purpose, defaults={"payload": payload, "updated_at": timezone.now()}
    )


def load_draft(person: Person, purpose: str) -> dict[str, Any] | None:
    """What `save_draft` kept; None when there is none, or none that can be read any more."""
    draft = Draft.objects.filter(person=person, purpose=purpose).first()
    if draft is None:
        return None
    try:
        kept: dict[str, Any] = json.loads(open_sealed(person, draft.payload))
    except CannotBeRead:
        logger.warning("draft_cannot_be_read", extra={"draft": draft.pk})
        return None
    return kept


def drop_draft(person: Person, purpose: str) -> None:
    """Forgets a draft, once what it was for is saved."""
    Draft.objects.filter(person=person, purpose=purpose).delete()
