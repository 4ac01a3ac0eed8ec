"""The papers of a residency in its history: the plan, contracts, the working agreement, the job description."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

from embedded.audit.models import Event
from embedded.nhsuk.words import start_low
from programmes.course.sentences import kept
from programmes.models import HowTold, PublicationClause

Paper = Callable[[Event, Any], str]
ASKED: Final = 10  # questions of the plan


def _planned(one: Event, _: Any) -> str:
    facts = one.details
    first = facts.get("number") == 1
    words = "wrote down what was planned together" if first else "wrote down what has changed in the plan"
    if facts.get("on"):
        words += f" on {kept(facts['on'])}"
    told = [f"{len(facts['themes'])} of {ASKED} questions"] if facts.get("themes") else []
    if there := facts.get("people"):
        told.append(f"{there} at the table, {facts.get('public', 0)} of them members of the public")
    return words + (f" ({'; '.join(told)})" if told else "")


def _asked_partner(one: Event, _: Any) -> str:
    what = "what has changed in the plan" if one.details.get("again") else "five questions about the plan"
    return f"asked a member of the public {what}" + (" by link" if one.details.get("by_link") else "")


def _answered(one: Event, _: Any) -> str:
    how = one.details.get("how")
    if how in (HowTold.TELEPHONE, HowTold.PAPER, HowTold.IN_PERSON):
        return f"wrote down what somebody said about the plan ({start_low(str(HowTold(how).label))})"
    return "answered the questions about the plan"


def _contract(verb: str) -> Paper:
    def words(one: Event, _: Any) -> str:
        told = [_between(*change) for change in one.details.get("from_to", []) if change[0] in _FACTS]
        kind = start_low(one.what.rsplit(", ", 1)[0])
        if not told and verb == "recorded" and one.details.get("signed_on"):
            told = [f"signed on {kept(one.details['signed_on'])}"]
        return f"{verb} a contract ({kind})" + (f": {', '.join(told)}" if told else "")

    return words


_FACTS: Final = {
    "signed_on": "the day it was signed",
    "effective_from": "its first day",
    "effective_to": "its last day",
    "review_on": "the day of its review",
    "publication": "what it says of publishing",
}


def _between(name: str, before: object, after: object) -> str:
    def shown(value: object) -> str:
        known = value in PublicationClause.values
        return f"“{start_low(str(PublicationClause(str(value)).label))}”" if known else kept(value)

    return f"{_FACTS[name]} from {shown(before)} to {shown(after)}"


def _working(words: str) -> Paper:
    """`words` with the version of the working agreement in it: the trail names it by its number."""

    def told(one: Event, _: Any) -> str:
        number = re.search(r"\d+", one.what)
        version = f"version {number[0]} of the working agreement" if number else "the working agreement"
        many = one.details.get("people")
        return words.format(version=version, people=f"{many} people" if many else "people")

    return told


def _description(words: str) -> Paper:
    def told(one: Event, _: Any) -> str:
        number = one.details.get("number")
        version = f"version {number} of the job description" if number else "the job description"
        return words.format(version=version)

    return told


OF_THE_PLAN: Final[dict[str, str | Paper]] = {
    "plan.saved": _planned,
    "plan.partner_asked": _asked_partner,
    "plan.link_sent_again": "sent somebody the questions about the plan again",
    "plan.asked_apart": "asked people to answer questions of the plan on their own",
    "plan.voice_answered": _answered,
    "plan.voice_declined": "would rather not answer the questions about the plan",
    "plan.round_closed": "put side by side what each had said on their own",
}
OF_AGREEMENTS: Final[dict[str, str | Paper]] = {
    "agreement.recorded": _contract("recorded"),
    "agreement.changed": _contract("corrected"),
    "agreement.file_kept": _contract("kept the file of"),
    "working_agreement.saved": _working("wrote {version}"),
    "working_agreement.asked": _working("asked {people} to agree to {version}"),
    "working_agreement.agreed": _working("agreed to {version}"),
    "working_agreement.person_added": _working("named one more person who is to agree to {version}"),
    "working_agreement.person_taken_off": _working("no longer asks somebody to agree to {version}"),
    "working_agreement.sent_again": _working("sent the link to {version} again"),
    "working_agreement.link_copied": _working("took a link to {version}, to send it on"),
}
OF_THE_JOB_DESCRIPTION: Final[dict[str, str | Paper]] = {
    "job_description.begun": _description("began {version}"),
    "job_description.changed": _description("changed {version}"),
    "job_description.handed_in": _description("attached HR’s own form as {version}"),
    "job_description.sent_for_approval": _description("sent {version} for approval"),
    "job_description.approved": _description("approved {version}"),
}
