"""The form of a summary of two pages: short boxes, and one limit for all of them."""

from __future__ import annotations

from typing import Any, Final

from embedded.nhsuk.forms import NhsForm, TextAreaField
from programmes.bite.content import MOST_WORDS, PARTS, count_words
from programmes.models import Project

HINTS: Final = {
    "question": "One sentence",
    "why": "To whom, and why now",
    "done": "In words that a neighbour would use",
    "with_whom": "Who took part, and what changed because of it. What partners confirmed stands here already",
    "found": "What was found, and in which decision it was used. What the host confirmed stands here already",
    "hard": "What others should know before they try the same",
    "not_known": "What was not measured, or nobody asked",
    "next_step": "Who does what, and where to read more",
}


class BiteForm(NhsForm):
    """Eight parts; what is left empty is asked for on the page."""

    def __init__(self, *args: Any, project: Project, **options: Any) -> None:
        super().__init__(*args, **options)
        self.project = project
        for name, label in PARTS.items():
            part = TextAreaField(
                label,
                hint=HINTS[name],
                rows=2 if name == "question" else 4,
                max_length=300 if name == "question" else 1500,
                required=name == "question",
                missing="Enter the question",
            )
            part.marks_optional = False  # all are to be filled in, and any may wait
            self.fields[name] = part

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        words = count_words(self.project.title, {name: typed.get(name, "") for name in PARTS})
        if words > MOST_WORDS and not self.errors:
            over = words - MOST_WORDS
            self.add_error(
                None, f"Use {MOST_WORDS} words or fewer in all: take out {over}, there are {words} now"
            )
        return typed

    def texts(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in PARTS}
