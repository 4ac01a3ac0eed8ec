"""The deeds of co-production: projects, the partners they are made with, what each partner contributed."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db import transaction

from embedded.accounts.models import Person
from embedded.audit import record
from embedded.drafts import check_version
from programmes.coproduction import notices
from programmes.lifecycle import StepRefused
from programmes.models import (
    UNDER_WAY,
    Classification,
    ClassificationChange,
    Contribution,
    Partner,
    Programme,
    Project,
    ProjectPartner,
    Residency,
)


@dataclass(frozen=True)
class ProjectWords:
    """What a project says. `classification` with the name of whoever decided it; a Classification value. `note` says
    why it changes, for a project that is under way (V-41)."""

    title: str
    question: str
    stage: str
    started_on: datetime.date
    classification: str
    classified_by_name: str = ""
    target_feedback_on: datetime.date | None = None
    ended_on: datetime.date | None = None
    classification_kept_at: str = ""
    note: str = ""


@dataclass(frozen=True)
class PartnerWords:
    """A partner new to the programme: no email address is needed (users.md decision 12)."""

    name: str
    kind: str
    how_to_reach: str = ""


@transaction.atomic
def add_project(*, residency: Residency, words: ProjectWords, by: Person, on: datetime.date) -> Project:
    """Adds a project; one classification each (V-40), with the day on which it was said."""
    project = Project(residency=residency, added_by=by)
    _fill(project, words, on)
    project.save()
    record(by=by, deed="project.added", what=f"Project {project.pk}", place=_place(residency))
    return project


@transaction.atomic
def change_project(
    *, project: Project, words: ProjectWords, version: int, by: Person, on: datetime.date
) -> Project:
    """Changes a project; embedded.drafts.Changed when it was changed since it was opened. StepRefused where V-41 asks
    for a note and there is none; the host's research office is told then."""
    check_version(project, version)
    before, owes_note = project.classification, asks_note(project)
    if owes_note and words.classification != before and not words.note:
        raise StepRefused("Enter why the kind of work changes")
    _fill(project, words, on)
    project.save()
    details = {"classification": project.classification} if project.classification != before else {}
    if project.classification != before:
        change = ClassificationChange.objects.create(
            project=project, old=before, new=project.classification, note=words.note, on=on, by=by
        )
        if owes_note:
            notices.tell_research_office(change)
    record(
        by=by,
        deed="project.changed",
        what=f"Project {project.pk}",
        place=_place(project.residency),
        details=details,
    )
    return project


@transaction.atomic
def add_partner(
    *, project: Project, partner: Partner | PartnerWords, by: Person, on: datetime.date
) -> Partner:
    """Puts a partner with a project: one known to the programme, or a new one. Twice is once."""
    programme = project.residency.programme
    known = partner if isinstance(partner, Partner) else _new_partner(programme, partner)
    ProjectPartner.objects.get_or_create(project=project, partner=known, defaults={"since": on})
    record(by=by, deed="partner.added", what=f"Partner {known.pk}", place=_place(project.residency))
    return known


@transaction.atomic
def add_contribution(
    *,
    project: Project,
    partner: Partner,
    stage: str,
    mode: str,
    on: datetime.date,
    description: str,
    what_changed: str,
    by: Person,
) -> Contribution:
    """Records what a partner did; unconfirmed until the partner agrees (V-51). "Nothing" is an answer to what
    changed (V-50)."""
    contribution = Contribution.objects.create(
        project=project,
        partner=partner,
        stage=stage,
        mode=mode,
        on=on,
        description=description,
        what_changed=what_changed,
        recorded_by=by,
    )
    record(
        by=by,
        deed="contribution.recorded",
        what=f"Contribution {contribution.pk}",
        place=_place(project.residency),
    )
    return contribution


@transaction.atomic
def agree_on_behalf(
    *, contribution: Contribution, read_back: str, by: Person, at: datetime.datetime
) -> Contribution:
    """`by` has read the record back to the partner, who agreed (V-51). Shown as such and counted apart from what a
    partner confirms; twice is once."""
    locked = Contribution.objects.select_for_update().get(pk=contribution.pk)
    if locked.confirmed_at is None:
        locked.confirmed_at, locked.confirmed_by, locked.read_back = at, by, read_back
        locked.save(update_fields=["confirmed_at", "confirmed_by", "read_back"])
        record(
            by=by,
            deed="contribution.agreed_on_behalf",
            what=f"Contribution {locked.pk}",
            place=_place(locked.project.residency),
            details={"read_back": read_back},
        )
    return locked


def asks_note(project: Project) -> bool:
    """V-41: evidence is being collected, and what kind of work it is has been said."""
    return project.stage in UNDER_WAY and project.classification != Classification.NOT_YET


def still_to_record(project: Project) -> str:
    """V-40: what should be on record once evidence is collected and is not; "" where nothing is missing. It is said,
    and stops nobody (users.md decision 2)."""
    if project.stage not in UNDER_WAY:
        return ""
    if project.classification == Classification.NOT_YET:
        return "what kind of work it is, who decided that and where it is written"
    return "" if project.classification_kept_at else "where the decision on its kind is written"


def _fill(project: Project, words: ProjectWords, on: datetime.date) -> None:
    if words.classification == Classification.NOT_YET:
        project.classified_on, project.classified_by_name = None, ""
    elif words.classification != project.classification or project.classified_on is None:
        project.classified_on = on
    if words.classification != Classification.NOT_YET:
        project.classified_by_name = words.classified_by_name
    project.classification_kept_at = words.classification_kept_at
    for name in (
        "title",
        "question",
        "stage",
        "started_on",
        "classification",
        "target_feedback_on",
        "ended_on",
    ):
        setattr(project, name, getattr(words, name))


def _new_partner(programme: Programme, words: PartnerWords) -> Partner:
    return Partner.objects.create(
        programme=programme, name=words.name, kind=words.kind, how_to_reach=words.how_to_reach
    )


def _place(residency: Residency) -> str:
    return f"p/{residency.programme.slug}/r/{residency.code}"
