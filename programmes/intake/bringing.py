"""Brings one row in: a running residency by the deed that adopts, a planned one by the deed that saves an idea."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any, Final

from django.db import transaction

from embedded.accounts.models import Person
from programmes import adopting, founding
from programmes.intake.cells import PLANNED
from programmes.models import Direction, Organisation, OrganisationPart, Programme, Residency, Theme

Values = dict[str, Any]
PARTS: Final = ("host_manager", "host_supervisor", "academic_supervisor")


@transaction.atomic
def bring_in(
    *, programme: Programme, values: Values, by: Person, on: datetime.date, at: datetime.datetime
) -> Residency:
    """All of a row or nothing of it; one checked when there were fewer columns has fewer values. StepRefused when
    dates and stage do not fit any more."""
    wanted = [values["host"], values["academic_home"], *values["further_hosts"]]
    places = Organisation.objects.in_bulk([pk for pk in wanted if pk])
    theme = Theme.objects.filter(programme=programme, pk=values["theme"]).first() if values["theme"] else None
    if values["stage"] == PLANNED:
        return _plan(programme, values, places, theme, by, on)
    running = _running(values, places)
    return adopting.adopt(
        programme=programme, running=running, theme=theme, by=by, on=on, at=at, from_file=True
    )


def _running(values: Values, places: dict[int, Organisation]) -> adopting.Running:
    return adopting.Running(
        title=values["title"],
        host=places[values["host"]],
        stage=values["stage"],
        start=datetime.date.fromisoformat(values["start"]),
        end=_day(values["end"]),
        researcher_name=values["researcher_name"],
        researcher_email=values["researcher_email"],
        researcher_role=values.get("researcher_role", ""),
        days_a_week=_days(values),
        academic_home=places.get(values["academic_home"]),
        further_hosts=[places[pk] for pk in values["further_hosts"]],
        approved=_earlier(values, "approved_on", "approved_kept_at"),
        agreement=_earlier(values, "agreement_on", "agreement_kept_at"),
        agreement_covers=values.get("agreement_covers", []),
        own_reference=values["own_reference"],
        direction=_direction(values),
        look_again_on=_day(values.get("look_again_on")),
        why_paused=values.get("why_paused", ""),
        permission=_permission(values),
        **{part: _named(values, part) for part in PARTS},
    )


def _plan(
    programme: Programme,
    values: Values,
    places: dict[int, Organisation],
    theme: Theme | None,
    by: Person,
    on: datetime.date,
) -> Residency:
    """An idea with whatever is known of it already; nobody is written to."""
    host = places[values["host"]]
    residency = founding.save_idea(
        programme=programme, title=values["title"], host=host, theme=theme, by=by, on=on
    )
    residency.planned_start, residency.planned_end = _day(values["start"]), _day(values["end"])
    residency.days_a_week, residency.researcher_name = _days(values), values["researcher_name"]
    residency.direction = _direction(values)
    for part in PARTS:
        named = _named(values, part)
        setattr(residency, f"{part}_name", named.name)
        setattr(residency, f"{part}_email", named.email)
    residency.save()
    founding.set_organisation(residency, OrganisationPart.LEAD_HOST, host, values["own_reference"] or None)
    founding.set_organisation(residency, OrganisationPart.ACADEMIC_HOME, places.get(values["academic_home"]))
    for pk in values["further_hosts"]:
        founding.refuse_both_parts(residency, OrganisationPart.HOST, places[pk])
        residency.organisations.create(organisation=places[pk], part=OrganisationPart.HOST)
    return residency


def _named(values: Values, part: str) -> adopting.Named:
    return adopting.Named(values.get(f"{part}_name", ""), values.get(f"{part}_email", ""))


def _direction(values: Values) -> str:
    return values.get("direction") or Direction.ACADEMIC_TO_SERVICE


def _permission(values: Values) -> adopting.Permission | None:
    if not values.get("permission"):
        return None
    return adopting.Permission(
        kind=values["permission"],
        issued_on=datetime.date.fromisoformat(values["permission_issued_on"]),
        reference=values["permission_reference"],
        issuer=values["permission_issuer"],
        until=_day(values["permission_until"]),
    )


def _day(text: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None


def _days(values: Values) -> Decimal | None:
    return Decimal(values["days_a_week"]) if values["days_a_week"] else None


def _earlier(values: Values, day: str, kept_at: str) -> adopting.EarlierStep | None:
    on = _day(values[day])
    return adopting.EarlierStep(on, values[kept_at]) if on else None
