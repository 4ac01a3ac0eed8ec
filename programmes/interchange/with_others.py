"""What is somebody's own together with others, row by row: comments, supervision, peer sets and their meetings."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Q

from embedded.accounts.models import Person
from programmes.interchange.dictionary import A_MONTH, A_PASSAGE, AN_ENTRY
from programmes.models import Activity, Comment, PeerMeeting, PeerSetMember, SupervisionMeeting


def comments(person: Person) -> Iterator[list[str]]:
    """Those that the person wrote, and those on what is theirs. Of what is not theirs no day is told."""
    logged = Activity.objects.of(person).filter(
        residency=OuterRef("residency"),
        date__year=OuterRef("month__year"),
        date__month=OuterRef("month__month"),
    )
    own = Q(by=person) | Q(passage__author=person) | Q(activity__person=person) | Exists(logged)
    found = Comment.objects.filter(own).select_related("by", "passage", "activity", "residency__programme")
    for one in found.order_by("on", "id"):
        about, day = _subject(one, person)
        yield [str(one.on), one.residency.long_code, one.by.display_name, about, day, one.text]


def _subject(comment: Comment, person: Person) -> tuple[str, str]:
    if comment.month is not None:
        return A_MONTH, str(comment.month)
    if comment.passage is not None:
        return A_PASSAGE, str(comment.passage.shared_on) if comment.passage.author_id == person.pk else ""
    own = comment.activity if comment.activity and comment.activity.person_id == person.pk else None
    return AN_ENTRY, str(own.date) if own else ""


def supervision(person: Person) -> Iterator[list[str]]:
    """Meetings that are about the person, and those that they recorded as somebody's supervisor."""
    found = SupervisionMeeting.objects.filter(Q(person=person) | Q(recorded_by=person))
    related = found.select_related("person", "recorded_by", "residency__programme")
    for one in related.order_by("on", "id"):
        people = [
            one.person.display_name,
            one.get_side_display(),
            one.with_name,
            one.recorded_by.display_name,
        ]
        yield [str(one.on), one.residency.long_code, *people, one.agreed, str(one.next_on or "")]


def peer_sets(person: Person) -> Iterator[list[str]]:
    members = PeerSetMember.objects.filter(person=person).select_related("set__programme")
    for one in members.order_by("since", "id"):
        there = one.set
        named = [there.name, there.get_kind_display(), there.programme.slug]
        yield [*named, str(one.since), str(one.until or "")]


def peer_meetings(person: Person) -> Iterator[list[str]]:
    """Those at which the person was, with what the set let out of it (V-70)."""
    attended = PeerMeeting.objects.filter(attended=person).select_related("set")
    for one in attended.order_by("on", "id"):
        yield [str(one.on), one.set.name, one.learning]
