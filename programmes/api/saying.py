"""What is wrong with the shape of what a program sent, in our words: the field, and what to send instead."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

A_DAY: Final = "Write a day as 2026-05-03"
# where the field itself says what its text must be
_BY_FIELD: Final = {
    "date": A_DAY,
    "from": A_DAY,
    "to": A_DAY,
    "before": "Write what the page before gives as “earlier”",
    "residency": "Write it as programme/code",
    "Idempotency-Key": "Write a UUID, or leave it out",
}
_BY_KIND: Final = {
    "missing": "Send it: nothing is logged without it",
    "extra_forbidden": "Leave it out: nothing here is called so",
    "string_type": "Write it as text, between quotation marks",
    "greater_than_equal": "Write {ge} or more",
    "less_than_equal": "Write {le} or less",
}
_WHOLE: Final = "Write a whole number, like 90, without quotation marks"
_ENTRY: Final = (
    'Send one entry as a JSON object, like {"date": "2026-05-03", "minutes": 90, "kind": "relational"}'
)


def problem(error: Mapping[str, Any]) -> tuple[str, str]:
    """An error of the schema, as (field, what to do)."""
    field, kind = _field(error["loc"]), error["type"]
    if not field:
        return field, _ENTRY
    if kind in _BY_KIND:
        return field, _BY_KIND[kind].format(**error.get("ctx", {}))
    return field, _BY_FIELD.get(field, _WHOLE)


def _field(place: Any) -> str:
    """The name of a field out of where it stands: ("body", "sent", "minutes")."""
    return str(place[-1]) if len(place) > 1 and place[-1] != "sent" else ""
