"""The deeds of recruiting: begin a job description, change it, hand in a form, send it for approval, approve a version,
have it printed."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any, Final

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from embedded import jobs
from embedded.accounts.models import Person
from embedded.audit import record
from embedded.drafts import Changed, check_version
from embedded.files import keep
from embedded.files.handed_in import HandedIn
from programmes.access import who_may
from programmes.founding import place_of
from programmes.models import JobDescription, JobDescriptionKind, Residency
from programmes.recruitment import notices, reading
from programmes.recruitment.content import Content
from programmes.recruitment.drafting import draft

KIND: Final = "job_description"  # of the work in the background


class NotNow(Exception):
    """It cannot be done with this version; the text says what to do."""


@transaction.atomic
def begin(
    *, residency: Residency, variant: str, seniority: str, by: Person, at: datetime.datetime
) -> JobDescription:
    """A new version, drafted from what is recorded about the residency."""
    description = _next_version(
        residency,
        JobDescriptionKind.WRITTEN,
        by,
        at,
        variant=variant,
        seniority=seniority,
        content=draft(residency, variant, seniority).to_json(),
    )
    _record(description, "job_description.begun", by)
    return description


@transaction.atomic
def change(
    *,
    description: JobDescription,
    doing: Callable[[Content], Content],
    version: int,
    by: Person,
    at: datetime.datetime,
) -> JobDescription:
    """Changes the newest version if nobody did since `version`, else Changed. One that is approved stays as it is:
    the change begins the next."""
    if _newest(description.residency).pk != description.pk:
        raise Changed(description)
    if description.approved_at is None:
        check_version(description, version)
    changed = doing(Content.from_json(description.content)).to_json()
    if description.approved_at is None:
        _rewrite(description, changed, by, at)
    else:
        kept = {"variant": description.variant, "seniority": description.seniority, "content": changed}
        description = _next_version(description.residency, JobDescriptionKind.WRITTEN, by, at, **kept)
    _record(description, "job_description.changed", by)
    return description


@transaction.atomic
def hand_in(
    *, residency: Residency, handed_in: HandedIn, by: Person, at: datetime.datetime
) -> JobDescription:
    """Keeps HR's own form as the next version, under a name of ours."""
    name = f"{residency.code}-job-description-form{handed_in.ending}"
    description = _next_version(
        residency,
        JobDescriptionKind.OWN_FORM,
        by,
        at,
        own_form=keep(handed_in.content, name, handed_in.media_type),
    )
    _record(description, "job_description.handed_in", by)
    return description


@transaction.atomic
def send_for_approval(*, description: JobDescription, by: Person, at: datetime.datetime) -> None:
    """Asks by letter whoever may approve the newest version; once while nobody changes it. NotNow where it could not be
    approved, or where there is nobody to ask."""
    if _newest(description.residency).pk != description.pk:
        raise NotNow("There is a later version. Send that one")
    description.refresh_from_db(fields=["version", "approved_at", "content"])
    asked = reading.asked_about(description)
    if description.approved_at is not None or (asked and asked.stands):
        return
    if Content.from_json(description.content).untied():
        raise NotNow("Tie each essential criterion to a duty, then send it")
    may = who_may("approve_job_description", description.residency, timezone.localdate(at))
    people = [one for one in may if one.email and one.pk != by.pk]
    if not people:
        raise NotNow(
            "Nobody else here may approve it yet. Ask the programme lead to invite the host’s HR team"
        )
    for person in people:
        notices.ask_to_approve(description, person, by)
    more = {"version": description.version, "people": [one.pk for one in people]}
    _record(description, reading.SENT, by, more)


@transaction.atomic
def approve(
    *, description: JobDescription, version: int, by: Person, at: datetime.datetime
) -> JobDescription:
    """Approves the newest version as `by` has read it, and has it printed. Changed if it is another by now; NotNow
    where an essential criterion comes from no duty (V-110). Doing it twice keeps the first approval."""
    if description.approved_at is not None:
        return description
    check_version(description, version)
    if _newest(description.residency).pk != description.pk:
        raise NotNow("There is a later version. Approve that one, or change it")
    if Content.from_json(description.content).untied():
        raise NotNow("Tie each essential criterion to a duty, then approve it")
    description.approved_at, description.approved_by = at, by
    description.pdf = description.word = description.job = None
    description.save()
    _record(description, "job_description.approved", by)
    notices.tell_approved(description, reading.asked_about(description), by)
    if description.kind == JobDescriptionKind.WRITTEN:
        ask_for_files(description=description, by=by)
    return description


@transaction.atomic
def ask_for_files(*, description: JobDescription, by: Person) -> JobDescription:
    """Has the PDF and the Word file made in the background; one that failed is tried again."""
    if description.pdf is not None:
        return description
    if description.job is not None:
        jobs.retry(description.job)
        return description
    key = f"{KIND}:{description.pk}:{description.version}"
    payload = {"description": description.pk, "version": description.version}
    description.job = jobs.ask(KIND, key, payload, by.user)
    description.save(update_fields=["job"])
    _record(description, "job_description.files_asked", by)
    return description


def _next_version(
    residency: Residency, kind: str, by: Person, at: datetime.datetime, **values: Any
) -> JobDescription:
    """Numbers follow one another, also when two people begin at once."""
    Residency.objects.select_for_update(no_key=True).get(pk=residency.pk)
    last = residency.job_descriptions.aggregate(last=Max("number"))["last"] or 0
    return JobDescription.objects.create(
        residency=residency,
        number=last + 1,
        kind=kind,
        begun_at=at,
        begun_by=by,
        changed_at=at,
        changed_by=by,
        **values,
    )


def _newest(residency: Residency) -> JobDescription:
    Residency.objects.select_for_update(no_key=True).get(pk=residency.pk)
    return residency.job_descriptions.order_by("-number")[0]


def _rewrite(description: JobDescription, content: dict[str, Any], by: Person, at: datetime.datetime) -> None:
    """Files that were made say what it said before, so they are let go."""
    description.content, description.changed_by, description.changed_at = content, by, at
    description.pdf = description.word = description.job = None
    description.save()


def _record(
    description: JobDescription, deed: str, by: Person, more: dict[str, object] | None = None
) -> None:
    residency = description.residency
    details = {"number": description.number, "kind": description.kind, "variant": description.variant}
    record(by, deed, str(description), place_of(residency), details=details | (more or {}))
