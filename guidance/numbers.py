"""How often the library is read and downloaded, and what readers say of it: sums, never a person (V-97)."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import Count, F, Q, QuerySet, Sum

from guidance.models import Form, Opinion, PackCount, PackForm, ReadingCount
from guidance.packs.ready import ready_packs

MONTHS: Final = 12
FORMS: Final = tuple(Form)
PACK_FORMS: Final = tuple(PackForm)
OTHER_PACKS: Final = "Other packs"
HEAD: Final = ("Document", "Edition", "Month", "Form", "Kind of reader", "Readings")


@dataclass(frozen=True)
class Line:
    """The readings of one thing by form, in the order of FORMS (of PACK_FORMS for packs); and how many found it useful
    or not."""

    name: str
    readings: tuple[int, ...]
    slug: str = ""
    useful: int = 0
    not_useful: int = 0

    @property
    def total(self) -> int:
        return sum(self.readings)


@dataclass(frozen=True)
class Numbers:
    """Twelve months with the present one: by document (or by edition of one document), by month, by kind of reader; and
    downloads of packs, which belong to no one document."""

    since: datetime.date
    things: tuple[Line, ...]
    months: tuple[Line, ...]
    readers: tuple[Line, ...]
    packs: tuple[Line, ...] = ()

    @property
    def total(self) -> int:
        return sum(line.total for line in self.months)

    @property
    def useful(self) -> int:
        return sum(line.useful for line in self.things)

    @property
    def not_useful(self) -> int:
        return sum(line.not_useful for line in self.things)


def numbers(today: datetime.date, slug: str = "") -> Numbers:
    """Of all documents, or of one. In four questions, however many there are, and one more for packs."""
    since = first_month(today)
    counts, said = _counts(since, slug), _said(since, slug)
    return Numbers(
        since,
        _things(counts, said, by_edition=bool(slug)),
        _months(counts, since),
        _lines((row["reader"], row["form"], row["sum"]) for row in _sums(counts, "reader")),
        () if slug else _packs(since),
    )


def words(today: datetime.date, slug: str = "") -> QuerySet[Opinion]:
    """What was said in words, the latest first."""
    found = _said(first_month(today), slug).exclude(why="", why_removed_on=None)
    return found.select_related("edition__document")


def csv_rows(today: datetime.date) -> Iterator[Sequence[object]]:
    """A line for each document, edition, month, form and kind of reader, then one for each kind of pack, without an
    edition; lines of HEAD."""
    yield from _document_rows(today)
    names = _pack_names() | {
        PackCount.CHOSEN: "documents somebody chose",
        PackCount.OWN: "with a residency's own papers",
    }
    packs = PackCount.objects.filter(month__gte=first_month(today))
    for one in packs.order_by("kind", "month", "form", "reader"):
        name = f"Pack: {names.get(one.kind, one.kind)}"
        yield (name, "", one.month, one.get_form_display(), one.reader, one.downloads)


def _document_rows(today: datetime.date) -> Iterator[Sequence[object]]:
    counts = ReadingCount.objects.filter(month__gte=first_month(today)).select_related("edition__document")
    for one in counts.order_by("edition__document__title", "edition", "month", "form", "reader"):
        edition = one.edition
        yield (
            edition.document.title,
            edition.version,
            one.month,
            one.get_form_display(),
            one.reader,
            one.readings,
        )


def first_month(today: datetime.date) -> datetime.date:
    """The first of the twelve months that end with the present one."""
    number = today.year * 12 + today.month - MONTHS
    return datetime.date(number // 12, number % 12 + 1, 1)


def _counts(since: datetime.date, slug: str) -> QuerySet[ReadingCount]:
    found = ReadingCount.objects.filter(month__gte=since)
    return found.filter(edition__document__slug=slug) if slug else found


def _said(since: datetime.date, slug: str) -> QuerySet[Opinion]:
    found = Opinion.objects.filter(said_on__gte=since)
    return found.filter(edition__document__slug=slug) if slug else found


def _sums(counts: QuerySet[ReadingCount], *names: str) -> Iterable[Mapping[str, object]]:
    return counts.order_by().values(*names, "form").annotate(sum=Sum("readings"))


def _things(counts: QuerySet[ReadingCount], said: QuerySet[Opinion], *, by_edition: bool) -> tuple[Line, ...]:
    """By document, or by edition; the most read first."""
    names = {"slug": F("edition__document__slug"), "title": F("edition__document__title")}
    numbered = ("edition__major", "edition__minor", "edition__patch") if by_edition else ()
    table: dict[tuple[object, ...], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in counts.order_by().values(*numbered, "form", **names).annotate(sum=Sum("readings")):
        table[_key(row, numbered)][row["form"]] += row["sum"]
    opinions = said.order_by().values(*numbered, **names)
    for row in opinions.annotate(
        yes=Count("pk", filter=Q(useful=True)), no=Count("pk", filter=Q(useful=False))
    ):
        table[_key(row, numbered)]["yes"] += row["yes"]
        table[_key(row, numbered)]["no"] += row["no"]
    lines = [
        Line(
            f"Version {'.'.join(map(str, version))}" if by_edition else str(title),
            tuple(found[form] for form in FORMS),
            str(slug),
            found["yes"],
            found["no"],
        )
        for (slug, title, *version), found in table.items()
    ]
    return tuple(sorted(lines, key=lambda line: (-line.total, line.name)))


def _key(row: Mapping[str, object], numbered: Sequence[str]) -> tuple[object, ...]:
    return (row["slug"], row["title"], *(row[name] for name in numbered))


def _months(counts: QuerySet[ReadingCount], since: datetime.date) -> tuple[Line, ...]:
    """Every month, those without a reading too, the latest first."""
    found = {(row["month"], row["form"]): row["sum"] for row in _sums(counts, "month")}
    months = [_later(since, number) for number in reversed(range(MONTHS))]
    return tuple(
        Line(f"{month:%B %Y}", tuple(int(str(found.get((month, form), 0))) for form in FORMS))
        for month in months
    )


def _packs(since: datetime.date) -> tuple[Line, ...]:
    """Ready-made packs by name, in their order, and all others together; nothing where none was downloaded."""
    found: dict[tuple[str, str], int] = defaultdict(int)
    names = _pack_names()
    rows = PackCount.objects.filter(month__gte=since).order_by().values("kind", "form")
    for row in rows.annotate(sum=Sum("downloads")):
        found[names.get(row["kind"], OTHER_PACKS), row["form"]] += row["sum"]
    lines = [
        Line(name, tuple(found.get((name, form), 0) for form in PACK_FORMS))
        for name in (*names.values(), OTHER_PACKS)
    ]
    return tuple(lines) if found else ()


def _pack_names() -> dict[str, str]:
    return {pack.name: pack.title for pack in ready_packs()}


def _later(since: datetime.date, months: int) -> datetime.date:
    number = since.year * 12 + since.month - 1 + months
    return datetime.date(number // 12, number % 12 + 1, 1)


def _lines(rows: Iterable[tuple[object, object, object]]) -> tuple[Line, ...]:
    table: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for name, form, number in rows:
        table[str(name)][str(form)] += int(str(number))
    lines = [
        Line(name[:1].upper() + name[1:], tuple(by[form] for form in FORMS)) for name, by in table.items()
    ]
    return tuple(sorted(lines, key=lambda line: (-line.total, line.name)))
