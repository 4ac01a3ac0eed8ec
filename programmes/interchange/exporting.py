"""One person's own log row by row, with what only they can read opened; and all tables that go out together."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any, Final

from django.db import connection

from embedded.accounts.models import Person
from embedded.tables.csv import lines_of_texts
from embedded.vault import Sealer
from programmes.entries.people_met import name_of
from programmes.interchange import beside, dictionary, with_others
from programmes.interchange.beside import AT_ONCE, opened
from programmes.interchange.columns import KIND_LABELS
from programmes.interchange.dictionary import head_of, typed_in
from programmes.models import Contact, EarlySign, LateReason, OutputKind, Place, Readers

ENTRIES: Final = """
SELECT a.date::text, a.minutes::text, a.kind, a.sealed, a.what, g.slug || '/' || r.code,
    coalesce(h.display_name, ''), a.place, coalesce(p.title, ''), a.requester_id,
    (SELECT array_agg(m.contact_id) FROM programmes_activity_met m WHERE m.activity_id = a.id),
    a.output, a.sign, a.readers, CASE WHEN a.readers = 'people' THEN (
        SELECT string_agg(one.display_name, '; ' ORDER BY one.display_name)
        FROM programmes_activity_named_readers n JOIN accounts_person one ON one.id = n.person_id
        WHERE n.activity_id = a.id
    ) END, a.late_reason
FROM programmes_activity a JOIN programmes_residency r ON r.id = a.residency_id
JOIN programmes_programme g ON g.id = r.programme_id
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
        cursor.execute(ENTRIES, [person.pk])
        while rows := cursor.fetchmany(AT_ONCE):
            for row in rows:
                yield _entry(row, opener, names)


def _entry(row: tuple[Any, ...], opener: Sealer, names: dict[int, str]) -> list[str]:
    date, minutes, kind, sealed, what, code, host, place, project, asked, met, output, sign, *more = row
    readers, named, why = more
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
        named or "",
        _REASONS[why],
    ]


TABLES: Final[dict[str, Callable[[Person], Iterator[list[str]]]]] = {
    "Log": entries,
    "Diary": beside.diary,
    "Shared": beside.shared,
    "People": beside.people,
    "Requests": beside.requests,
    "Monthly answers": beside.months,
    "First days": beside.first_days,
    "Portfolio": beside.portfolio,
    "Waiting": beside.waiting,
    "Away": beside.away,
    "Comments": with_others.comments,
    "Supervision": with_others.supervision,
    "Peer sets": with_others.peer_sets,
    "Peer meetings": with_others.peer_meetings,
}


def as_csv(person: Person, table: str = "Log") -> Iterator[str]:
    """One table, some hundred lines at a time."""
    return lines_of_texts(head_of(table), TABLES[table](person), typed_in(table))


def as_files(person: Person) -> Iterator[tuple[str, Iterator[str]]]:
    """Each table as a file of its own, and what their columns mean."""
    for table in TABLES:
        yield f"{table.lower().replace(' ', '-')}.csv", as_csv(person, table)
    yield "what-it-means.csv", lines_of_texts(dictionary.HEAD, dictionary.rows(), ())


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
