"""What the demonstration's own pages fetch."""

from __future__ import annotations

from django.http import Http404

from embedded.accounts.models import Person
from embedded.post.models import Letter, LetterQuerySet
from programmes.demo.cast import TO_PLAY, Actor


def players() -> list[tuple[Actor, Person]]:
    """Whom one can be, in the order of the cast."""
    found = {
        person.email: person for person in Person.objects.filter(is_demonstration=True).exclude(user=None)
    }
    return [(actor, found[actor.email]) for actor in TO_PLAY if actor.email in found]


def player(pk: str) -> Person | None:
    """A person of the demonstration by number; never anybody real."""
    if not pk.isdecimal():
        return None
    return Person.objects.filter(pk=int(pk), is_demonstration=True).select_related("user").first()


def letters() -> LetterQuerySet:
    return Letter.objects.newest_first()


def letter(pk: int) -> Letter:
    found = Letter.objects.filter(pk=pk).first()
    if found is None:
        raise Http404("No letter of that number")
    return found
