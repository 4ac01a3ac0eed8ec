"""What the pages of sets of peers fetch, as far as the reader is a member, keeps them, or is outside (V-70)."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Max, Q, QuerySet
from django.http import Http404

from embedded.accounts.models import Person
from embedded.nhsuk.addresses import is_number
from programmes.models import (
    Membership,
    PeerMeeting,
    PeerSet,
    PeerSetKind,
    PeerSetMember,
    Programme,
    Role,
)

MOST_SHOWN: Final = 100
FEWEST, MOST = 3, 9  # V-70: a warning outside of these, for a learning set


@dataclass(frozen=True)
class Seen:
    """A set as one reader sees it."""

    peer_set: PeerSet
    is_member: bool
    members: list[PeerSetMember]
    meetings: list[PeerMeeting]

    @property
    def warning(self) -> str:
        """V-70, a warning and never a block."""
        count = len(self.members)
        if self.peer_set.kind != PeerSetKind.ALS or FEWEST <= count <= MOST:
            return ""
        many = "few" if count < FEWEST else "many"
        members = "member is" if count == 1 else "members are"
        return f"{count} {members} {many} for a learning set: four to seven are usual."


def live(today: datetime.date) -> Q:
    return Q(since__lte=today) & (Q(until=None) | Q(until__gt=today))


def sets_of(programme: Programme, person: Person, today: datetime.date) -> list[PeerSet]:
    """Those of a programme, the reader's own first: `count` of members, `last_on` they met, `mine` above 0."""
    inside = Q(members__since__lte=today) & (Q(members__until=None) | Q(members__until__gt=today))
    found = PeerSet.objects.filter(programme=programme).annotate(
        count=Count("members", filter=inside, distinct=True),
        mine=Count("members", filter=inside & Q(members__person=person), distinct=True),
        last_on=Max("meetings__on"),
    )
    return list(found.order_by("-mine", "name", "id")[:MOST_SHOWN])


def set_of(programme: Programme, pk: int) -> PeerSet:
    found = PeerSet.objects.select_related("programme").filter(programme=programme, pk=pk).first()
    if found is None:
        raise Http404("No set of that number in the programme")
    return found


def members_of(peer_set: PeerSet, today: datetime.date) -> list[PeerSetMember]:
    return list(
        peer_set.members.filter(live(today)).select_related("person").order_by("person__display_name")
    )


def seen(peer_set: PeerSet, person: Person, today: datetime.date) -> Seen:
    members = members_of(peer_set, today)
    meetings = peer_set.meetings.annotate(came=Count("attended")).prefetch_related("attended")
    is_member = any(member.person_id == person.pk for member in members)
    return Seen(peer_set, is_member, members, list(meetings[:MOST_SHOWN]))


def need_member(peer_set: PeerSet, person: Person, today: datetime.date) -> None:
    """403 for whoever is no member today."""
    if not peer_set.members.filter(live(today), person=person).exists():
        raise PermissionDenied


def member_of(peer_set: PeerSet, pk: str, today: datetime.date) -> PeerSetMember:
    number = int(pk) if is_number(pk) else 0
    found = peer_set.members.filter(live(today), pk=number).select_related("set__programme").first()
    if found is None:
        raise Http404("No member of that number in the set")
    return found


def meeting_of(peer_set: PeerSet, pk: int) -> PeerMeeting:
    found = (
        peer_set.meetings.filter(pk=pk).select_related("set__programme").prefetch_related("attended").first()
    )
    if found is None:
        raise Http404("No meeting of that number in the set")
    return found


def met_on(peer_set: PeerSet, on: datetime.date, besides: PeerMeeting | None) -> bool:
    found = peer_set.meetings.filter(on=on)
    return (found.exclude(pk=besides.pk) if besides else found).exists()


def to_choose(peer_set: PeerSet, today: datetime.date) -> QuerySet[Person]:
    """Researchers and academic supervisors of the programme who are not in the set."""
    roles = (Role.RESEARCHER, Role.ACADEMIC_SUPERVISOR)
    held = Membership.objects.live_on(today).filter(programme=peer_set.programme_id, role__in=roles)
    inside = peer_set.members.filter(live(today))
    found = Person.objects.filter(pk__in=held.values("person")).exclude(pk__in=inside.values("person"))
    return found.order_by("display_name", "pk")
