"""What the list of residencies is narrowed to and how it is sorted: all of it stands in the address (X-23)."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Final
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from embedded.nhsuk.addresses import is_number
from programmes.home.looking_up import with_home, with_host, with_person, with_word
from programmes.in_order import not_in_order
from programmes.lifecycle import STAGE_WORDS, stages_of
from programmes.models import (
    AccessItem,
    Placement,
    Programme,
    ResidencyQuerySet,
    Stage,
)

UNDER_WAY: Final = (Stage.ONBOARDING, Stage.ACTIVE, Stage.PAUSED, Stage.CLOSING)
OVER: Final = (Stage.ENDED, Stage.LEGACY, Stage.TERMINATED_EARLY)
SIZES: Final = ("25", "50")
LONGEST: Final = 100  # characters of what is searched for
MOST_WORDS: Final = 6
END: Final = Coalesce("ended_on", "planned_end")
SORTS: Final = {
    "code": ("Code", ("code",)),
    "newest": ("Code, newest first", ("-code",)),
    "title": ("Title", ("title", "code")),
    "ends": ("Ends soonest", (END.asc(nulls_last=True), "code")),
}
WHOSE: Final = {
    "lead": "The programme lead",
    "manager": "The host manager",
    "post": "Whoever is to accept the post",
    "access": "Whoever sees to access",
}


@dataclass(frozen=True)
class Filter:
    """The question that an address asks; an answer that is none of those offered counts as not given. Days are
    written 2026-05-03; `before` is the first day that is not meant any more. Words are found by their beginnings."""

    q: str = ""
    stage: str = ""
    host: str = ""
    home: str = ""
    theme: str = ""
    topic: str = ""
    researcher: str = ""
    whose: str = ""
    since: str = ""
    before: str = ""
    sort: str = "code"
    show: str = "25"

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Filter:
        given = {one.name: _line(query.get(one.name, "")) for one in fields(cls)}
        taken = {name: text for name, text in given.items() if text and _KNOWN.get(name, _anything)(text)}
        return cls(**taken)

    def apply(self, found: ResidencyQuerySet, programme: Programme) -> ResidencyQuerySet:
        """Those of `found`, all of them of `programme`, that it asks for, sorted."""
        found = _by_organisations(found, self)
        for narrow in (_by_stage, _by_subject, _by_end, _by_whose):
            found = narrow(found, self)
        for word in self.researcher.split()[:MOST_WORDS]:
            found = found.filter(with_person(word, programme.pk))
        for word in self.q.split()[:MOST_WORDS]:
            found = found.filter(with_word(word, programme.pk))
        return found.order_by(*SORTS[self.sort][1])

    @property
    def looks_up(self) -> bool:
        """Words are looked up, which takes the database longer than anything else that the address may ask for."""
        return bool(self.q or self.researcher or self.host or self.home)

    @property
    def narrowed(self) -> list[str]:
        """The names of what was asked for."""
        return [one.name for one in fields(self) if one.name not in ("sort", "show") and self.said(one.name)]

    def said(self, name: str) -> str:
        return str(getattr(self, name))

    def without(self, name: str) -> Filter:
        return replace(self, **{name: ""})

    @property
    def query(self) -> str:
        """Itself as the end of an address; nothing that goes without saying."""
        usual = Filter()
        told = {
            one.name: self.said(one.name)
            for one in fields(self)
            if self.said(one.name) != usual.said(one.name)
        }
        return f"?{urlencode(told)}" if told else ""


def _line(text: str) -> str:
    return " ".join(text.replace("\x00", "").split())[:LONGEST]


def _anything(_: str) -> bool:
    return True


def _is_day(text: str) -> bool:
    try:
        return bool(datetime.date.fromisoformat(text))
    except ValueError:
        return False


_KNOWN: Final[dict[str, Callable[[str], bool]]] = {
    "stage": STAGE_WORDS.__contains__,
    "theme": is_number,
    "whose": WHOSE.__contains__,
    "since": _is_day,
    "before": _is_day,
    "sort": SORTS.__contains__,
    "show": SIZES.__contains__,
}


def _by_stage(found: ResidencyQuerySet, asked: Filter) -> ResidencyQuerySet:
    return found.filter(stage__in=stages_of(asked.stage)) if asked.stage else found


def _by_organisations(found: ResidencyQuerySet, asked: Filter) -> ResidencyQuerySet:
    if asked.host:
        found = found.filter(with_host(asked.host))
    if asked.home:
        found = found.filter(with_home(asked.home))
    return found


def _by_subject(found: ResidencyQuerySet, asked: Filter) -> ResidencyQuerySet:
    if asked.theme:
        found = found.filter(theme=int(asked.theme))
    if asked.topic:
        found = found.filter(topics__contains=[asked.topic[:60]])
    return found


def _by_end(found: ResidencyQuerySet, asked: Filter) -> ResidencyQuerySet:
    """From a day on and before another: periods are half open."""
    if not asked.since and not asked.before:
        return found
    within = Q()
    if asked.since:
        within &= Q(ends__gte=asked.since)
    if asked.before:
        within &= Q(ends__lt=asked.before)
    return found.alias(ends=END).filter(within)


def _by_whose(found: ResidencyQuerySet, asked: Filter) -> ResidencyQuerySet:
    """Whose the next thing is, as `following.next_step` says it."""
    if not asked.whose:
        return found
    posts = Placement.objects.order_by().filter(residency=OuterRef("pk"))
    unaccepted = Exists(posts.filter(accepted_on=None))
    items = AccessItem.objects.order_by().filter(
        not_in_order(timezone.localdate()), placement__residency=OuterRef("pk")
    )
    looks_back = Q(stage__in=OVER, review_on__isnull=False)
    before_posts = (Stage.IDEA, Stage.APPROVED, Stage.RECRUITING)
    return found.filter(
        {
            "lead": Q(stage=Stage.SCOPING) | looks_back | Q(~unaccepted, stage=Stage.PAUSED),
            "manager": Q(stage__in=before_posts)
            | looks_back
            | Q(~unaccepted, stage__in=(Stage.ONBOARDING, Stage.CLOSING)),
            "post": Q(unaccepted, stage__in=UNDER_WAY),
            "access": Q(~unaccepted, Exists(items), stage=Stage.ACTIVE),
        }[asked.whose]
    )
