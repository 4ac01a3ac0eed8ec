"""The deeds of the team: start a programme, change it, end somebody's part in it."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.text import slugify

from embedded.accounts.models import Person
from embedded.audit import record
from embedded.drafts import check_version
from programmes.models import Membership, Organisation, Programme, Role, Theme


class LastLead(Exception):
    """A programme keeps at least one lead; the text is an instruction."""


@dataclass(frozen=True)
class ProgrammeWords:
    """What a programme says about itself, its own words for residency and researcher (V: users.md 15), and
    whether its log knows half-days alone."""

    name: str
    aims: str
    start: datetime.date
    end: datetime.date | None
    scheme: str
    award_reference: str
    residency_word: str
    residencies_word: str
    researcher_word: str
    researchers_word: str
    topics: Sequence[str] = ()
    half_days_only: bool = False


@transaction.atomic
def start_programme(
    *,
    words: ProgrammeWords,
    lead_organisation: Organisation,
    themes: Sequence[str],
    by: Person,
    at: datetime.datetime,
    on: datetime.date,
) -> Programme:
    """Starts a programme; whoever starts it leads it from that day."""
    programme = Programme(
        slug=_free_slug(words.name),
        code_prefix=_prefix(words.name),
        lead_organisation=lead_organisation,
        is_demonstration=by.is_demonstration,
    )
    _fill(programme, words)
    programme.save()
    _add_themes(programme, themes)
    Membership.objects.create(
        person=by, programme=programme, role=Role.PROGRAMME_LEAD, start=on, accepted_at=at
    )
    record(by=by, deed="programme.started", what=programme.name, place=f"p/{programme.slug}")
    return programme


@transaction.atomic
def change_programme(
    *, programme: Programme, words: ProgrammeWords, themes: Sequence[str], version: int, by: Person
) -> Programme:
    """Changes a programme and adds themes; themes in use are never taken away. Raises embedded.drafts.Changed."""
    check_version(programme, version)
    _fill(programme, words)
    programme.save()
    _add_themes(programme, themes)
    record(by=by, deed="programme.changed", what=programme.name, place=f"p/{programme.slug}")
    return programme


@transaction.atomic
def end_membership(*, membership: Membership, by: Person, on: datetime.date) -> Membership:
    """Ends somebody's part from that day on; what they did stays. LastLead when nobody would lead."""
    programme = Programme.objects.select_for_update().get(pk=membership.programme_id)
    if membership.role == Role.PROGRAMME_LEAD:
        others = Membership.objects.filter(programme=programme, role=Role.PROGRAMME_LEAD).live_on(on)
        if not others.exclude(pk=membership.pk).exists():
            raise LastLead("Invite another programme lead first: a programme needs one.")
    membership.end = max(on, membership.start)
    membership.save(update_fields=["end"])
    record(
        by=by,
        deed="membership.ended",
        what=f"{membership.person}, {membership.get_role_display()}",
        place=f"p/{programme.slug}",
    )
    return membership


@transaction.atomic
def name_first_lead(*, person: Person, name: str, email: str) -> Person:
    """The first lead of an empty installation says who they are; the account is made in the next step."""
    person.display_name, person.email = name, email.strip().lower()
    person.save(update_fields=["display_name", "email"])
    record(by=person, deed="first_lead.named", what="The first programme lead", place="account")
    return person


def _fill(programme: Programme, words: ProgrammeWords) -> None:
    for name in ProgrammeWords.__dataclass_fields__:
        setattr(programme, name, getattr(words, name))
    programme.topics = list(words.topics)


def _add_themes(programme: Programme, themes: Sequence[str]) -> None:
    for name in themes:
        Theme.objects.get_or_create(programme=programme, name=name)


def _free_slug(name: str) -> str:
    """A short address from the name; a number behind it when it is taken."""
    stem = slugify(name)[:50].strip("-") or "programme"
    taken = set(Programme.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    return next(
        slug
        for number in range(1, 10_000)
        if (slug := stem if number == 1 else f"{stem}-{number}") not in taken
    )


def _prefix(name: str) -> str:
    """Three or four capitals for the codes of residencies: initials of the name, or its first letters."""
    words = [word for word in slugify(name).upper().split("-") if word.isalpha()]
    initials = "".join(word[0] for word in words if word not in ("OF", "THE", "AND", "IN", "FOR"))[:4]
    letters = "".join(words)
    return initials if len(initials) >= 3 else (letters + "PRG")[:3]
