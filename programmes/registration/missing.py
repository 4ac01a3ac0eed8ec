"""What a registration still lacks: before it can be sent, and what may become a condition of approval."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils import timezone

from programmes import lacking
from programmes.lacking import not_at_the_table
from programmes.models import Direction, Residency

__all__ = ["Lack", "at_approval", "before_sending", "has_live_agreement", "not_at_the_table"]

PAGES: Final = {"V-11": "people"}  # where in the registration a rule is met


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
    found = [
        Lack(one.words, PAGES.get(one.rule, ""), one.rule)
        for one in lacking.at_approval(residency, timezone.localdate())
    ]
    if not residency.academic_homes and residency.direction != Direction.SERVICE_TO_ACADEMIC:
        found.append(Lack("Name the academic home", "people"))
    if residency.money_confirmed != "yes":
        found.append(Lack("Confirm the money: who pays, how much, who holds it", "money"))
    if residency.confirmed_by_manager_at is None and residency.host_manager_name:
        found.append(Lack(f"{residency.host_manager_name} confirms the registration", "people"))
    return found


def has_live_agreement(residency: Residency) -> bool:
    """V-20: what the agreements that live today cover together."""
    return lacking.has_live_agreement(residency, timezone.localdate())
