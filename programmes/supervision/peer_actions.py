"""The deeds of sets of peers: make one, say who belongs to it, agree its rules, record a meeting."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from embedded.accounts.models import Person
from embedded.audit import record
from embedded.drafts import check_version
from programmes.models import PeerMeeting, PeerSet, PeerSetMember, Programme


@dataclass(frozen=True)
class SetWords:
    kind: str
    name: str
    facilitator_name: str
    every_weeks: int


@transaction.atomic
def make_set(*, programme: Programme, words: SetWords, by: Person) -> PeerSet:
    made = PeerSet.objects.create(programme=programme, **vars(words))
    _record(made, "peer_set.made", by)
    return made


@transaction.atomic
def add_member(*, peer_set: PeerSet, person: Person, since: datetime.date, by: Person) -> None:
    """Takes somebody in; nothing when they are in already."""
    PeerSetMember.objects.get_or_create(set=peer_set, person=person, until=None, defaults={"since": since})
    _record(peer_set, "peer_set.member_added", by)


@transaction.atomic
def end_membership(*, member: PeerSetMember, by: Person, on: datetime.date) -> None:
    """From that day on they read of the set what everybody outside it does."""
    member.until = max(on, member.since)
    member.save(update_fields=["until"])
    _record(member.set, "peer_set.member_left", by)


@transaction.atomic
def agree_rules(*, peer_set: PeerSet, rules: str, version: int, by: Person) -> None:
    check_version(peer_set, version)
    peer_set.ground_rules = rules
    peer_set.save(update_fields=["ground_rules"])
    _record(peer_set, "peer_set.rules_agreed", by)


@transaction.atomic
def record_meeting(
    *, peer_set: PeerSet, on: datetime.date, attended: Iterable[Person], learning: str, by: Person
) -> PeerMeeting:
    """Who came, and what the set agreed to let out; what was said is nowhere (V-70)."""
    meeting = PeerMeeting.objects.create(set=peer_set, on=on, learning=learning)
    meeting.attended.set(attended)
    _record(peer_set, "peer_set.met", by)
    return meeting


@transaction.atomic
def change_meeting(
    *,
    meeting: PeerMeeting,
    on: datetime.date,
    attended: Iterable[Person],
    learning: str,
    version: int,
    by: Person,
) -> None:
    check_version(meeting, version)
    meeting.on, meeting.learning = on, learning
    meeting.save()
    meeting.attended.set(attended)
    _record(meeting.set, "peer_set.meeting_changed", by)


def _record(peer_set: PeerSet, deed: str, by: Person) -> None:
    record(by=by, deed=deed, what=f"Set {peer_set.pk}", place=f"p/{peer_set.programme.slug}")
