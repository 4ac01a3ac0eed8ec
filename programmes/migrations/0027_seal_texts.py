"""Makes one text an entry of what was done and the note beside it, sealed with its writer's own key unless it is for
others; names who asked in the writer's own list; puts reasons for being late into the list of reasons."""

from collections.abc import Iterable
from typing import Any

from django.db import connection, migrations, transaction

from embedded.vault import master
from embedded.vault.cipher import CannotBeRead, decrypt, encrypt, mark_with, new_key

BATCH = 2_000
LOST = "(a note that cannot be read any more)"
REASONS = ("", "away", "no_time", "no_access", "copied", "other")

_NEXT = """
SELECT a.id, a.person_id, a.residency_id, a.date, a.what, a.asked_by, a.late_reason, n.id, n.readers, n.sealed, n.text
FROM programmes_activity a LEFT JOIN programmes_note n ON n.activity_id = a.id
WHERE a.id > %s AND a.readers = 'only_me' AND (a.what <> '' OR n.id IS NOT NULL OR a.asked_by <> ''
    OR NOT a.late_reason = ANY(%s))
ORDER BY a.id LIMIT %s FOR UPDATE OF a
"""


class Keys:
    """The data keys of the writers, each unwrapped once, as embedded.vault keeps them."""

    def __init__(self) -> None:
        self.known: dict[int, bytes] = {}

    def of(self, cursor: Any, person: int) -> bytes:
        if person not in self.known:
            self.known[person] = self._find(cursor, person) or self._make(cursor, person)
        return self.known[person]

    def _find(self, cursor: Any, person: int) -> bytes | None:
        cursor.execute("SELECT wrapped_key, key_version FROM vault_personkey WHERE person_id = %s", [person])
        row = cursor.fetchone()
        return row and decrypt(master.named(row[1]).key, row[0], f"key of person {person}")

    def _make(self, cursor: Any, person: int) -> bytes:
        today, key = master.current(), new_key()
        cursor.execute(
            "INSERT INTO vault_personkey (person_id, wrapped_key, key_version) VALUES (%s, %s, %s)",
            [person, encrypt(today.key, key, f"key of person {person}"), today.version],
        )
        return key


def seal_texts(apps: Any, editor: Any) -> None:
    """In small transactions, in the order of the entries; can be stopped and run again."""
    keys, last, lost = Keys(), 0, 0
    while True:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_NEXT, [last, list(REASONS), BATCH])
            rows = cursor.fetchall()
            if not rows:
                break
            last = rows[-1][0]
            lost += sum(_one(cursor, keys, row) for row in rows)
    if lost:
        print(f"  {lost} notes could not be opened with the keys at hand; their entries say so.")


def _one(cursor: Any, keys: Keys, row: tuple[Any, ...]) -> int:
    """One entry; 1 if its note could not be opened."""
    pk, person, residency, date, what, asked_by, late, note, readers, sealed, text = row
    key = keys.of(cursor, person)
    own, lost = (_opened(key, sealed, person), 0) if readers == "only_me" else ("", 0)
    if own is None:
        own, lost = LOST, 1
    if note and readers != "only_me":
        _share(cursor, note, (person, residency, pk, text, readers, date.replace(day=1)))
    free_reason = "" if late in REASONS else late
    whole = _joined([what, own, free_reason and f"Entered late: {free_reason}"])
    cursor.execute(
        "UPDATE programmes_activity SET what = '', asked_by = '', late_reason = %s, requester_id = %s, sealed = %s "
        "WHERE id = %s",
        [
            "other" if free_reason else late,
            _contact(cursor, key, person, asked_by),
            encrypt(key, whole.encode(), f"text of person {person}") if whole else None,
            pk,
        ],
    )
    if note:
        cursor.execute("DELETE FROM programmes_note_named_readers WHERE note_id = %s", [note])
        cursor.execute("DELETE FROM programmes_note WHERE id = %s", [note])
    return lost


def _opened(key: bytes, sealed: Any, person: int) -> str | None:
    try:
        return decrypt(key, sealed, f"text of person {person}").decode()
    except CannotBeRead:
        return None


def _joined(parts: Iterable[str]) -> str:
    return "\n\n".join(part for part in parts if part)


def _share(cursor: Any, note: int, passage: tuple[Any, ...]) -> None:
    """What others may read goes on standing for itself, with the same readers."""
    cursor.execute(
        "INSERT INTO programmes_passage "
        "(author_id, residency_id, activity_id, text, readers, shared_on, version) "
        "VALUES (%s, %s, %s, %s, %s, %s, 1) RETURNING id",
        passage,
    )
    cursor.execute(
        "INSERT INTO programmes_passage_named_readers (passage_id, person_id) "
        "SELECT %s, person_id FROM programmes_note_named_readers WHERE note_id = %s",
        [cursor.fetchone()[0], note],
    )


def _contact(cursor: Any, key: bytes, person: int, name: str) -> int | None:
    """The number of that name in the writer's own list, where it is put if it is new."""
    name = " ".join(name.split())
    if not name:
        return None
    cursor.execute(
        "INSERT INTO programmes_contact (person_id, name, name_mark, kind, version) VALUES (%s, %s, %s, '', 1) "
        "ON CONFLICT (person_id, name_mark) DO UPDATE SET kind = programmes_contact.kind RETURNING id",
        [person, encrypt(key, name.encode(), f"text of person {person}"), mark_with(key, name.casefold())],
    )
    number: int = cursor.fetchone()[0]
    return number


class Migration(migrations.Migration):
    atomic = False
    dependencies = [
        ("programmes", "0026_logbook_indexes"),
        ("vault", "0001_initial"),
    ]
    operations = [migrations.RunPython(seal_texts, migrations.RunPython.noop)]
