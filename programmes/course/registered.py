"""The registration and who guides it, in the history: from what, to what; longer texts are only named."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from embedded.audit.models import Event
from embedded.nhsuk.words import pounds, start_low
from programmes.course.sentences import kept
from programmes.models import Direction, EndDecision

PAGES: Final = {
    "idea": "the title and the host",
    "purpose": "the problem and the decision",
    "difference": "what should be different",
    "dates": "the dates",
    "people": "the people",
    "home": "the academic home",
    "money": "the money",
    "topics": "the topics",
}
FIELDS: Final = {
    "title": "the title",
    "site": "the hospital, site or team",
    "theme": "the theme",
    "topics": "the topics",
    "planned_start": "the planned start",
    "planned_end": "the planned end",
    "review_on": "the day to look at it again",
    "decision_by": "the day of the decision",
    "days_a_week": "the days a week",
    "host": "the host",
    "academic_home": "the academic home",
    "host_manager_name": "the host manager",
    "host_manager_email": "the host manager’s email address",
    "host_supervisor_name": "the supervisor at the host",
    "host_supervisor_email": "the email address of the supervisor at the host",
    "academic_supervisor_name": "the academic supervisor",
    "academic_supervisor_email": "the academic supervisor’s email address",
    "second_supervisor_name": "the second academic supervisor",
    "second_supervisor_email": "the second academic supervisor’s email address",
    "researcher_name": "the person named",
    "people_not_known": "who finds out what is not known",
    "direction": "the direction",
    "money_who_pays": "who pays",
    "money_amount": "the amount",
    "money_held_by": "who holds the money",
    "money_cost_code": "the cost code",
    "money_confirmed": "whether the money is confirmed",
    "public_partners": "the members of the public in the guiding group",
    "sponsor_name": "the executive sponsor",
    "sponsor_left_on": "the day from which there is no sponsor",
    "end_decision": "the decision about the end",
    "exit_plan_on": "the day of the plan for the ending",
}
TEXTS: Final = {
    "problem": "the problem",
    "decision": "the decision it should inform",
    "difference": "what should be different",
    "how_known": "how you would know",
    "fairer_for": "whose health or care should become fairer",
    "guiding_group": "who is in the guiding group",
}
WORDED: Final = ("title", "site", "theme", "topics", "people_not_known")


def for_others(details: Mapping[str, Any]) -> dict[str, Any]:
    """What somebody is told who may not open the registration: nothing of its money and of addresses."""
    told = [one for one in details.get("from_to", []) if "money" not in one[0] and "email" not in one[0]]
    return {**details, "from_to": told}


def registration(one: Event, _: Any) -> str:
    page = PAGES.get(str(one.details.get("page")), "the registration")
    return _changed(one.details) or f"saved {page} in the registration"


def steering(one: Event, _: Any) -> str:
    return _changed(one.details) or "saved who guides it and how it will end"


def _changed(details: Mapping[str, Any]) -> str:
    told = [
        f"{FIELDS[name]} from {_said(name, before)} to {_said(name, after)}"
        for name, before, after in details.get("from_to", [])
        if name in FIELDS
    ]
    told += [f"the words of “{TEXTS[name]}”" for name in details.get("rewritten", []) if name in TEXTS]
    return f"changed {', '.join(told)}" if told else ""


def _said(name: str, value: Any) -> str:
    """A choice by its words, somebody's words in quotation marks, anything else as the trail keeps it."""
    if value is None or value == "":
        return "nothing"
    if name == "money_amount":
        return pounds(Decimal(str(value)))
    if name == "money_confirmed":
        return "“not yet”" if value == "no" else f"“{value}”"
    if name in WORDED:
        return f"“{value}”"
    for choices in (Direction, EndDecision):
        if value in choices.values:
            return f"“{start_low(str(choices(value).label))}”"
    return str(value) if isinstance(value, int) else kept(value)
