"""The form of reminders: one press."""

from __future__ import annotations

from embedded.nhsuk.forms import NhsForm


class PressForm(NhsForm):
    """Asks nothing: the press is the answer."""
