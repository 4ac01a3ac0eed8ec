"""What the lists of one's own log fetch."""

from __future__ import annotations

from django.http import Http404

from embedded.accounts.models import Person
from programmes.models import Placement


def posts_held(person: Person) -> list[Placement]:
    """The person's posts, now and before, the latest first."""
    found = Placement.objects.filter(person=person)
    return list(found.select_related("residency__programme").order_by("-start", "-id"))


def post_held(person: Person, pk: int) -> Placement:
    """One of them; anybody else's is a 404."""
    post = next((post for post in posts_held(person) if post.pk == pk), None)
    if post is None:
        raise Http404("No post of yours has that number")
    return post
