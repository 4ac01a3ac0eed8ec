"""The shape of the whole database: what its rows say, without what differs each time (new numbers, moments, tokens)."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from typing import Any

from django.apps import apps
from django.db import models

from guidance.models import Pack

OURS = ("accounts", "audit", "files", "jobs", "links", "post", "programmes")
# tokens, letters that carry them, and the keys of forms
NEW_EACH_TIME = {
    "token_sha256",
    "sha256",
    "request_id",
    "text",
    "html",
    "key",
    "sealed",
    "wrapped",
    "subject",
    "session_key",
}
HOSTILE_YEAR = 2001

Ids = dict[type[models.Model], set[Any]]


def our_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model._meta.app_label in OURS]


def known_ids() -> Ids:
    """The numbers of the rows that are there now."""
    pointed_at = (*our_models(), Pack)  # records of ours point at packs
    return {model: set(model.objects.values_list("pk", flat=True)) for model in pointed_at}  # type: ignore[attr-defined]


def shape(known: Ids) -> Counter[str]:
    """Every row in words; a row that came later than `known` goes by "new", and so does what points at it."""
    found: Counter[str] = Counter()
    for model in our_models():
        fields = [field for field in model._meta.concrete_fields if field.name not in NEW_EACH_TIME]
        for row in model.objects.all():  # type: ignore[attr-defined]
            words = [f"{field.attname}={_plain(field, row, known)}" for field in fields]
            found[f"{model._meta.label}: {', '.join(words)}"] += 1
    return found


def _plain(field: Any, row: models.Model, known: Ids) -> str:
    value = getattr(row, field.attname)
    if field.primary_key or field.is_relation:
        model = field.related_model if field.is_relation else type(row)
        return str(value) if value is None or value in known.get(model, {value}) else "new"
    if isinstance(field, models.BinaryField) and value is not None:
        return f"{len(value)} bytes"  # sealed differently each time
    if isinstance(value, datetime.datetime):
        return "hostile" if value.year == HOSTILE_YEAR else "a moment"
    if isinstance(value, (dict, str)) and row._meta.app_label in ("audit", "jobs"):
        return re.sub(r"\d+", "#", str(value))  # labels that name a row by its number
    return str(value)


def hostile_values() -> dict[str, str]:
    """A value for the name of every column of ours, so that one that gets through can be seen."""
    found: dict[str, str] = {}
    for model in our_models():
        for field in model._meta.concrete_fields:
            for name in {field.name, field.attname}:
                found[name] = _hostile(field)
    return found | {
        "is_staff": "on",
        "is_superuser": "on",
        "by": "1",
        "on_behalf_of": "1",
        "state": "in_place",
    }


def _hostile(field: Any) -> str:
    if field.choices:
        return str(list(field.flatchoices)[-1][0])
    if isinstance(field, models.BooleanField):
        return "on"
    if isinstance(field, models.DateTimeField):
        return f"{HOSTILE_YEAR}-01-01T00:00:00Z"
    if isinstance(field, models.DateField):
        return f"{HOSTILE_YEAR}-01-01"
    if isinstance(field, (models.CharField, models.TextField)):
        return "mallory-canary"
    return "1"
