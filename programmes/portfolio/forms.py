"""The forms of the portfolio: what to choose for a module, and own words for a line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from embedded.nhsuk.forms import CheckboxesField, NhsForm, TextAreaField
from programmes.portfolio.reading import Offer

LONGEST = 2000


class ChooseForm(NhsForm):
    """Things of one's own record, ticked, and a line that is in no record."""

    things = CheckboxesField("From your record", required=False, small=True)
    text = TextAreaField(
        "Something that is not in your record",
        hint="In your own words",
        rows=3,
        max_length=LONGEST,
        required=False,
    )

    def __init__(self, *args: Any, offered: Sequence[Offer], **options: Any) -> None:
        super().__init__(*args, **options)
        self.offer("things", [(one.key, one.words) for one in offered])
        if not offered:
            del self.fields["things"]
        for one in self.fields.values():
            one.marks_optional = False  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if not self.errors and not typed.get("things") and not typed.get("text"):
            first = "things" if "things" in self.fields else "text"
            self.add_error(first, "Select what to put in, or enter it in your own words")
        return typed


class WordsForm(NhsForm):
    text = TextAreaField(
        "In your own words",
        missing="Enter the line in your own words",
        rows=4,
        max_length=LONGEST,
        required=False,
    )

    def __init__(self, *args: Any, needed: bool, **options: Any) -> None:
        """`needed` where the words are all there is."""
        super().__init__(*args, **options)
        field = self.fields["text"]
        field.required, field.marks_optional = needed, False  # type: ignore[attr-defined]
        field.hint = "" if needed else "Leave it empty to say it as your record does"  # type: ignore[attr-defined]
