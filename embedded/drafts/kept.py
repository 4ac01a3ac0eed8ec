"""Drafts on the server, sealed with the writer's own key."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.http import QueryDict
from django.utils import timezone

from embedded.accounts.models import Person
from embedded.drafts.models import Draft, FormKey
from embedded.vault import CannotBeRead, Sealer, open_sealed, seal

logger = logging.getLogger(__name__)
MOST_DRAFTS: Final = 50  # of one person; the oldest make room


@dataclass(frozen=True)
class Kept:
    """One draft: the last part of its purpose, when it was kept, and what was typed."""

    key: str
    at: datetime
    typed: dict[str, Any]


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


def drop_under(person: Person, prefix: str) -> None:
    """Forgets all drafts of what is not there any more, named by how their purposes begin."""
    Draft.objects.filter(person=person, purpose__startswith=prefix).delete()


def keep_form(person: Person, purpose: str, data: QueryDict) -> None:
    """`save_draft` for a form as it stands, whose key is the last part of `purpose`: nothing is kept of one that was
    sent meanwhile, and the oldest make room beyond MOST_DRAFTS."""
    if _sent(person, [_key_in(purpose)]):
        return
    save_draft(person, purpose, data)
    kept = Draft.objects.filter(person=person).order_by("-updated_at", "-pk")
    Draft.objects.filter(pk__in=[draft.pk for draft in kept.only("pk")[MOST_DRAFTS:]]).delete()


def kept_under(person: Person, prefix: str) -> list[Kept]:
    """The person's drafts of forms that were never sent, the latest first; those that cannot be read are left out."""
    found = list(Draft.objects.filter(person=person, purpose__startswith=prefix).order_by("-updated_at"))
    sent, opener, kept = _sent(person, [_key_in(draft.purpose) for draft in found]), Sealer(person), []
    for draft in found:
        key = _key_in(draft.purpose)
        try:
            typed = json.loads(opener.open(draft.payload)) if key not in sent else None
        except CannotBeRead:
            continue
        if typed is not None:
            kept.append(Kept(key, draft.updated_at, typed))
    return kept


def _key_in(purpose: str) -> str:
    return purpose.rpartition("/")[2]


def _sent(person: Person, keys: list[str]) -> set[str]:
    """Which of these form keys went through."""
    known = [key for key in keys if _is_uuid(key)]
    if not known:
        return set()
    return {
        str(key) for key in FormKey.objects.filter(person=person, key__in=known).values_list("key", flat=True)
    }


def _is_uuid(key: str) -> bool:
    try:
        return str(UUID(key)) == key
    except ValueError:
        return False
