"""What the rules and figures look at, of one residency: plain values, as `rows.py` reads them."""

from __future__ import annotations

import datetime
from dataclasses import dataclass


@dataclass(frozen=True)
class Item:
    """An access item: what it is called, whether it permits being on site in law, its state and last day."""

    pk: int
    name: str
    is_permission: bool
    state: str
    expires_on: datetime.date | None
    placement_start: datetime.date
    placement_end: datetime.date | None
    host: str = ""
    host_pk: int = 0
    placement: int = 0
    issued_on: datetime.date | None = None

    @property
    def is_needed(self) -> bool:
        return self.state != "not_required"

    @property
    def is_missing(self) -> bool:
        """Neither in place nor said to be unneeded; one that has run out was in place."""
        return self.state not in ("in_place", "not_required")

    def holds_on(self, day: datetime.date) -> bool:
        """In place, and its last day is not over."""
        return self.state == "in_place" and (self.expires_on is None or day <= self.expires_on)


@dataclass(frozen=True)
class OpenProject:
    pk: int
    title: str
    classified: bool
    stage: str
    started_on: datetime.date
    feedback_due: datetime.date | None = None


@dataclass(frozen=True)
class OpenCondition:
    pk: int
    what: str
    owner: str
    due: datetime.date


@dataclass(frozen=True)
class Facts:
    """All that is looked at, of one residency: `stage` its fine state, `host` its lead host, dates as in London."""

    slug: str
    code: str
    title: str
    stage: str
    pk: int = 0
    planned_start: datetime.date | None = None
    started_on: datetime.date | None = None
    end: datetime.date | None = None
    adopted_on: datetime.date | None = None
    submitted_on: datetime.date | None = None
    decision_by: datetime.date | None = None
    agreement_signed_on: datetime.date | None = None
    guiding_group_entered_on: datetime.date | None = None
    public_partners_in_guiding_group: int = 0
    sponsor_left_on: datetime.date | None = None
    end_decision_on: datetime.date | None = None
    exit_plan_on: datetime.date | None = None
    review_on: datetime.date | None = None
    host: str = ""
    items: tuple[Item, ...] = ()
    projects: tuple[OpenProject, ...] = ()
    conditions: tuple[OpenCondition, ...] = ()

    @property
    def start(self) -> datetime.date | None:
        return self.started_on or self.planned_start
