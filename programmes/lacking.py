"""What was a hard gate once and is a condition now: who planned it (V-10), the job description (V-11), an agreement
(V-20); and what is still to do on the closing list (V-16)."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from programmes import contracts
from programmes.clearance import is_live
from programmes.concerns import PUBLISHING, concerns_of
from programmes.models import (
    CLOSED_AT_THE_END,
    AccessItem,
    AccessState,
    ClosingKind,
    PlanPart,
    Residency,
    people_heard,
)


@dataclass(frozen=True)
class Lacking:
    """A rule that is not met yet; the words say what to do, and are those of the condition that it may become."""

    rule: str
    words: str


@dataclass(frozen=True)
class ToClose:
    """A line of the closing list that is not done; `who` and `due` where somebody has said."""

    words: str
    who: str
    due: datetime.date | None


def on_closing_list(residency: Residency) -> list[ToClose]:
    """V-16: what nobody has recorded as done, in the order of the list. Nothing of what was brought in once it was
    over: nobody has had a list for it here."""
    if residency.adopted_on and residency.ended_on and residency.adopted_on > residency.ended_on:
        return []
    rows = {row.kind: row for row in residency.closing_tasks.all()}
    lines = [(kind, rows.get(kind)) for kind in ClosingKind]
    return [
        ToClose(str(kind.label), row.owner_name if row else "", row.due if row else None)
        for kind, row in lines
        if row is None or row.done_on is None
    ]


def access_to_close(residency: Residency, on: datetime.date) -> list[AccessItem]:
    """V-16: what is in place, has no last day, and would have to be closed."""
    items = AccessItem.objects.filter(placement__residency=residency, kind__in=CLOSED_AT_THE_END)
    items = items.filter(state=AccessState.IN_PLACE, expires_on=None)
    return [item for item in items.select_related("host", "placement__person") if is_live(item, on)]


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
