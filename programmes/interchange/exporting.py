"""Everything of one person's own log, row by row, with what only they can read opened."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any, Final

from django.db import connection

from embedded.accounts.models import Person
from embedded.vault import CannotBeRead, Sealer
from programmes.entries.people_met import name_of
from programmes.entries.words import LOST
from programmes.interchange.columns import KIND_LABELS
from programmes.interchange.dictionary import head_of
from programmes.models import (
    Contact,
    DiaryEntry,
    EarlySign,
    LateReason,
    MonthlyPulse,
    OutputKind,
    Place,
    Readers,
    Request,
)

AT_ONCE: Final = 500  # rows
_ENTRIES: Final = """
SELECT a.date::text, a.minutes::text, a.kind, a.sealed, a.what, r.code, coalesce(h.display_name, ''), a.place,
    coalesce(p.title, ''), a.requester_id,
    (SELECT array_agg(m.contact_id) FROM programmes_activity_met m WHERE m.activity_id = a.id),
    a.output, a.sign, a.readers, a.late_reason
FROM programmes_activity a JOIN programmes_residency r ON r.id = a.residency_id
LEFT JOIN programmes_organisation h ON h.id = a.host_id LEFT JOIN programmes_project p ON p.id = a.project_id
WHERE a.person_id = %s ORDER BY a.date, a.id
"""


def _labels(choices: Any) -> dict[str, str]:
    return {"": ""} | {one.value: str(one.label) for one in choices}


_PLACES, _OUTPUTS, _SIGNS = _labels(Place), _labels(OutputKind), _labels(EarlySign)
_READERS, _REASONS = _labels(Readers), _labels(LateReason)


def entries(person: Person) -> Iterator[list[str]]:
    """The log in the order of its days, in the columns of dictionary.LOG; some hundred rows in memory at one time."""
    opener = Sealer(person)
    names = {contact.pk: name_of(contact, opener) for contact in Contact.objects.filter(person=person)}
    with connection.chunked_cursor() as cursor:
        cursor.execute(_ENTRIES, [person.pk])
        while rows := cursor.fetchmany(AT_ONCE):
            for row in rows:
                yield _entry(row, opener, names)


def _entry(row: tuple[Any, ...], opener: Sealer, names: dict[int, str]) -> list[str]:
    date, minutes, kind, sealed, what, code, host, place, project, asked, met, output, sign, readers, why = (
        row
    )
    return [
        date,
        minutes,
        KIND_LABELS[kind],
        what if sealed is None else opened(opener, sealed),
        code,
        host,
        _PLACES[place],
        project,
        names.get(asked, "") if asked else "",
        "; ".join(sorted(names.get(pk, "") for pk in met)) if met else "",
        _OUTPUTS[output],
        _SIGNS[sign],
        _READERS[readers],
        _REASONS[why],
    ]


def opened(opener: Sealer, sealed: bytes | memoryview) -> str:
    try:
        return opener.open(sealed)
    except CannotBeRead:
        return LOST


def diary(person: Person) -> Iterator[list[str]]:
    opener = Sealer(person)
    for one in DiaryEntry.objects.filter(person=person).order_by("on", "id").iterator(AT_ONCE):
        yield [str(one.on), opened(opener, one.text)]


def people(person: Person) -> Iterator[list[str]]:
    opener = Sealer(person)
    for one in Contact.objects.filter(person=person).order_by("id"):
        yield [name_of(one, opener), one.get_kind_display() if one.kind else ""]


def requests(person: Person) -> Iterator[list[str]]:
    opener = Sealer(person)
    for one in Request.objects.filter(person=person).select_related("asked_by").order_by("asked_on", "id"):
        asked_by = name_of(one.asked_by, opener) if one.asked_by else ""
        days = [str(day) if day else "" for day in (one.answered_on, one.told_on)]
        yield [str(one.asked_on), asked_by, opened(opener, one.what), one.get_answer_display(), *days]


def months(person: Person) -> Iterator[list[str]]:
    opener = Sealer(person)
    for one in MonthlyPulse.objects.filter(person=person).select_related("residency").order_by("month", "id"):
        yield [str(one.month), one.residency.code, opened(opener, one.answers)]


TABLES: Final[dict[str, Callable[[Person], Iterator[list[str]]]]] = {
    "Log": entries,
    "Diary": diary,
    "People": people,
    "Requests": requests,
    "Monthly answers": months,
}


def as_json(person: Person) -> Iterator[str]:
    """An object with a list for each table, piece by piece; every row is an object by its headings."""
    between = "{"
    for table, rows_of in TABLES.items():
        yield f"{between}\n{json.dumps(table)}: ["
        head, comma = head_of(table), "\n"
        for row in rows_of(person):
            yield comma + json.dumps(dict(zip(head, row, strict=True)), ensure_ascii=False)
            comma = ",\n"
        yield "\n]"
        between = ","
    yield "\n}\n"
