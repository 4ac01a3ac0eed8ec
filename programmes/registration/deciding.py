"""The form of those who decide: one choice, a reason where one is owed, conditions in rows without any script."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any, Final

from embedded.nhsuk.forms import DateField, NhsForm, RadioField, TextAreaField, TextField, TickField
from programmes.registration.decisions import NewCondition
from programmes.registration.missing import Lack

CHOICES: Final = [
    ("approve", "Approve"),
    ("conditions", "Approve with conditions"),
    ("return", "Return with a reason"),
    ("decline", "Decline"),
]
HINTS: Final = {
    "conditions": "Say what has to be done, by whom and by when. It can go on meanwhile",
    "return": "It can be changed and sent again",
    "decline": "It ends here",
}
IN_FOUR_WEEKS: Final = datetime.timedelta(days=28)


class DecideForm(NhsForm):
    """`ready` are conditions to tick, `rows` the number of empty ones to fill in."""

    decision = RadioField("What do you decide?", CHOICES, hints=HINTS, called="what you decide")
    why = TextAreaField(
        "What is the reason?",
        called="the reason",
        rows=3,
        max_length=2000,
        required=False,
        hint="Needed to return or decline it",
    )

    def __init__(
        self,
        *args: Any,
        ready: Sequence[Lack],
        rows: int,
        owner: str,
        today: datetime.date,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.conditions: list[NewCondition | None] = []
        self.ready, self.rows = list(ready), rows
        due = today + IN_FOUR_WEEKS
        for number, lack in enumerate(self.ready):
            self.fields[f"tick_{number}"] = TickField(lack.words, required=False)
            self._add_owner_and_day(f"ready_{number}", owner, due, today)
        for number in range(rows):
            what = TextField(
                "What has to be done?", called="what has to be done", required=False, max_length=300
            )
            what.marks_optional = False
            self.fields[f"what_{number}"] = what
            self._add_owner_and_day(f"own_{number}", "", None, today)
        why: Any = self.fields["why"]
        why.marks_optional = False

    def _add_owner_and_day(
        self, name: str, owner: str, due: datetime.date | None, today: datetime.date
    ) -> None:
        person = TextField(
            "Who sees to it?", called="who sees to it", required=False, max_length=120, initial=owner
        )
        day = DateField("By when?", called="the date", required=False, earliest=today, initial=due)
        for key, field in ((f"{name}_owner", person), (f"{name}_due", day)):
            field.marks_optional = False
            self.fields[key] = field

    def ready_rows(self) -> list[tuple[Any, Any, Any]]:
        return [
            (self[f"tick_{n}"], self[f"ready_{n}_owner"], self[f"ready_{n}_due"])
            for n in range(len(self.ready))
        ]

    def own_rows(self) -> list[tuple[Any, Any, Any]]:
        return [(self[f"what_{n}"], self[f"own_{n}_owner"], self[f"own_{n}_due"]) for n in range(self.rows)]

    def clean(self) -> None:
        decision = self.cleaned_data.get("decision")
        if decision in ("return", "decline") and not self.cleaned_data.get("why"):
            self.add_error("why", "Enter the reason")
        if decision == "approve" and any(self.cleaned_data.get(f"what_{n}") for n in range(self.rows)):
            self.add_error("decision", "Select “Approve with conditions”, or delete what has to be done")
        if decision != "conditions":
            self._forget_errors_of_conditions()
            return
        self.conditions = [self._condition(*row) for row in self._asked()]
        if not self.conditions and not self.errors:
            first = "tick_0" if self.ready else "what_0"
            self.add_error(first, "Select or enter at least one condition")

    def _asked(self) -> list[tuple[str, str]]:
        """The words of each condition that is asked for, and the name its owner and day go by."""
        typed = self.cleaned_data
        ticked = [(lack.words, f"ready_{n}") for n, lack in enumerate(self.ready) if typed.get(f"tick_{n}")]
        own = [
            (typed.get(f"what_{n}", ""), f"own_{n}")
            for n in range(self.rows)
            if any(typed.get(key) for key in (f"what_{n}", f"own_{n}_owner", f"own_{n}_due"))
        ]
        return ticked + own

    def _condition(self, what: str, name: str) -> NewCondition | None:
        owner, due = self.cleaned_data.get(f"{name}_owner"), self.cleaned_data.get(f"{name}_due")
        if not what:
            self.add_error(name.replace("own_", "what_"), "Enter what has to be done")
        if not owner:
            self.add_error(f"{name}_owner", "Enter who sees to it")
        if not due and f"{name}_due" not in self.errors:
            self.add_error(f"{name}_due", "Enter the date")
        return NewCondition(what, owner, due) if what and owner and due else None

    def _forget_errors_of_conditions(self) -> None:
        """What stands in rows that do not count cannot be wrong."""
        for name in [name for name in self.errors if name.startswith(("tick_", "what_", "ready_", "own_"))]:
            del self.errors[name]
