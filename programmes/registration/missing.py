"""What a registration still lacks: before it can be sent, and what may become a condition of approval."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from programmes import contracts
from programmes.models import Direction, PlanPart, Residency, people_heard


@dataclass(frozen=True)
class Lack:
    """One thing that is missing: an instruction, the page on which it is put right, and the rule it comes from."""

    words: str
    page: str
    rule: str = ""


def before_sending(residency: Residency) -> list[Lack]:
    """What has to be there before it is sent for approval; nothing else stops it (users.md decision 2)."""
    asked = (
        (residency.problem, "Enter the problem", "purpose"),
        (residency.decision, "Enter the decision that it should inform", "purpose"),
        (residency.difference, "Enter what should be different in a year", "difference"),
        (residency.planned_start, "Enter the planned start date", "dates"),
        (residency.planned_end, "Enter the planned end date", "dates"),
        (
            residency.host_manager_name or residency.people_not_known,
            "Enter the host manager, or who will find out",
            "people",
        ),
        (
            residency.academic_supervisor_name or residency.people_not_known,
            "Enter the academic supervisor, or who will find out",
            "people",
        ),
    )
    return [Lack(words, page) for value, words, page in asked if not value]


def at_approval(residency: Residency) -> list[Lack]:
    """What an approver may make a condition of: things that once were hard gates (V-10, V-11, V-20), and the home,
    the money and the manager's word. The words are those of the condition."""
    found = [Lack(f"Plan it together: {who}", "", "V-10") for who in [not_at_the_table(residency)] if who]
    if not has_job_description(residency):
        found.append(Lack("Agree a job description, or name the person and say why", "people", "V-11"))
    if not has_live_agreement(residency):
        found.append(
            Lack("Sign an agreement on supervision, publication, data and how it can end", "", "V-20")
        )
    if not residency.academic_homes and residency.direction != Direction.SERVICE_TO_ACADEMIC:
        found.append(Lack("Name the academic home", "people"))
    if residency.money_confirmed != "yes":
        found.append(Lack("Confirm the money: who pays, how much, who holds it", "money"))
    if residency.confirmed_by_manager_at is None and residency.host_manager_name:
        found.append(Lack(f"{residency.host_manager_name} confirms the registration", "people"))
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


def has_live_agreement(residency: Residency) -> bool:
    """V-20: what the agreements that live today cover together."""
    return not contracts.not_covered(list(residency.agreements.all()), timezone.localdate())


def has_job_description(residency: Residency) -> bool:
    """V-11: an approved version of the job description, or the person is known."""
    return bool(residency.researcher_name) or residency.job_descriptions.approved().exists()
