"""The deeds of a clear line of work: what was asked and answered, how the scope moved, what the time is for."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from embedded.accounts.models import Person
from embedded.audit import record
from embedded.drafts import Changed, check_version
from embedded.vault import Sealer
from programmes.entries import people_met
from programmes.entries.words import LOST
from programmes.entries.writing import place_of
from programmes.models import AgreedShare, Project, Request, RequestAnswer, Residency, ScopeChange


@dataclass(frozen=True)
class Asked:
    """What somebody was asked for, by whom (as they wrote the name down), and what they said."""

    what: str
    on: datetime.date
    by_name: str = ""
    project: Project | None = None
    answer: str = RequestAnswer.WAITING
    told: bool = False


@transaction.atomic
def note_request(*, residency: Residency, asked: Asked, by: Person, today: datetime.date) -> Request:
    """Puts a request on the list of `by`, its words and the name of whoever asked sealed with their key."""
    request = Request(person=by, residency=residency)
    _fill(request, asked, by, today)
    request.save()
    record(by=by, deed="request.noted", what=f"Request {request.pk}", place=place_of(residency))
    return request


@transaction.atomic
def change_request(
    *, request: Request, asked: Asked, version: int, by: Person, today: datetime.date
) -> Request:
    """Changes one; embedded.drafts.Changed if another window was there since it was opened, or took it out."""
    if not Request.objects.filter(pk=request.pk).select_for_update().exists():
        raise Changed(request)
    check_version(request, version)
    _fill(request, asked, by, today)
    request.save()
    record(by=by, deed="request.changed", what=f"Request {request.pk}", place=place_of(request.residency))
    return request


@transaction.atomic
def answer_request(*, request: Request, answer: str, by: Person, on: datetime.date) -> None:
    """Says yes, not now or no; whoever asked is to be told of an answer that is new. The words stay as they are."""
    there = _locked(request)
    if there is None or there.answer == answer:
        return
    _answer(there, answer, on)
    there.save(update_fields=["answer", "answered_on", "told_on"])
    record(by=by, deed="request.answered", what=f"Request {there.pk}", place=place_of(there.residency))


@transaction.atomic
def tell(*, request: Request, by: Person, on: datetime.date) -> None:
    """Records that whoever asked knows the answer; nothing before there is one, or when they know already."""
    there = _locked(request)
    if there is None or there.answered_on is None or there.told_on is not None:
        return
    there.told_on = max(on, there.answered_on)
    there.save(update_fields=["told_on"])
    record(by=by, deed="request.told", what=f"Request {there.pk}", place=place_of(there.residency))


@transaction.atomic
def remove_request(*, request: Request, by: Person) -> None:
    """Takes one off the list, its words with it; nothing when it is off already."""
    there = _locked(request)
    if there is None:
        return
    record(by=by, deed="request.removed", what=f"Request {there.pk}", place=place_of(there.residency))
    there.delete()


@transaction.atomic
def change_scope(
    *, residency: Residency, on: datetime.date, what: str, gave_way: str, by: Person
) -> ScopeChange:
    """Records what came into the scope and what gave way for it, for everyone in the residency to read."""
    change = ScopeChange.objects.create(residency=residency, on=on, what=what, gave_way=gave_way, by=by)
    record(by=by, deed="scope_change.recorded", what=residency.code, place=place_of(residency))
    return change


@transaction.atomic
def agree_shares(
    *, residency: Residency, shares: Mapping[str, int], since: datetime.date, by: Person
) -> list[AgreedShare]:
    """Records which percentage of the time each plain kind of work is for from that day on; what was recorded for
    the same day before gives way, what was for an earlier day stays."""
    Residency.objects.select_for_update().get(
        pk=residency.pk
    )  # two who press at once come one after the other
    AgreedShare.objects.filter(residency=residency, since=since).delete()
    rows = [
        AgreedShare(residency=residency, kind=kind, percent=percent, since=since)
        for kind, percent in shares.items()
        if percent
    ]
    record(by=by, deed="agreed_shares.recorded", what=residency.code, place=place_of(residency))
    return AgreedShare.objects.bulk_create(rows)


def _fill(request: Request, asked: Asked, by: Person, today: datetime.date) -> None:
    if asked.what != LOST:
        request.what = Sealer(by).seal(asked.what)
    if asked.by_name != people_met.LOST:
        request.asked_by = people_met.add(person=by, name=asked.by_name) if asked.by_name else None
    request.asked_on, request.project = asked.on, asked.project
    if asked.answer != request.answer:
        _answer(request, asked.answer, today)
    if not asked.told:
        request.told_on = None
    elif request.answered_on is not None and request.told_on is None:
        request.told_on = max(today, request.answered_on)


def _answer(request: Request, answer: str, on: datetime.date) -> None:
    request.answer, request.told_on = answer, None
    request.answered_on = None if answer == RequestAnswer.WAITING else on


def _locked(request: Request) -> Request | None:
    return Request.objects.select_for_update(of=("self",)).filter(pk=request.pk).first()
