"""The three questions of a month."""

from __future__ import annotations

from typing import Any

from embedded.nhsuk.forms import NhsForm, RadioField
from programmes.models import PulseAnswer
from programmes.reflection.strategies import CHALLENGES

ANSWERS = [(answer.value, str(answer.label)) for answer in PulseAnswer]


class PulseForm(NhsForm):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for challenge in CHALLENGES:
            self.fields[challenge.key] = RadioField(
                challenge.question, ANSWERS, called=f"how {challenge.about} is going", inline=True
            )
