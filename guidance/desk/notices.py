"""The letters of the desk: to those who may approve an edition, and back to whoever asked."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from embedded import post
from embedded.accounts.models import Person
from guidance.desk.editors import editors
from guidance.desk.models import Revision
from guidance.models import Edition


def ask_to_approve(revision: Revision, by: Person) -> None:
    """To every editor who wrote nothing in it."""
    writers = set(revision.writers.values_list("pk", flat=True))
    path = reverse("guidance_desk_approve", args=[revision.document.slug])
    for person in editors(but=by):
        if person.pk not in writers and person.email:
            _write(
                person,
                f"{revision.title}: a new edition waits for your approval",
                "edition_waiting",
                {"revision": revision, "by": by, "path": path},
                f"edition_waiting/{revision.pk}/{revision.version}/{person.pk}",
            )


def tell_returned(revision: Revision, person: Person | None, by: Person) -> None:
    if person is not None and person.email:
        _write(
            person,
            f"{revision.title}: your edition came back",
            "edition_returned",
            {
                "revision": revision,
                "by": by,
                "path": reverse("guidance_desk_edit", args=[revision.document.slug]),
            },
            f"edition_returned/{revision.pk}/{revision.version}",
        )


def tell_approved(edition: Edition, person: Person | None, by: Person) -> None:
    if person is not None and person.email:
        _write(
            person,
            f"{edition.title}: version {edition.version} is published",
            "edition_published",
            {
                "edition": edition,
                "by": by,
                "path": reverse("guidance_document", args=[edition.document.slug]),
            },
            f"edition_published/{edition.pk}",
        )


def _write(person: Person, subject: str, template: str, context: dict[str, object], key: str) -> None:
    address = f"{settings.BASE_URL}{context['path']}"
    whole = context | {"person": person.display_name, "address": address}
    post.write(to=person.email, subject=subject, template=template, context=whole, key=key)
