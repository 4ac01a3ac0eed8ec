"""All organisations and their names in memory, kept by each process and made again when a row has changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum

from django.db import connection

from programmes.models import NameKind, Organisation, OrganisationKind, OrganisationName
from programmes.registers.words import initials, telling, words_of

BELIEVED_AFTER = 2  # different people who picked a learned name before it counts as a name (`learn`)


class Source(IntEnum):
    """Where a phrase comes from, the most telling first."""

    OWN_NAME = 0
    OTHER_NAME = 1
    SITE = 2
    ADDRESS = 3
    PICKED_ONCE = 4


@dataclass(frozen=True)
class Phrase:
    """One text by which an organisation may be found; `shown` says what it is on the page, or nothing."""

    source: Source
    text: str
    words: tuple[str, ...]
    shown: str = ""

    @property
    def telling(self) -> tuple[str, ...]:
        return telling(self.words)


@dataclass
class Known:
    """One organisation as the search knows it."""

    pk: int
    scheme: str
    code: str
    display_name: str
    kind: str
    town: str
    postcode: str
    closed: date | None
    is_made_up: bool
    codes: frozenset[str]
    successors: list[int] = field(default_factory=list)
    predecessors: list[int] = field(default_factory=list)
    phrases: list[Phrase] = field(default_factory=list)
    initials: set[str] = field(default_factory=set)


@dataclass
class Index:
    """`holders` leads from a word to the organisations with it; `vocabulary` is its words in order."""

    organisations: dict[int, Known]
    holders: dict[str, set[int]]
    vocabulary: list[str]
    by_code: dict[str, list[int]]
    by_postcode: dict[str, list[int]]
    learned: dict[str, set[int]]


_Stamp = tuple[object, ...]
_held: tuple[_Stamp, Index] | None = None


def current() -> Index:
    """The index of this moment: one small query, and about a tenth of a second more when a row has changed."""
    global _held
    stamp = _stamp()
    if _held is None or _held[0] != stamp:
        _held = (stamp, _build())
    return _held[1]


def _stamp() -> _Stamp:
    """Changes with every write to the two tables, by whomever: the sums of their rows' writing transactions.

    xmin is the transaction that wrote a row and ctid the place where it put it, so an insert, an update or a
    delete changes a sum. No writer has to remember anything, and no lock is taken.
    """
    sums = "count(*), coalesce(sum(xmin::text::bigint), 0), coalesce(sum(hashtext(ctid::text)::bigint), 0)"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT * FROM (SELECT {sums} FROM {Organisation._meta.db_table}) AS one, "  # noqa: S608  no input
            f"(SELECT {sums} FROM {OrganisationName._meta.db_table}) AS two, "
            f"(SELECT count(*) FROM {Organisation.further_successors.through._meta.db_table}) AS three"
        )
        return tuple(cursor.fetchone())


def _build() -> Index:
    organisations = {one.pk: _known(one) for one in Organisation.objects.all().iterator()}
    _add_successions(organisations)
    learned: dict[str, set[int]] = defaultdict(set)
    for name in OrganisationName.objects.all().iterator():
        known = organisations.get(name.organisation_id)
        if known is None:
            continue
        phrase = _phrase_of(name)
        if phrase.source == Source.PICKED_ONCE:
            learned[" ".join(phrase.words)].add(known.pk)
        else:
            _add(known, phrase)
    return _joined(organisations, learned)


def _known(one: Organisation) -> Known:
    codes = {one.code, one.ods_code, one.gss_code, one.ukprn, one.ror_id, one.charity_number} - {""}
    known = Known(
        pk=one.pk,
        scheme=one.scheme,
        code=one.code,
        display_name=one.display_name,
        kind=one.kind,
        town=one.town,
        postcode=one.postcode,
        closed=one.closed,
        is_made_up=one.is_made_up,
        codes=frozenset(code.casefold() for code in codes),
        successors=[one.successor_id] if one.successor_id else [],
    )
    _add(known, Phrase(Source.OWN_NAME, one.display_name, words_of(one.display_name)))
    if words_of(one.legal_name) != known.phrases[0].words:
        shown = f"its legal name is {one.legal_name}"
        _add(known, Phrase(Source.OWN_NAME, one.legal_name, words_of(one.legal_name), shown))
    if one.kind == OrganisationKind.LOCAL_AUTHORITY and "council" not in known.phrases[0].words:
        _add(known, Phrase(Source.OTHER_NAME, one.display_name, (*known.phrases[0].words, "council")))
    for line in one.address.splitlines():
        known.phrases.append(Phrase(Source.ADDRESS, line, words_of(line), f"address: {line}"))
    if one.region:
        known.phrases.append(
            Phrase(Source.ADDRESS, one.region, words_of(one.region), f"region: {one.region}")
        )
    return known


def _add(known: Known, phrase: Phrase) -> None:
    known.phrases.append(phrase)
    known.initials |= initials(phrase.text)


def _phrase_of(name: OrganisationName) -> Phrase:
    words = words_of(name.name)
    if name.kind == NameKind.SITE:
        return Phrase(Source.SITE, name.name, words, f"includes {name.name}")
    if name.kind == NameKind.FORMER:
        until = f" until {name.until.year}" if name.until else ""
        return Phrase(Source.OTHER_NAME, name.name, words, f"called {name.name}{until}")
    if name.kind == NameKind.LEARNED and name.picked < BELIEVED_AFTER:
        return Phrase(Source.PICKED_ONCE, name.name, words)
    return Phrase(Source.OTHER_NAME, name.name, words, f"also known as {name.name}")


def _add_successions(organisations: dict[int, Known]) -> None:
    further = Organisation.further_successors.through.objects.order_by("pk")
    for old, new in further.values_list("from_organisation_id", "to_organisation_id"):
        organisations[old].successors.append(new)
    for known in organisations.values():
        for successor in known.successors:
            organisations[successor].predecessors.append(known.pk)


def _joined(organisations: dict[int, Known], learned: dict[str, set[int]]) -> Index:
    holders: dict[str, set[int]] = defaultdict(set)
    by_code: dict[str, list[int]] = defaultdict(list)
    by_postcode: dict[str, list[int]] = defaultdict(list)
    for known in organisations.values():
        for word in _all_words(known):
            holders[word].add(known.pk)
        for code in known.codes:
            by_code[code].append(known.pk)
        if known.postcode:
            by_postcode[known.postcode.replace(" ", "").casefold()].append(known.pk)
    return Index(
        organisations, dict(holders), sorted(holders), dict(by_code), dict(by_postcode), dict(learned)
    )


def _all_words(known: Known) -> Iterator[str]:
    for phrase in known.phrases:
        yield from phrase.words
    yield from known.initials
