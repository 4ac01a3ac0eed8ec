"""The forms of the pages of tokens."""

from __future__ import annotations

from typing import Final

from embedded.nhsuk.forms import NhsForm, RadioField, TextField

LASTS: Final = [("30", "30 days"), ("90", "90 days"), ("365", "A year")]
MAY: Final = [("read", "Read my log"), ("log", "Read my log, and log in it")]


class TokenForm(NhsForm):
    """What a token is for, what may be done with it, and for how long."""

    name = TextField(
        "What is it for?",
        hint="For example “Telephone” or “Script on my laptop”",
        max_length=80,
        missing="Enter what it is for",
        called="what it is for",
    )
    may = RadioField("What may it do?", MAY, called="what it may do", initial="read")
    days = RadioField("How long does it last?", LASTS, called="how long it lasts", initial="90")


class EndForm(NhsForm):
    """Asks nothing: the press is the answer."""
