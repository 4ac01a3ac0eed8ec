"""The form at the foot of a document."""

from __future__ import annotations

from embedded.nhsuk.forms import NhsForm, RadioField, TextAreaField
from guidance.models import Opinion


class UsefulForm(NhsForm):
    """Whether a page was useful, and why."""

    useful = RadioField(
        "Was it useful?",
        choices=[("yes", "Yes"), ("no", "No, or not enough")],
        missing="Select whether the page was useful",
    )
    why = TextAreaField(
        "What helped, what did you miss, what is wrong?",
        hint="Name nobody: no patients, no colleagues, not yourself.",
        called="what helped or was missing",
        required=False,
        rows=4,
        max_length=Opinion.LONGEST,
        count=True,
    )
