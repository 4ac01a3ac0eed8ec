"""Search that forgives: other ways of writing, words that are still being typed, slips of the pen.

A text is asked for three times at most: all of its meanings; then with the words that stand nowhere put right;
then any of its meanings. What is typed reaches the database as values alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, reduce
from operator import or_
from typing import Final

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db import connection
from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, When

from embedded.spelling import closeness, one_edit_apart
from guidance.indexing import CONFIG
from guidance.records import SearchPassage, SearchText
from guidance.synonyms import meanings, terms, words_of

LONGEST: Final = 200  # characters
MOST_WORDS: Final = 12
SHORTEST_TO_CORRECT: Final = 4
SHORTEST_PART: Final = 3  # of two words typed as one
CLOSE: Final = 0.5  # of the groups of three letters
NEAREST: Final = 3
WEIGHTS: Final = [0.05, 0.2, 0.4, 1.0]  # text, headings, summary, title
# What stands in every sentence, apostrophes left out; the database leaves most of it out too.
SMALL: Final = frozenset(
    "a about after again all also am an and any are arent as at be because been before being both but by can "
    "cant could couldnt did didnt do does doesnt doing dont down each for from further get give had has hasnt "
    "have havent having he her here him his how i if im in into is isnt it its ive just let lets many may me "
    "might more most much must my need of off on once only or other our ours out over own same shall she "
    "should shouldnt so some such than that the their theirs them then there these they theyre this those "
    "through to too under until up us very was wasnt we were what when where which while who whom why will "
    "with wont would wouldnt you your youre yours".split()
)
Meaning = tuple[str, ...]  # the ways of writing one thing


@dataclass(frozen=True)
class Asked:
    """What a text asks for. `put_right` maps a typed word to the one that was taken for it; `loose` says that any of
    the meanings is enough."""

    words: str = ""
    meanings: tuple[Meaning, ...] = ()
    put_right: tuple[tuple[str, str], ...] = ()
    loose: bool = False

    @property
    def is_empty(self) -> bool:
        return not self.meanings


@dataclass(frozen=True)
class Found:
    """The documents that a text finds, best first: a document's number to its rank. `nearest`: words of the library
    that look like those that nothing holds."""

    asked: Asked
    ranks: dict[int, float] = field(default_factory=dict)
    nearest: tuple[str, ...] = ()


def tidy(typed: str) -> str:
    """What was typed on one line, without what no database takes."""
    return " ".join(typed.replace("\0", " ").split())[:LONGEST]


def search(typed: str) -> Found:
    """At most four questions to the database, one when the text is spelt as the library spells."""
    text = tidy(typed)
    asked = Asked(text, meanings_of(words_of(text)))
    if asked.is_empty:
        return Found(asked)
    ranks = _ranks(asked)
    if ranks:
        return Found(asked, ranks)
    unknown = _unknown(asked.meanings)
    right = {word: _apart(word) or _near(word) for word in unknown}
    corrected = {word: near[0] for word, near in right.items() if near}
    if corrected:
        words = words_of(" ".join(corrected.get(word, word) for word in words_of(text)))
        again = Asked(text, meanings_of(words), tuple(corrected.items()))
        if ranks := _ranks(again):
            return Found(again, ranks)
        asked = again
    loose = Asked(text, asked.meanings, asked.put_right, loose=True)
    nearest = tuple(dict.fromkeys(one for near in right.values() for one in near))[:NEAREST]
    return Found(loose, _ranks(loose) if len(asked.meanings) > 1 else {}, nearest)


def meanings_of(words: Sequence[str]) -> tuple[Meaning, ...]:
    """What the words mean, without those that stand in every sentence; twelve at most."""
    telling = [meaning for meaning in terms(words) if len(meaning) > 1 or meaning[0] not in SMALL]
    return tuple(telling[:MOST_WORDS])


def query_for(asked: Asked, *, begun: bool = True) -> SearchQuery:
    """The question in PostgreSQL's words. `begun`: the last word may be the beginning of a longer one."""
    each = [
        _ways(meaning, begun and place == len(asked.meanings))
        for place, meaning in enumerate(asked.meanings, 1)
    ]
    return SearchQuery((" | " if asked.loose else " & ").join(each), config=CONFIG, search_type="raw")


def _ways(meaning: Meaning, begun: bool) -> str:
    """One meaning as an alternative of its phrases; every word is letters and digits alone. The words of a phrase
    that was typed may stand apart from each other, unless they are single letters."""
    phrases = [" <-> ".join(f"'{word}'" for word in words_of(way)) for way in meaning]
    typed = words_of(meaning[0])
    if min(map(len, typed)) > 2:
        phrases.append(
            f"{phrases[0]}:*" if begun and len(typed) == 1 else " & ".join(f"'{word}'" for word in typed)
        )
    return f"({' | '.join(f'({phrase})' for phrase in dict.fromkeys(phrases))})"


def holds_phrase(asked: Asked, field: str) -> Q:
    """Whether a field has what was typed, or another way of writing a part of it, word for word. Never so for a single
    word, which is no phrase."""
    ways = [asked.words, *(way for meaning in asked.meanings for way in meaning)]
    phrases = [way for way in dict.fromkeys(ways) if len(words_of(way)) > 1]
    return reduce(
        or_, (Q(**{f"{field}__icontains": phrase}) for phrase in phrases), Q(**{f"{field}__isnull": True})
    )


def _ranks(asked: Asked) -> dict[int, float]:
    """A phrase in the title or a heading outranks words that stand apart."""
    query = query_for(asked)
    found: QuerySet[SearchText] = SearchText.objects.filter(vector=query)
    headed = SearchPassage.objects.filter(holds_phrase(asked, "heading"), document=OuterRef("pk"))
    rank = (
        SearchRank(F("vector"), query, weights=WEIGHTS, normalization=1)
        + Case(When(holds_phrase(asked, "document__title"), then=1.0), default=0.0)
        + Case(When(Exists(headed), then=1.0), default=0.0)
    )
    ranked = found.annotate(rank=rank).values_list("pk", "rank")
    return dict(sorted(ranked, key=lambda pair: (-pair[1], pair[0])))


def _unknown(asked: Sequence[Meaning]) -> list[str]:
    """The single words that no document holds, in one question."""
    single = [meaning for meaning in asked if len(meaning) == 1 and len(meaning[0]) >= SHORTEST_TO_CORRECT]
    if not single:
        return []
    there = "EXISTS (SELECT 1 FROM guidance_searchtext WHERE vector @@ to_tsquery('english', %s))"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {', '.join([there] * len(single))}",
            [_ways(meaning, begun=True) for meaning in single],
        )
        known = cursor.fetchone()
    return [meaning[0] for meaning, is_known in zip(single, known, strict=True) if not is_known]


def _apart(word: str) -> list[str]:
    """Two words of the library that were typed as one, or nothing: "whopays" is "who pays"."""
    known = frozenset(_vocabulary(_stamp()))
    cuts = range(SHORTEST_PART, len(word) - SHORTEST_PART + 1)
    return [f"{word[:cut]} {word[cut:]}" for cut in cuts if known.issuperset((word[:cut], word[cut:]))][:1]


def _near(word: str) -> list[str]:
    """The words of the library most like it, best first."""
    vocabulary = _vocabulary(_stamp())
    alike = [known for known in vocabulary if abs(len(known) - len(word)) <= 2 and len(known) > 3]
    scored = [(_likeness(word, known), known) for known in alike]
    good = sorted((pair for pair in scored if pair[0] >= CLOSE), key=lambda pair: (-pair[0], pair[1]))
    return [known for _, known in good[:NEAREST]]


def _likeness(word: str, known: str) -> float:
    return closeness(word, known) + one_edit_apart(word, known)


def _stamp() -> tuple[object, ...]:
    """Changes with every write to the index, by whomever: xmin is the transaction that wrote a row."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), coalesce(sum(xmin::text::bigint), 0) FROM guidance_searchtext")
        return tuple(cursor.fetchone())


@lru_cache(maxsize=2)
def _vocabulary(stamp: tuple[object, ...]) -> tuple[str, ...]:
    """Every word of the library and of the synonyms in plain letters, sorted."""
    texts: Iterable[str] = SearchText.objects.values_list("words", flat=True)
    known = {way[0] for way in meanings() if len(way) == 1}
    return tuple(sorted(known.union(*(text.split() for text in texts))))
