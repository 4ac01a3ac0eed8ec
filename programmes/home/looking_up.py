"""Looks words up among the residencies of a programme: each is found by how it begins, in an index of words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, BooleanField, F, Func, QuerySet, Value

from embedded.database.words import beginning_with, words_in
from programmes.models import (
    SEARCHED,
    Placement,
    Programme,
    Residency,
    ResidencyOrganisation,
    ResidencyQuerySet,
)


def one_of(numbers: Iterable[int]) -> Func:
    """What was found, handed back as one value: to join it the planner would read the whole table."""
    found = Value(list(numbers), output_field=ArrayField(BigIntegerField()))
    return Func(
        F("pk"), found, arg_joiner=" = ANY(", template="%(expressions)s)", output_field=BooleanField()
    )


def with_word(word: str, programme: Programme) -> Iterable[int]:
    """The residencies in which a word begins like that: in their own texts, in the name of an organisation or of a
    person. Three questions put together, so that each finds its index (an OR over tables would find none)."""
    own, parts, posts = _written(word, programme), parts_of(programme), posts_of(programme)
    return _numbers(own).union(named(parts, word), named(posts, word))


def with_person(word: str, programme: Programme) -> Iterable[int]:
    own = _written(word, programme).filter(researcher_name__icontains=word)
    return _numbers(own).union(named(posts_of(programme), word))


def _written(text: str, programme: Programme) -> ResidencyQuerySet:
    own = Residency.objects.order_by().filter(programme=programme)
    asked = beginning_with(text)
    return own.alias(words=words_in(*SEARCHED)).filter(words=asked) if asked else own.none()


def named(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    """The residencies of those rows whose organisation or person is called so."""
    asked = beginning_with(text)
    name = "organisation__display_name" if rows.model is ResidencyOrganisation else "person__display_name"
    found = rows.alias(words=words_in(name)).filter(words=asked) if asked else rows.none()
    return _numbers(found, "residency")


def _numbers(rows: QuerySet[Any], column: str = "pk") -> QuerySet[Any, int]:
    return rows.values_list(column, flat=True)


def parts_of(programme: Programme) -> QuerySet[ResidencyOrganisation]:
    return ResidencyOrganisation.objects.order_by().filter(residency__programme=programme)


def posts_of(programme: Programme) -> QuerySet[Placement]:
    return Placement.objects.order_by().filter(residency__programme=programme)
