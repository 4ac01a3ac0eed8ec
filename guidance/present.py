"""What the library's pages say that its records do not."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.conf import settings
from django.urls import reverse

from embedded.nhsuk.words import day
from guidance.choices import Audience, Moment
from guidance.models import Document, Edition, Review

AT_ANY_TIME = "At any time"
CITED_AS = "The Embedded project"
MANY = {"public": "members of the public", "manager": "managers", "researcher": "researchers"}


def review_line(edition: Edition) -> str:
    """Where the words come from and who has checked them, without claiming more (users.md, decision 17)."""
    if edition.document.audience == Audience.CASE_STUDY:
        return _checked(edition)
    seen = {review.reader for review in edition.reviews.all()}
    missing = [name for reader, name in MANY.items() if reader not in seen]
    drafted = f"Drafted from published research, {day(edition.published_on)}"
    if missing:
        return f"{drafted}; not yet reviewed by {_listed(missing, 'or')}."
    return f"{drafted}; reviewed by {_listed(list(MANY.values()), 'and')}."


def _checked(edition: Edition) -> str:
    """Of a case: whether somebody from the host has checked it, and when last."""
    days = [one.reviewed_on for one in edition.reviews.all() if one.reader == Review.Reader.HOST]
    said = f"checked with the host, {day(max(days))}" if days else "not checked with the host"
    return f"From published sources, {day(edition.published_on)}; {said}."


def is_overdue(document: Document, on: datetime.date) -> bool:
    """Whether somebody should have looked at it again before that day."""
    return document.next_review < on


def citation(edition: Edition) -> str:
    """How to cite an edition: the address is that of this very edition."""
    path = reverse("guidance_document", kwargs={"slug": edition.document.slug})
    address = f"{settings.BASE_URL}{path}?version={edition.version}"
    return f"{CITED_AS}. {edition.title}. Version {edition.version}, {day(edition.published_on)}. {address}"


def reviewers(edition: Edition) -> tuple[str, ...]:
    """Who read it, as they wish to be called, and when."""
    return tuple(_reviewer(review) for review in edition.reviews.all())


def moments_of(document: Document) -> str:
    """When it helps, in words: "Setting one up, Recruiting", or "At any time"."""
    return ", ".join(Moment(one).label for one in document.moments) or AT_ANY_TIME


def size(number: int) -> str:
    """Bytes as a reader knows them, on one line: "87 KB", "1.2 MB"."""
    return (
        f"{number / 1_000_000:.1f}\u00a0MB"
        if number >= 1_000_000
        else f"{max(1, round(number / 1000))}\u00a0KB"
    )


def _reviewer(review: Review) -> str:
    who = (
        f"{review.name}, {review.get_reader_display()}"
        if review.name
        else Review.Reader(review.reader).unnamed
    )
    return f"{who}, {day(review.reviewed_on)}"


def _listed(names: Sequence[str], word: str) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {word} {names[-1]}"
