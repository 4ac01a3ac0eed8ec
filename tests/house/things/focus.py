"""What the clear line of work, settling in, supervision and the pulse keep, and more of it."""

from __future__ import annotations

import datetime
import json
from typing import Any

from django.utils import timezone

from embedded.vault import Sealer
from programmes.entries import people_met
from programmes.models import (
    AgreedShare,
    FirstDaysLine,
    MonthlyPulse,
    PeerSet,
    Request,
    ScopeChange,
    SupervisionMeeting,
)
from tests.house.registry import growing, thing, worded
from tests.world import make_person

PULSE = {"getting_in": "stuck", "line_of_work": "so_so", "academic": "stuck"}


@thing("request", "request_answer", "request_change", "request_remove")
def request(things: Any) -> Request:
    world, person = things.world, things.world.people["researcher"]
    what = Sealer(person).seal(f"{things.canary} request")
    asker = people_met.add(person=person, name=f"{things.canary} requester {Request.objects.count()}")
    return Request.objects.create(
        person=person, residency=world.residency, asked_on=timezone.localdate(), what=what, asked_by=asker
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
    person = things.world.people["researcher"]
    text = Sealer(person).seal(f"{things.canary} first day")
    return FirstDaysLine.objects.create(residency=things.world.residency, person=person, week=1, text=text)


@thing("supervision_meeting", "supervision_change")
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


@thing("peer_set", "peer_set", "peer_meeting", "peer_meeting_new", "peer_set_members", "peer_set_rules")
def peer_set(things: Any) -> PeerSet:
    """With one member and one meeting."""
    world, today = things.world, timezone.localdate()
    found = PeerSet.objects.create(programme=world.programme, kind="als", name=f"{things.canary} set")
    found.members.create(person=world.people["researcher"], since=today)
    meeting = found.meetings.create(on=today, learning=f"{things.canary} learning")
    meeting.attended.add(world.people["researcher"])
    return found


@worded("peer_meeting")
def meeting_of_the_set(things: Any) -> dict[str, Any]:
    return {"number": things.more["peer_set"].meetings.latest("on").pk}


@thing("pulse")
def pulse(things: Any) -> MonthlyPulse:
    world, person = things.world, things.world.people["researcher"]
    answers = Sealer(person).seal(json.dumps(PULSE))
    month = timezone.localdate().replace(day=1)
    about = {"person": person, "residency": world.residency, "month": month}
    return MonthlyPulse.objects.get_or_create(**about, defaults={"answers": answers})[0]


@worded("pulse_month")
def month_of_the_pulse(things: Any) -> dict[str, Any]:
    return {"month": f"{timezone.localdate():%Y-%m}"}


@growing
def one_more(things: Any) -> None:
    """Requests in each of the three lists, another change of scope."""
    today = timezone.localdate()
    for answer, told_on in (("waiting", None), ("no", None), ("yes", today)):
        more = request(things)
        more.answer, more.told_on, more.project = answer, told_on, things.project
        more.answered_on = None if answer == "waiting" else today
        more.save()
    scope_change(things)
    first_days_line(things)
    supervision_meeting(things)
    peer_set(things)
    found = things.more["peer_set"]
    found.members.create(person=make_person(), since=today)
    earliest = found.meetings.earliest("on").on
    meeting = found.meetings.create(on=earliest - datetime.timedelta(days=1))
    meeting.attended.set(member.person for member in found.members.all())
    months = MonthlyPulse.objects.filter(residency=things.world.residency)
    earlier = (months.earliest("month").month - datetime.timedelta(days=1)).replace(day=1)
    pulse = months.latest("month")
    pulse.pk, pulse.month = None, earlier
    for name, answer in PULSE.items():
        setattr(pulse, name, answer)
    pulse.shared_on = today
    pulse.save(force_insert=True)
