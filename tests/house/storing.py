"""Puts chosen words into every column that holds somebody's words, past every form, as if each had let them in."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from typing import Any

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models

from tests.house.hostile import MARK

APPS = ("accounts", "programmes", "post")
# ours alone: codes, keys and words that the code itself writes
NOT_WORDS = {
    "slug", "code", "code_prefix", "scheme", "digest", "key", "region", "icb_code", "ods_code", "gss_code", "ukprn",
    "ror_id", "charity_number", "password", "state", "html", "search_text", "money_confirmed", "rules_on", "covers",
    "read_back", "themes", "token_sha256", "sha256", "shape", "media_type", "request_id", "tidied", "text_key",
    "search",
}  # fmt: skip
ADDRESSES = {("ShelfLink", "address")}  # the database takes https alone
# whoever did a thing has a name only once it was done
NAMED_AFTER = {
    "answered_by_name": "answered_at",
    "closed_because": "answered_on",
    "confirmed_by_name": "confirmed_at",
}
SHORT = f"<{MARK}>"
IN_AN_ADDRESS = f'"<{MARK}/onload=1>"@evil.example'


def columns() -> list[tuple[type[models.Model], Any]]:
    """Every column of ours for words, letters of people's addresses among them."""
    found = []
    for app in APPS:
        for model in apps.get_app_config(app).get_models():
            for column in model._meta.concrete_fields:
                is_ours = column.name in NOT_WORDS or (model.__name__, column.name) in ADDRESSES
                if not is_ours and not column.choices and holds_words(column):
                    found.append((model, column))
    return found


def holds_words(column: Any) -> bool:
    if isinstance(column, ArrayField):
        return isinstance(column.base_field, models.CharField)
    return isinstance(column, (models.CharField, models.TextField)) and not column.is_relation


def store(words: Sequence[str], turn: int = 0) -> int:
    """Writes the words in turn, another one in each column, and says into how many columns."""
    places = columns()
    for number, (model, column) in zip(count(turn), places, strict=False):
        fitting = that_fit(words, column)
        value: Any = fitting[number % len(fitting)]
        if isinstance(column, ArrayField):
            value = [value]
        rows: Any = model._base_manager.all()
        if (model.__name__, column.name) == ("Activity", "what"):
            rows = rows.exclude(readers="only_me")  # those are sealed
        if column.name in NAMED_AFTER:
            rows = rows.exclude(**{NAMED_AFTER[column.name]: None})
        if column.unique or any(column.name in one.fields for one in unique_rules(model)):
            for place, row in enumerate(rows):
                own = value if isinstance(value, list) else f"{value}{place}"[: column.max_length]
                rows.filter(pk=row.pk).update(**{column.name: own})
        else:
            rows.update(**{column.name: value})
    return len(places)


def unique_rules(model: type[models.Model]) -> list[models.UniqueConstraint]:
    return [one for one in model._meta.constraints if isinstance(one, models.UniqueConstraint)]


def that_fit(words: Sequence[str], column: Any) -> list[str]:
    if isinstance(column, models.EmailField):
        return [IN_AN_ADDRESS]
    holder = column.base_field if isinstance(column, ArrayField) else column
    most = (holder.max_length or 10_000) - 3
    return [word for word in words if len(word) <= most] or [SHORT]
