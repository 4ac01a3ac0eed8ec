"""Looks words up among the residencies of a programme: each is found by how it begins, in an index of words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django.db.models import Expression, Q, QuerySet

from embedded.database.prepared import PreparedFind
from embedded.database.words import asked_for, beginning_with, words_in
from programmes.models import SEARCHED, OrganisationPart, Placement, Residency, ResidencyOrganisation

HOSTING: Final = (OrganisationPart.LEAD_HOST, OrganisationPart.HOST)
HOME: Final = (OrganisationPart.ACADEMIC_HOME,)


def with_word(word: str, programme: int) -> Expression | Q:
    """Those in which a word begins like that: in their own texts, in the name of an organisation or of a person."""
    return _look(_WORD, word, programme=programme)


def with_person(word: str, programme: int) -> Expression | Q:
    """Those with somebody of that name in post, or named for it."""
    return _look(_PERSON, word, programme=programme)


def with_host(text: str) -> Expression | Q:
    return _look(_HOST, text)


def with_home(text: str) -> Expression | Q:
    return _look(_ACADEMIC_HOME, text)


def _look(find: PreparedFind, typed: str, **programme: int) -> Expression | Q:
    """What is found in other programmes falls away where this is asked among the residencies of one."""
    words = beginning_with(typed)
    return find(words=words, **programme) if words else Q(pk__in=[])


def _anywhere(words: str, programme: int) -> QuerySet[Any, int]:
    """Three questions put together, so that each finds its index (an OR over tables would find none)."""
    own = _written(words, programme, SEARCHED)
    return own.union(_organisations(words), _people(words), all=True)


def _persons(words: str, programme: int) -> QuerySet[Any, int]:
    named = _written(words, programme, SEARCHED).alias(name=words_in("researcher_name"))
    return named.filter(name=asked_for(words)).union(_people(words), all=True)


def _hosts(words: str) -> QuerySet[Any, int]:
    return _organisations(words, HOSTING)


def _homes(words: str) -> QuerySet[Any, int]:
    return _organisations(words, HOME)


def _written(words: str, programme: int, texts: Sequence[str]) -> QuerySet[Any, int]:
    own = Residency.objects.order_by().alias(words=words_in(*texts))
    return own.filter(words=asked_for(words), programme=programme).values_list("pk", flat=True)


def _organisations(words: str, parts: Sequence[str] = ()) -> QuerySet[Any, int]:
    rows = ResidencyOrganisation.objects.order_by().alias(words=words_in("organisation__display_name"))
    rows = rows.filter(words=asked_for(words))
    rows = rows.filter(part__in=parts) if parts else rows
    return rows.values_list("residency", flat=True)


def _people(words: str) -> QuerySet[Any, int]:
    rows = Placement.objects.order_by().alias(words=words_in("person__display_name"))
    rows = rows.filter(words=asked_for(words))
    return rows.values_list("residency", flat=True)


_WORDS: Final = {"words": "an:* & example:*"}
_EXAMPLES: Final = {**_WORDS, "programme": -7}
_WORD: Final = PreparedFind(_anywhere, _EXAMPLES)
_PERSON: Final = PreparedFind(_persons, _EXAMPLES)
_HOST: Final = PreparedFind(_hosts, _WORDS)
_ACADEMIC_HOME: Final = PreparedFind(_homes, _WORDS)
