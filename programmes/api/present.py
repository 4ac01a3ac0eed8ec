"""Entries as programs are sent them, and what the pages of tokens say of each."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from embedded.accounts.models import Person
from embedded.nhsuk.words import day
from embedded.vault import Sealer
from programmes.api.reading import Asked
from programmes.api.schemas import EntriesAsked, EntriesOut, EntryOut, Named
from programmes.entries.words import text_of
from programmes.models import Activity, ApiToken, Residency


@dataclass(frozen=True)
class Token:
    """A token as its owner sees it: `standing` in words, `works` while it can be ended."""

    token: ApiToken
    may: str
    standing: str
    last_used: str
    works: bool


@dataclass(frozen=True)
class PlaceToLog:
    """What a program writes for a residency, its hosts where there are several, and its projects."""

    residency: Residency
    written: str
    hosts: list[tuple[int, str]]
    projects: list[tuple[int, str]]


def token(one: ApiToken, now: datetime.datetime) -> Token:
    works = one.revoked_at is None and one.expires_at > now
    last = day(timezone.localdate(one.expires_at))
    ended = f"Ended on {day(timezone.localdate(one.revoked_at))}" if one.revoked_at else ""
    return Token(
        token=one,
        may="Reads and logs" if one.may_log else "Reads",
        standing=f"Works until {last}" if works else ended or f"Ran out on {last}",
        last_used=day(one.last_used_on) if one.last_used_on else "Never",
        works=works,
    )


def place_to_log(residency: Residency) -> PlaceToLog:
    hosts = [(host.pk, host.display_name) for host in residency.hosts]
    return PlaceToLog(
        residency=residency,
        written=f"{residency.programme.slug}/{residency.code}",
        hosts=hosts if len(hosts) > 1 else [],
        projects=[(project.pk, project.title) for project in residency.projects.all()],
    )


def asked(sent: EntriesAsked) -> Asked:
    """What a program asked for; its days were read already."""
    before = None
    if sent.before:
        date, _, pk = sent.before.partition(".")
        before = (datetime.date.fromisoformat(date), int(pk))
    return Asked(
        start=datetime.date.fromisoformat(sent.from_) if sent.from_ else None,
        end=datetime.date.fromisoformat(sent.to) if sent.to else None,
        residency=sent.residency,
        before=before,
        most=sent.most,
    )


def page(entries: Sequence[Activity], more: bool, owner: Person) -> EntriesOut:
    """A page of the owner's entries, opened with one key."""
    opener = Sealer(owner)
    earlier = f"{entries[-1].date}.{entries[-1].pk}" if more else None
    return EntriesOut(entries=[_entry(one, opener) for one in entries], earlier=earlier)


def entry(one: Activity, owner: Person) -> EntryOut:
    return _entry(one, Sealer(owner))


def _entry(one: Activity, opener: Sealer) -> EntryOut:
    return EntryOut(
        id=one.pk,
        residency=f"{one.residency.programme.slug}/{one.residency.code}",
        date=one.date,
        minutes=one.minutes,
        kind=one.kind,
        what=text_of(one, opener),
        readers=one.readers,
        place=one.place,
        host=Named(id=one.host.pk, name=one.host.display_name) if one.host else None,
        project=Named(id=one.project.pk, name=one.project.title) if one.project else None,
        output=one.output,
        sign=one.sign,
        late_reason=one.late_reason,
    )
