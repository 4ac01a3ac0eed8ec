"""The documents of a page of the library, each with what a reader wants to know before opening it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from django.core.paginator import Paginator

from guidance.choices import Audience
from guidance.choosing import AT_ANY_TIME, QUESTIONS, Facet, Option, Row, Wish, chosen, facets, rows
from guidance.marking import Hit, hits
from guidance.models import Edition
from guidance.packs.ready import ReadyPack, ready_packs
from guidance.present import moments_of
from guidance.search import Found, search
from guidance.starting import ALWAYS_FIRST, COMPARED, FIRST, PACKS

A_PAGE: Final = 60
A_PAGE_OF_HITS: Final = 20
FEW_CASES: Final = 3  # more case sheets than these are folded away


@dataclass(frozen=True)
class Item:
    """One document in a list. `hit` is where the words of a search stand in it."""

    slug: str
    title: str
    summary: str
    audience: str
    minutes: int
    kinds: str
    moments: str
    hit: Hit | None = None


@dataclass(frozen=True)
class Shelf:
    """The documents of a page that are written for the same people."""

    audience: str
    anchor: str
    items: tuple[Item, ...]


def library(wish: Wish) -> dict[str, Any]:
    """What the library's page shows of what was asked for; at most nine questions to the database, however many
    documents there are."""
    everything = rows()
    found = search(wish.words) if wish.words else None
    searched = everything if found is None else _ranked(everything, found)
    narrowed = [row for row in searched if wish.takes(row)]
    first = _first(wish, narrowed)
    rest = [row for row in narrowed if row not in first]
    page = Paginator(rest, A_PAGE if found is None else A_PAGE_OF_HITS).get_page(wish.page or 1)
    shown = items([*(first if page.number == 1 else []), *page.object_list], found)
    questions = facets(wish, searched)
    rest_shown = _of(page.object_list, shown)
    cases = [one for one in rest_shown if _is_case_sheet(one)]
    folded = cases if found is None and len(cases) > FEW_CASES else []
    packs = _packs(everything)
    return {
        "wish": wish,
        "heading": heading(wish),
        "facets": questions,
        "chosen": chosen(wish),
        "at_any_time": _at_any_time(wish, questions),
        "everything": len(everything),
        "number": len(narrowed),
        "found": found,
        "first": _of(first, shown) if page.number == 1 else [],
        "items": [one for one in rest_shown if one not in folded],
        "cases": folded,
        "packs": list(packs.values()),
        "pack": packs.get(wish.moment),
        "shelves": shelves(rest_shown) if wish.is_empty else (),
        "page": page,
        "path": f"{wish.address()}&" if wish.address() else "?",
    }


def items(listed: Iterable[Row], found: Found | None = None) -> dict[int, Item]:
    """The documents by their numbers, in one question, and in another where their words stand."""
    numbers = [row.pk for row in listed]
    marked: Mapping[int, Hit] = hits(found.asked, numbers) if found and numbers else {}
    newest = Edition.objects.published().filter(document__in=numbers, language="en-GB").newest_first()
    editions = reversed(newest.select_related("document").defer("body", "notes"))
    return {one.document_id: _item(one, marked.get(one.document_id)) for one in editions}


def shelves(listed: Sequence[Item]) -> tuple[Shelf, ...]:
    """The documents by whom they are written for; they come in that order."""
    audiences = dict.fromkeys(one.audience for one in listed)
    return tuple(
        Shelf(
            Audience(audience).label,
            audience.replace("_", "-"),
            tuple(one for one in listed if one.audience == audience),
        )
        for audience in audiences
    )


def heading(wish: Wish) -> tuple[str, str]:
    """What stands above the page's heading, and the heading."""
    words = {"who": "Guidance for", "moment": "Guidance for the moment", "topic": "Guidance about"}
    for name, caption in words.items():
        if (value := getattr(wish, name)) and replace(wish, page="") == Wish(**{name: value}):
            return caption, QUESTIONS[name][1][value]
    return "", "Guidance library"


def kinds(edition: Edition) -> str:
    """In which forms an edition can be had."""
    return ", ".join(
        ["web page", "PDF", *(["Word"] if edition.word else []), *(["spreadsheet"] if edition.sheet else [])]
    )


def _item(edition: Edition, hit: Hit | None) -> Item:
    document = edition.document
    return Item(
        document.slug,
        document.title,
        document.summary,
        document.audience,
        edition.reading_minutes,
        kinds(edition),
        moments_of(document),
        hit,
    )


def _of(listed: Iterable[Row], shown: Mapping[int, Item]) -> list[Item]:
    return [shown[row.pk] for row in listed if row.pk in shown]


def _ranked(everything: Iterable[Row], found: Found) -> list[Row]:
    there = [row for row in everything if row.pk in found.ranks]
    return sorted(there, key=lambda row: -found.ranks[row.pk])


def _first(wish: Wish, narrowed: Sequence[Row]) -> list[Row]:
    """What this reader reads first, when nothing else was asked for; their own guide whatever the moment."""
    if wish.words or wish.who not in FIRST:
        return []
    always = ALWAYS_FIRST.get(wish.who, "")
    slugs = FIRST[wish.who] if wish.is_reader_alone else (always,)
    by_slug = {row.slug: row for row in narrowed}
    return [by_slug[slug] for slug in slugs if slug in by_slug]


def _is_case_sheet(one: Item) -> bool:
    return one.audience == Audience.CASE_STUDY and one.slug != COMPARED


def _packs(everything: Sequence[Row]) -> dict[str, ReadyPack]:
    """The ready-made packs that hold anything that can be read, by moment."""
    there = {row.slug for row in everything}
    named = {pack.name: pack for pack in ready_packs() if there.intersection(pack.documents)}
    return {moment: named[name] for moment, name in PACKS.items() if name in named}


def _at_any_time(wish: Wish, questions: Sequence[Facet]) -> Option | None:
    """What helps at any time, for whoever chose one moment."""
    if not wish.moment or wish.moment == AT_ANY_TIME:
        return None
    [moments] = [facet for facet in questions if facet.name == "moment"]
    return next((one for one in moments.options if one.value == AT_ANY_TIME), None)
