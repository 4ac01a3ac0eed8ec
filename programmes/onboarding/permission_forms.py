"""The forms on permissions: the five questions of the decision table, a host's own rule, its one line."""

from __future__ import annotations

from typing import Any

from embedded.nhsuk.forms import NhsForm, RadioField, TextAreaField, TextField
from programmes.models import PermissionCase, RuleAsks
from programmes.onboarding.deciding import BEARING, DIRECTIONS, EMPLOYERS, HOSTS, QUESTIONS, WORK, Answers
from programmes.onboarding.ruling import RuleWords


class WhichForm(NhsForm):
    """Asked in the address and kept nowhere."""

    direction = RadioField("Who goes where?", DIRECTIONS, called="who goes where")
    employer = RadioField("Who employs the person?", EMPLOYERS, called="who employs the person")
    host = RadioField("What kind of host is it?", HOSTS, called="what kind of host it is")
    work = RadioField(
        "What kind of work is it?",
        WORK,
        hint="Research sets out to find what holds elsewhere too. The research office can say which it is.",
        called="what kind of work it is",
    )
    bearing = RadioField(
        "If it is research: could it affect anybody's care?",
        BEARING,
        hint="Treating people, taking blood or consenting people to a trial could. Interviews that do not feed into "
        "somebody's care could not.",
        called="whether it could affect anybody's care",
        required=False,
    )

    def answers(self) -> Answers:
        known = {name: self.cleaned_data[name] for name in QUESTIONS}
        return Answers(**known | {"bearing": known["bearing"] or "unknown"})


class RuleForm(NhsForm):
    """A host's rule for one case."""

    words = TextAreaField(
        "What does the host ask for?",
        rows=4,
        max_length=600,
        hint="As you would tell a newcomer: which form, from whom, how long it takes",
        missing="Enter what the host asks for",
    )
    asks = RadioField(
        "In one line",
        RuleAsks.choices,
        hint="With this we can ask, once for each post, whether its permission covers its work. Until you say, we "
        "do not.",
        called="what the host asks for in one line",
    )
    said_by_name = TextField(
        "Who at the host says so?",
        max_length=120,
        missing="Enter who at the host says so",
        autocomplete="off",
    )

    def __init__(self, *args: Any, case: PermissionCase, **options: Any) -> None:
        super().__init__(*args, **options)
        if case != PermissionCase.NOT_RESEARCH:
            del self.fields["asks"]

    def rule(self) -> RuleWords:
        typed = self.cleaned_data
        return RuleWords(typed["words"], typed["said_by_name"], typed.get("asks", ""))


class QuestionForm(NhsForm):
    """The host's one line."""

    words = TextField(
        "What does the host say?",
        max_length=300,
        hint="For example: “The letter of 3 May covers the evaluation too”, or “No permission is needed for this”",
        missing="Enter what the host says",
    )
