"""Finds what somebody may mean who is about to add an organisation that we may have already."""

from __future__ import annotations

from django.conf import settings

from embedded.spelling import closeness
from programmes.models import OrganisationKind
from programmes.registers.found import Found, found
from programmes.registers.index import Index, Known, Phrase, Source, current
from programmes.registers.search import HEALTH_SERVICE
from programmes.registers.words import telling, words_of

CLOSE = 0.72  # of the groups of three letters: a slip of the pen, not another name
SHOWN_AT_MOST = 5
_KIND_WORDS = frozenset(
    "university college hospital council city county borough district metropolitan royal london limited ltd plc "
    "cic cio charity charitable company group services service healthcare health care community general "
    "integrated board partnership uk".split()
)


def near_duplicates(name: str, postcode: str = "", kind: str = "") -> list[Found]:
    """At most five organisations that may be the same, likeliest first.

    Alike is: nearly the same letters; the same telling words among organisations of the same sort (Greenwich
    Council and Royal Borough of Greenwich); or the same postcode and a telling word in common.
    """
    index = current()
    scored = [
        (score, known)
        for known in index.organisations.values()
        if (settings.DEMONSTRATION or not known.is_made_up)
        and (score := _score(known, name, postcode, kind)) > 0
    ]
    scored.sort(key=lambda pair: (-pair[0], pair[1].closed is not None, pair[1].display_name))
    return [found(known, index, _why(known, name, index)) for _, known in scored[:SHOWN_AT_MOST]]


def _score(known: Known, name: str, postcode: str, kind: str) -> float:
    names = [phrase for phrase in known.phrases if phrase.source <= Source.SITE]
    close = max(_closeness(name, phrase) for phrase in names)
    if close >= CLOSE:
        return 1 + close
    core = _core(words_of(name))
    cores = [_core(phrase.words) for phrase in names]
    if core and core in cores and _same_sort(known.kind, kind):
        return 1 + close / 2
    same_place = bool(postcode) and _tight(postcode) == _tight(known.postcode)
    if same_place and any(core & other for other in cores):
        return 1
    return 0


def _closeness(name: str, phrase: Phrase) -> float:
    return closeness(" ".join(words_of(name)), " ".join(phrase.words))


def _core(words: tuple[str, ...]) -> frozenset[str]:
    """What is left of a name without the words that every organisation of its sort has."""
    return frozenset(telling(words)) - _KIND_WORDS


def _same_sort(one: str, other: str) -> bool:
    sort = HEALTH_SERVICE
    return not other or one == other or other == OrganisationKind.OTHER or (one in sort and other in sort)


def _tight(postcode: str) -> str:
    return "".join(postcode.split()).casefold()


def _why(known: Known, name: str, index: Index) -> str:
    def nearness(phrase: Phrase) -> float:
        return _closeness(name, phrase)

    names = [phrase for phrase in known.phrases if phrase.source <= Source.SITE]
    return max(names, key=nearness).shown if names else ""
