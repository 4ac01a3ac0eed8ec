"""The letters of a job description: to those who may approve it, and back to those who wait for that."""

from __future__ import annotations

from django.conf import settings

from embedded import post
from embedded.accounts.models import Person
from programmes.models import JobDescription
from programmes.recruitment.reading import Asked


def ask_to_approve(description: JobDescription, person: Person, by: Person) -> None:
    post.write(
        to=person.email,
        subject=f"{description.residency.title}: a job description waits for your approval",
        template="job_description_waiting",
        context=_context(description, by) | {"person": person.display_name},
        key=f"job_description_waiting/{description.pk}/{description.version}/{person.pk}",
    )


def tell_approved(description: JobDescription, asked: Asked | None, by: Person) -> None:
    """To whoever sent it, whoever wrote it last and the named manager, once to an address; not to who approved it."""
    residency = description.residency
    writers = [description.changed_by, *([asked.by] if asked and asked.by else [])]
    people = {one.email.casefold(): (one.email, one.display_name) for one in writers}
    manager = residency.host_manager_email
    people.setdefault(manager.casefold(), (manager, residency.host_manager_name or manager))
    for left_out in ("", by.email.casefold()):
        people.pop(left_out, None)
    for email, name in people.values():
        post.write(
            to=email,
            subject=f"{residency.title}: the job description is approved",
            template="job_description_approved",
            context=_context(description, by) | {"person": name},
            key=f"job_description_approved/{description.pk}/{email}",
        )


def _context(description: JobDescription, by: Person) -> dict[str, object]:
    return {
        "description": description,
        "residency": description.residency,
        "by": by,
        "address": settings.BASE_URL + description.get_absolute_url(),
    }
