"""A line of one's own among the first hundred days."""

from __future__ import annotations

from embedded.nhsuk.forms import NhsForm, NumberField, TextField
from programmes.settling.plan import WEEKS


class LineForm(NhsForm):
    words = TextField("What else is there to do?", max_length=200, called="what there is to do")
    week = NumberField("By the end of which week?", called="the week", at_least=1, at_most=WEEKS, width=2)
