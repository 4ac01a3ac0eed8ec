"""What programs and the pages of tokens fetch: a person's tokens, their entries a page at a time, where they log."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Final

from django.db.models import Q, QuerySet
from django.http import Http404

from embedded.accounts.models import Person
from programmes.access import Scope
from programmes.api.actions import hashed
from programmes.models import Activity, ApiToken, Residency

A_PAGE: Final = 50


@dataclass(frozen=True)
class Asked:
    """Which entries: from one day to another, both counted, of one residency, after a place in the list."""

    start: datetime.date | None = None
    end: datetime.date | None = None
    residency: str = ""
    before: tuple[datetime.date, int] | None = None
    most: int = A_PAGE


def live_token(secret: str, now: datetime.datetime) -> ApiToken | None:
    """The token, while it lasts and its person's account is in use; None alike for never, ended and run out."""
    tokens = ApiToken.objects.filter(sha256=hashed(secret), revoked_at=None, expires_at__gt=now)
    return tokens.filter(person__user__is_active=True).select_related("person__user").first()


def note_use(token: ApiToken, today: datetime.date) -> None:
    """Keeps the day of its last use, and no time."""
    if token.last_used_on != today:
        ApiToken.objects.filter(pk=token.pk).update(last_used_on=today)


def tokens_of(person: Person) -> list[ApiToken]:
    return list(ApiToken.objects.filter(person=person))


def live_of(person: Person, now: datetime.datetime) -> int:
    """How many of the person's tokens work."""
    return ApiToken.objects.filter(person=person, revoked_at=None, expires_at__gt=now).count()


def own_token(person: Person, pk: int) -> ApiToken:
    """A token of the person's own; anybody else's is a 404."""
    token = ApiToken.objects.filter(person=person, pk=pk).first()
    if token is None:
        raise Http404("No token of yours has that number")
    return token


def entries_of(person: Person, asked: Asked) -> tuple[list[Activity], bool]:
    """The person's own, the latest first, and whether there are earlier ones; never anybody else's."""
    found = _with_all(Activity.objects.of(person))
    if asked.residency:
        slug, _, code = asked.residency.partition("/")
        found = found.filter(residency__programme__slug=slug, residency__code=code)
    if asked.start:
        found = found.filter(date__gte=asked.start)
    if asked.end:
        found = found.filter(date__lte=asked.end)
    if asked.before:
        date, pk = asked.before
        found = found.filter(Q(date__lt=date) | Q(id__lt=pk), date__lte=date)
    page = list(found.order_by("-date", "-id")[: asked.most + 1])
    return page[: asked.most], len(page) > asked.most


def entry_of(person: Person, pk: int) -> Activity:
    """An entry of the person's own; anybody else's is a 404."""
    entry = _with_all(Activity.objects.of(person)).filter(pk=pk).first()
    if entry is None:
        raise Http404("No entry of yours has that number")
    return entry


def places_to_log(scope: Scope) -> list[Residency]:
    """The residencies in which the person may log, with their hosts and projects."""
    found = scope.residencies(permission="log").select_related("programme")
    with_all = found.prefetch_related("organisations__organisation", "projects")
    return list(with_all.order_by("programme__name", "code"))


def _with_all(entries: QuerySet[Activity]) -> QuerySet[Activity]:
    return entries.select_related("residency__programme", "host", "project")
