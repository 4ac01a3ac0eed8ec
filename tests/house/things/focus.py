"""What the clear line of work, settling in, supervision and the pulse keep, and more of it."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from embedded.vault import Sealer
from programmes.models import (
    AgreedShare,
    FirstDaysLine,
    MonthlyPulse,
    PeerSet,
    Request,
    ScopeChange,
    SupervisionMeeting,
)
from tests.house.registry import thing


@thing("request")
def request(things: Any) -> Request:
    world, person = things.world, things.world.people["researcher"]
    what = Sealer(person).seal(f"{things.canary} request")
    return Request.objects.create(
        person=person, residency=world.residency, asked_on=timezone.localdate(), what=what
    )


@thing("scope_change")
def scope_change(things: Any) -> ScopeChange:
    """And what the time is for."""
    residency, today = things.world.residency, timezone.localdate()
    share = {"residency": residency, "kind": "relational", "since": today}
    AgreedShare.objects.get_or_create(**share, defaults={"percent": 40})
    return ScopeChange.objects.create(
        residency=residency,
        on=today,
        what=f"{things.canary} scope",
        gave_way=f"{things.canary} less",
        by=things.world.people["researcher"],
    )


@thing("first_days_line")
def first_days_line(things: Any) -> FirstDaysLine:
    return FirstDaysLine.objects.create(
        residency=things.world.residency,
        person=things.world.people["researcher"],
        week=1,
        words=f"{things.canary} first day",
    )


@thing("supervision_meeting")
def supervision_meeting(things: Any) -> SupervisionMeeting:
    person = things.world.people["researcher"]
    return SupervisionMeeting.objects.create(
        residency=things.world.residency,
        person=person,
        side="university",
        with_name=f"{things.canary} supervisor",
        on=timezone.localdate(),
        agreed=f"{things.canary} agreed",
        recorded_by=person,
    )


@thing("peer_set")
def peer_set(things: Any) -> PeerSet:
    """With one member and one meeting."""
    world, today = things.world, timezone.localdate()
    found = PeerSet.objects.create(programme=world.programme, kind="als", name=f"{things.canary} set")
    found.members.create(person=world.people["researcher"], since=today)
    found.meetings.create(on=today, learning=f"{things.canary} learning")
    return found


@thing("pulse")
def pulse(things: Any) -> MonthlyPulse:
    world, person = things.world, things.world.people["researcher"]
    answers = Sealer(person).seal(f"{things.canary} pulse")
    month = timezone.localdate().replace(day=1)
    about = {"person": person, "residency": world.residency, "month": month}
    return MonthlyPulse.objects.get_or_create(**about, defaults={"answers": answers})[0]
