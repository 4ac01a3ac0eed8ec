"""Finds an organisation by whatever somebody knows of it: a name, a place, a postcode, a code, a near miss."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from django.conf import settings

from embedded.spelling import one_edit_apart, starting_with
from programmes.models import OrganisationKind
from programmes.registers.fitting import Hit, Rank, best_fit
from programmes.registers.found import Found, found
from programmes.registers.index import Index, Known, current
from programmes.registers.words import (
    LONGEST_QUERY,
    MOST_WORDS,
    SHORTEST_FOR_TYPO,
    folded,
    telling,
    words_of,
)

_POSTCODE = re.compile(r"[a-z]{1,2}\d[a-z\d]?(\d([a-z]{2})?)?")
_PLACE_OF_POST = re.compile(r"(?P<area>[a-z]{1,2}\d[a-z\d]?)\d[a-z]{2}")
_SITE_CODE = re.compile(r"(r[a-z0-9]{2})[a-z0-9]{2}")


HEALTH_SERVICE = frozenset(
    {
        OrganisationKind.NHS_TRUST,
        OrganisationKind.NHS_FOUNDATION_TRUST,
        OrganisationKind.AMBULANCE_TRUST,
        OrganisationKind.MENTAL_HEALTH_TRUST,
        OrganisationKind.COMMUNITY_TRUST,
        OrganisationKind.ICB,
        OrganisationKind.HEALTH_BOARD,
        OrganisationKind.HSC_TRUST,
    }
)


def search(text: str, kinds: Collection[str] | None = None, limit: int = 10) -> list[Found]:
    """At most `limit` organisations, best first, closed ones below all that are live.

    `kinds`: only these of OrganisationKind. Those made up are found in the demonstration only. A text without
    two letters or digits finds nothing.
    """
    query = text.replace("\x00", "")[:LONGEST_QUERY]
    if len(folded(query).replace(" ", "")) < 2:
        return []
    index = current()
    hits = _either(_by_words(query, index), _by_identifier(query, index))
    chosen = _wanted(_with_successors(hits, index), index, kinds)
    chosen = chosen or _wanted(_by_words(query, index, forgiving=True), index, kinds)
    chosen = chosen or _wanted(_nearby(query, index), index, kinds)
    chosen = _without_chance_hits(chosen)
    chosen.sort(key=lambda pair: _order(*pair))
    return [found(known, index, hit.why) for known, hit in chosen[:limit]]


def _either(one: dict[int, Hit], other: dict[int, Hit]) -> dict[int, Hit]:
    """The better of two hits for each organisation."""
    both = {pk: min(one[pk], other[pk], key=lambda hit: hit.order) for pk in one.keys() & other.keys()}
    return one | other | both


def _wanted(hits: dict[int, Hit], index: Index, kinds: Collection[str] | None) -> list[tuple[Known, Hit]]:
    chosen = [(index.organisations[pk], hit) for pk, hit in hits.items()]
    return [
        (known, hit)
        for known, hit in chosen
        if (kinds is None or known.kind in kinds) and (settings.DEMONSTRATION or not known.is_made_up)
    ]


def _without_chance_hits(chosen: list[tuple[Known, Hit]]) -> list[tuple[Known, Hit]]:
    """Words scattered over an organisation's names count only where no single name or code holds them all."""
    named = any(hit.rank < Rank.ADDRESS for _, hit in chosen)
    return [
        (known, hit) for known, hit in chosen if not (named and hit.rank == Rank.SCATTERED and not hit.picked)
    ]


def _order(known: Known, hit: Hit) -> tuple[object, ...]:
    """Live before closed, the better fit first, the health service before others that fit as well."""
    elsewhere = known.kind not in HEALTH_SERVICE
    return (
        known.closed is not None,
        hit.rank,
        hit.begun,
        elsewhere,
        hit.missed,
        known.display_name.casefold(),
        known.pk,
    )


def _by_identifier(query: str, index: Index) -> dict[int, Hit]:
    tight = folded(query).replace(" ", "")
    address_of_ror = re.fullmatch(r"(?:https?)?rororg(0[a-z0-9]{8})", tight)
    hits: dict[int, Hit] = {}
    if _POSTCODE.fullmatch(tight):
        for postcode, pks in index.by_postcode.items():
            if tight in (postcode, postcode[:-2], postcode[:-3]):
                hits |= {pk: Hit(Rank.POSTCODE) for pk in pks}
    for pk in index.by_code.get(address_of_ror[1] if address_of_ror else tight, ()):
        of_letters = (
            tight.isalpha()
        )  # a council's code is letters, like the beginning of somebody else's name
        hits[pk] = Hit(
            Rank.OTHER_NAME if of_letters else Rank.CODE, f"code {tight.upper()}" if of_letters else ""
        )
    site = _SITE_CODE.fullmatch(tight)
    if site and not hits:
        hits |= {
            pk: Hit(Rank.CODE, f"{tight.upper()} is a site of it") for pk in index.by_code.get(site[1], ())
        }
    return hits


def _nearby(query: str, index: Index) -> dict[int, Hit]:
    """Who else sits in the district of a postcode that no organisation has."""
    asked = _PLACE_OF_POST.fullmatch(folded(query).replace(" ", ""))
    if not asked:
        return {}
    area = asked["area"]
    return {
        pk: Hit(Rank.NEARBY, f"also in {area.upper()}")
        for postcode, pks in index.by_postcode.items()
        if postcode[:-3] == area
        for pk in pks
    }


def _by_words(query: str, index: Index, *, forgiving: bool = False) -> dict[int, Hit]:
    words = words_of(query)[:MOST_WORDS]
    asked = telling(words)
    meant = {word: _meant(word, index, forgiving=forgiving) for word in asked}
    holders = [_holders(meant[word], index) for word in asked]
    candidates = set.intersection(*holders) if holders else set()
    hits = {pk: best_fit(index.organisations[pk], meant) for pk in candidates}
    for pk in index.learned.get(" ".join(words), ()):
        hits.setdefault(pk, Hit(Rank.SCATTERED, "picked before for these words", picked=True))
    return hits


def _meant(word: str, index: Index, *, forgiving: bool) -> set[str]:
    """The words of the index that a typed word may stand for: itself, longer ones, or one edit away."""
    found = set(starting_with(index.vocabulary, word)) if len(word) > 1 else {word} & index.holders.keys()
    if forgiving and len(word) >= SHORTEST_FOR_TYPO and not any(character.isdigit() for character in word):
        found |= {
            known
            for known in index.vocabulary
            if abs(len(known) - len(word)) < 2
            and len(known) >= SHORTEST_FOR_TYPO
            and one_edit_apart(word, known)
        }
    return found


def _holders(words: Iterable[str], index: Index) -> set[int]:
    return set().union(*(index.holders[word] for word in words))


def _with_successors(hits: dict[int, Hit], index: Index) -> dict[int, Hit]:
    """Who took over from a closed organisation that fits is shown too, above it."""
    more: dict[int, Hit] = {}
    for pk, hit in hits.items():
        known = index.organisations[pk]
        if known.closed and hit.rank < Rank.ADDRESS:
            for successor in known.successors:
                if successor not in hits:
                    more[successor] = Hit(Rank.OTHER_NAME, f"took over from {known.display_name}")
    return hits | more


def certain(text: str, kinds: Collection[str] | None = None) -> Found | None:
    """The one live organisation whose code or own whole name this is, if there is exactly one."""
    words, code = words_of(text), folded(text).replace(" ", "")
    index = current()
    sure = [
        one
        for one in search(text, kinds, limit=20)
        if not one.closed_note
        and (
            words == words_of(one.display_name)
            or (not code.isalpha() and code in index.organisations[one.pk].codes)
        )
    ]
    return sure[0] if len(sure) == 1 else None


def unmistakable(text: str, kinds: Collection[str] | None = None) -> Found | None:
    """The one live organisation whose code or one of whose whole names this is: `certain`, and everyday names too
    (Addenbrooke's, UCLH), as long as no other organisation is called the same. Spelling is not forgiven."""
    if sure := certain(text, kinds):
        return sure
    query = text.replace("\x00", "")[:LONGEST_QUERY]
    index = current()
    named = {pk: hit for pk, hit in _by_words(query, index).items() if hit.rank == Rank.WHOLE_NAME}
    coded = {pk: Hit(Rank.CODE) for pk in index.by_code.get(folded(query).replace(" ", ""), ())}
    whole = [pair for pair in _wanted(named | coded, index, kinds) if pair[0].closed is None]
    return found(whole[0][0], index, whole[0][1].why) if len(whole) == 1 else None


def rank_of(text: str, pk: int) -> Rank | None:
    """How well a text already finds an organisation, small mistakes forgiven; None when it does not."""
    index = current()
    hits = [_by_words(text, index), _by_identifier(text, index), _by_words(text, index, forgiving=True)]
    return min((found[pk].rank for found in hits if pk in found and not found[pk].picked), default=None)
