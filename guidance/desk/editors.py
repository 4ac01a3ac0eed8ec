"""Who edits the library: a right of the whole installation that a person holds (`manage.py library_editor`)."""

from __future__ import annotations

from django.db import transaction
from django.http import Http404, HttpRequest

from embedded.accounts.models import Person
from embedded.audit import record


def editor(request: HttpRequest) -> Person:
    """The person who asks, if they edit the library. Http404 for everybody else: to them there is no desk."""
    person: Person | None = getattr(request, "person", None)
    if person is None or not person.edits_library:
        raise Http404("No desk of this person")
    return person


def editors(*, but: Person | None = None) -> list[Person]:
    """All who edit, by name."""
    found = Person.objects.filter(edits_library=True).order_by("display_name", "pk")
    return [person for person in found if person != but]


@transaction.atomic
def let_edit(*, person: Person, edits: bool, by: Person | None = None) -> None:
    """Gives the right or takes it back; what somebody has written stays."""
    person.edits_library = edits
    person.save(update_fields=["edits_library"])
    deed = "library_editor.named" if edits else "library_editor.ended"
    record(by, deed, person.display_name, "guidance/desk", details={"person": person.pk})
