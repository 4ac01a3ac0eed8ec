"""What was a hard gate once and is a condition now: who planned it (V-10), the job description (V-11), an agreement
(V-20)."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from programmes import contracts
from programmes.concerns import PUBLISHING, concerns_of
from programmes.models import PlanPart, Residency, people_heard


@dataclass(frozen=True)
class Lacking:
    """A rule that is not met yet; the words say what to do, and are those of the condition that it may become."""

    rule: str
    words: str


def at_approval(residency: Residency, on: datetime.date) -> list[Lacking]:
    """What an approver may make a condition of on that day. None of it stops an approval (users.md decision 2)."""
    found = [Lacking("V-10", f"Plan it together: {who}") for who in [not_at_the_table(residency)] if who]
    if not has_job_description(residency):
        found.append(Lacking("V-11", "Agree a job description, or name the person"))
    if not has_live_agreement(residency, on):
        words = "Sign an agreement on supervision, publication, data and how it can end"
        found.append(Lacking("V-20", words))
    if any(one.about == PUBLISHING for one in concerns_of(residency, list(residency.agreements.all()), on)):
        words = "Agree how it is decided what is published, as an agreement lets the host decide"
        found.append(Lacking("V-21", words))
    return found


def not_at_the_table(residency: Residency) -> str:
    """V-10: which sides have had no say in the plan yet; "" when the host, the researcher's side and two members of
    the public have, at the table or on their own."""
    heard = people_heard(residency)
    public = len(heard[PlanPart.PUBLIC])
    sides = [
        (heard[PlanPart.HOST_MANAGER] | heard[PlanPart.HOST], "the host"),
        (heard[PlanPart.RESEARCHER] | heard[PlanPart.ACADEMIC], "the researcher's side"),
        (public > 1, "one more member of the public" if public else "at least two members of the public"),
    ]
    return " and ".join(", ".join(words for there, words in sides if not there).rsplit(", ", 1))


def has_live_agreement(residency: Residency, on: datetime.date) -> bool:
    """V-20: what the agreements that live on that day cover together."""
    return not contracts.not_covered(list(residency.agreements.all()), on)


def has_job_description(residency: Residency) -> bool:
    """V-11: an approved version of the job description, or the person is known. Nobody is asked why: reasons
    are for turning back, pausing, overriding, ending early and extending alone (users.md decision 2)."""
    return bool(residency.researcher_name) or residency.job_descriptions.approved().exists()
