"""The deeds of planning together: save a visit, ask a partner, keep an answer, ask people apart and show both."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from embedded import audit
from embedded.accounts.models import Person
from embedded.drafts import check_version
from programmes.models import (
    TYPED_IN,
    HowTold,
    Plan,
    PlanAnswer,
    PlanPart,
    PlanPresence,
    PlanRound,
    PlanSay,
    PlanVisit,
    PlanVoice,
    Residency,
)
from programmes.planning import notices

Answers = Mapping[str, tuple[str, str]]
"""(words, position) by theme or question; either may be empty, not both."""


@dataclass(frozen=True)
class Somebody:
    """Who is at the table: a plain name and a PlanPart."""

    name: str
    part: str


@dataclass(frozen=True)
class AskedOne:
    """Somebody who is to answer on their own, and where the link goes."""

    name: str
    part: str
    email: str = ""


@dataclass(frozen=True)
class VisitWords:
    """One time at the table."""

    on: datetime.date
    there: Sequence[Somebody]
    answers: Answers


@transaction.atomic
def save_visit(
    *, residency: Residency, visit: VisitWords, version: int, by: Person, at: datetime.datetime
) -> PlanVisit:
    """A new version of the plan. Changed if somebody saved one since `version` (0: before the first)."""
    plan, _ = Plan.objects.get_or_create(residency=residency)
    check_version(plan, version)
    saved = PlanVisit.objects.create(plan=plan, number=plan.version, on=visit.on, typed_by=by, saved_at=at)
    PlanPresence.objects.bulk_create(
        PlanPresence(visit=saved, name=one.name, part=one.part) for one in visit.there
    )
    PlanAnswer.objects.bulk_create(
        PlanAnswer(visit=saved, theme=theme, words=words, position=position)
        for theme, (words, position) in visit.answers.items()
    )
    public = sum(one.part == PlanPart.PUBLIC for one in visit.there)
    details = {"number": saved.number, "on": saved.on, "themes": list(visit.answers)}
    _record(residency, "plan.saved", by, details | {"people": len(visit.there), "public": public})
    return saved


@transaction.atomic
def ask_partner(
    *,
    residency: Residency,
    name: str,
    offered: str,
    by: Person,
    at: datetime.datetime,
    email: str = "",
    follows: PlanVoice | None = None,
) -> PlanVoice:
    """Asks a member of the public the five questions; with an address they get a link. `follows`: what they said
    before; they are asked what has changed since."""
    voice = PlanVoice.objects.create(
        residency=residency,
        follows=follows,
        name=name,
        part=PlanPart.PUBLIC,
        person=_account_of(name, email),
        email=email,
        offered=offered,
        asked_by=by,
        asked_at=at,
    )
    _record(
        residency,
        "plan.partner_asked",
        by,
        {"voice": voice.pk, "by_link": bool(email), "again": follows is not None},
    )
    if email:
        notices.send_link(voice, by)
    return voice


@transaction.atomic
def send_again(*, voice: PlanVoice, by: Person | None) -> None:
    """A fresh link; those sent before end. Without `by` whoever held the old one asked for it."""
    notices.send_link(voice, by or voice.asked_by)
    _record(voice.residency, "plan.link_sent_again", by, {"voice": voice.pk})


@transaction.atomic
def keep_answer(
    *,
    voice: PlanVoice,
    answers: Answers,
    finished: bool,
    version: int,
    at: datetime.datetime,
    by: Person | None = None,
) -> None:
    """Keeps what somebody says on their own: by their link, or signed in as `by`. Nobody else sees it before it is
    `finished`; after that it stays as it is, and so it does once its round is closed. Changed if it was written to
    since `version`."""
    check_version(voice, version)
    if voice.answered_at is not None or _is_closed(voice):
        return
    _put(voice, answers)
    if finished:
        _finish(voice, HowTold.ACCOUNT if by else HowTold.LINK, at, by=by)


@transaction.atomic
def decline(*, voice: PlanVoice, version: int, at: datetime.datetime, by: Person | None = None) -> None:
    """They would rather not answer: what they kept so far is let go, and nobody waits for them. Changed as above."""
    check_version(voice, version)
    if voice.answered_at is not None or _is_closed(voice):
        return
    _put(voice, {})
    _finish(voice, HowTold.ACCOUNT if by else HowTold.LINK, at, by=by, deed="plan.voice_declined")


@transaction.atomic
def type_in(
    *, voice: PlanVoice, how: str, answers: Answers, version: int, by: Person, at: datetime.datetime
) -> None:
    """`by` writes down what a public partner said, marked as such for ever. Changed as above."""
    check_version(voice, version)
    if voice.answered_at is not None:
        return
    _put(voice, answers)
    _finish(voice, how, at, by=by)


@transaction.atomic
def ask_apart(
    *,
    residency: Residency,
    themes: Sequence[str],
    people: Sequence[AskedOne],
    by: Person,
    at: datetime.datetime,
) -> PlanRound:
    """Named people answer on their own, none sees another before all have answered or the round is closed."""
    asked = PlanRound.objects.create(residency=residency, themes=list(themes), asked_by=by, asked_at=at)
    for one in people:
        voice = PlanVoice.objects.create(
            residency=residency,
            round=asked,
            name=one.name,
            part=one.part,
            person=_account_of(one.name, one.email),
            email=one.email,
            asked_by=by,
            asked_at=at,
        )
        notices.send_link(voice, by)
    details = {"round": asked.pk, "themes": list(themes), "people": len(people)}
    _record(residency, "plan.asked_apart", by, details)
    return asked


@transaction.atomic
def close_round(*, asked: PlanRound, by: Person, at: datetime.datetime) -> None:
    """Shows side by side what is there; who has not answered stays a gap. Twice is once."""
    locked = PlanRound.objects.select_for_update().get(pk=asked.pk)
    if locked.closed_at is None:
        locked.closed_at = at
        locked.save(update_fields=["closed_at"])
        _record(asked.residency, "plan.round_closed", by, {"round": asked.pk})


def _account_of(name: str, email: str) -> Person | None:
    """Whoever signs in under that name and that address: of two who share an address, only the one who is meant."""
    found = Person.objects.filter(display_name__iexact=name, email__iexact=email, user__isnull=False)
    return found.order_by("pk").first() if email else None


def _is_closed(voice: PlanVoice) -> bool:
    """Asked of the database: somebody may have closed the round since the page was opened."""
    return voice.round_id is not None and (
        PlanRound.objects.filter(pk=voice.round_id, closed_at__isnull=False).exists()
    )


def _put(voice: PlanVoice, answers: Answers) -> None:
    PlanSay.objects.filter(voice=voice).delete()
    PlanSay.objects.bulk_create(
        PlanSay(voice=voice, question=code, words=words, position=position)
        for code, (words, position) in answers.items()
    )


def _finish(
    voice: PlanVoice,
    how: str,
    at: datetime.datetime,
    *,
    by: Person | None,
    deed: str = "plan.voice_answered",
) -> None:
    """The last answer of a round closes it: from then on they stand side by side."""
    voice.answered_at, voice.how = at, how
    voice.typed_in_by = by if how in TYPED_IN else None
    voice.save(update_fields=["answered_at", "how", "typed_in_by"])
    _record(voice.residency, deed, by, {"voice": voice.pk, "how": how})
    if voice.round_id is not None:
        asked = PlanRound.objects.select_for_update().get(pk=voice.round_id)
        if asked.closed_at is None and not asked.voices.filter(answered_at=None).exists():
            asked.closed_at = at
            asked.save(update_fields=["closed_at"])


def _record(residency: Residency, deed: str, by: Person | None, details: dict[str, object]) -> None:
    place = f"p/{residency.programme.slug}/r/{residency.code}"
    audit.record(by, deed, f"Plan of {residency.code}", place, details=details)
