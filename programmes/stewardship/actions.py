"""The deed of stewardship: who guides it, who stands behind it, and how it will end."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db import transaction

from embedded import audit
from embedded.accounts.models import Person
from embedded.drafts import check_version
from programmes.lifecycle import StepRefused, move_end
from programmes.models import EndDecision, Residency


@dataclass(frozen=True)
class Steering:
    """The group that guides it and the sponsor. `public_partners` is None while nobody has said how many take part:
    R14 looks only once they have."""

    guiding_group: str = ""
    public_partners: int | None = None
    sponsor_name: str = ""
    sponsor_left_on: datetime.date | None = None


@dataclass(frozen=True)
class Ending:
    """What is decided about the end. `decision` is an EndDecision or "" while it is open; a `new_end` moves the end,
    with the reason why, and opens the decision about that new end."""

    decision: str = ""
    decided_on: datetime.date | None = None
    exit_plan_on: datetime.date | None = None
    new_end: datetime.date | None = None
    why: str = ""


@transaction.atomic
def record_steering(
    *,
    residency: Residency,
    steering: Steering,
    ending: Ending | None,
    version: int,
    by: Person,
    on: datetime.date,
    on_behalf_of: Person | None = None,
) -> None:
    """Keeps what the signals R14, R18 and R19 look at; without `ending` that part stays as it is. Changed if somebody
    saved since `version`; StepRefused with an instruction for an end that cannot be (V-18)."""
    check_version(residency, version)
    before, group = _facts_of(residency), residency.guiding_group
    _keep(residency, _of_group(residency, steering, on))
    if ending is not None:
        _end(residency, ending, by, on)
    audit.record(
        by,
        "residency.steering_saved",
        str(residency),
        f"p/{residency.programme.slug}/r/{residency.code}",
        on_behalf_of=on_behalf_of,
        details={
            "from_to": [
                [name, before[name], now] for name, now in _facts_of(residency).items() if before[name] != now
            ],
            "rewritten": ["guiding_group"] if group != residency.guiding_group else [],
        },
    )


def _facts_of(residency: Residency) -> dict[str, object]:
    """What the history tells with the value it had and the one it has. Members of the public are counted there and
    never named: the trail forgets nobody."""
    known = residency.guiding_group_entered_on is not None
    others = ("sponsor_name", "sponsor_left_on", "end_decision", "exit_plan_on")
    counted = residency.public_partners_in_guiding_group if known else None
    return {"public_partners": counted} | {name: getattr(residency, name) for name in others}


def _of_group(residency: Residency, steering: Steering, on: datetime.date) -> dict[str, object]:
    """A new name ends the time without a sponsor, unless another day of leaving came with it."""
    renewed = steering.sponsor_name and steering.sponsor_name != residency.sponsor_name
    same_gap = steering.sponsor_left_on == residency.sponsor_left_on
    known = steering.public_partners is not None
    return {
        "guiding_group": steering.guiding_group,
        "public_partners_in_guiding_group": steering.public_partners or 0,
        "guiding_group_entered_on": (residency.guiding_group_entered_on or on) if known else None,
        "sponsor_name": steering.sponsor_name,
        "sponsor_left_on": None if renewed and same_gap else steering.sponsor_left_on,
    }


def _end(residency: Residency, ending: Ending, by: Person, on: datetime.date) -> None:
    if ending.new_end is not None and ending.decision != EndDecision.GOES_ON:
        raise StepRefused("Choose “It goes on”, or leave the new end empty")
    _keep(
        residency,
        {
            "end_decision": ending.decision,
            "end_decision_on": (ending.decided_on or on) if ending.decision else None,
            "exit_plan_on": ending.exit_plan_on,
        },
    )
    if ending.new_end is not None:
        move_end(residency, ending.new_end, by=by, on=on, why=ending.why)


def _keep(residency: Residency, values: dict[str, object]) -> None:
    for name, value in values.items():
        setattr(residency, name, value)
    residency.save(update_fields=list(values))
