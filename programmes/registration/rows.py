"""Forms whose rows grow by a press, without any script: how many are asked for, and what was typed so far."""

from __future__ import annotations

from typing import Any, Final

from django.http import QueryDict

from embedded.nhsuk.forms import NhsForm

FIRST_ROWS: Final = 1
MOST_ROWS: Final = 20


def rows_asked(posted: QueryDict) -> int:
    """How many empty rows to show; one more after the press that adds one."""
    typed = posted.get("rows", "")
    rows = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 3 else FIRST_ROWS
    return min(max(rows, FIRST_ROWS) + ("add" in posted), MOST_ROWS)


def typed_so_far(blank: NhsForm, posted: QueryDict) -> dict[str, Any]:
    """What was typed, as the first values of a form that is shown again with nothing checked."""
    return {
        name: field.widget.value_from_datadict(posted, {}, name)
        for name, field in blank.fields.items()
        if name not in ("form_key", "version") and not field.widget.value_omitted_from_data(posted, {}, name)
    }
