"""Seals text with a person's own key, opens it, and destroys the key when a person is to be forgotten."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from django.db import transaction

from embedded.accounts.models import Person
from embedded.audit import record
from embedded.database.prepared import Prepared
from embedded.vault import master
from embedded.vault.cipher import CannotBeRead, decrypt, encrypt, new_key
from embedded.vault.models import PersonKey


def seal(person: Person, text: str) -> bytes:
    """The text encrypted with the person's key, which is made at the first use. Bound to that person."""
    return encrypt(data_key(person, make=True), text.encode(), bound_text(person.pk))


def open_sealed(person: Person, blob: bytes | memoryview) -> str:
    """The text that was sealed for this person; CannotBeRead for anybody else's, a changed blob or a lost key.

    The wrapped key is fetched once for each Person in hand, so a list of a hundred costs one query.
    """
    return decrypt(data_key(person, make=False), blob, bound_text(person.pk)).decode()


def data_key(person: Person, *, make: bool) -> bytes:
    """The person's key as it encrypts; made where there is none yet, or else CannotBeRead."""
    row = _row(person)
    if row is None and not make:
        raise CannotBeRead("This person has no key.")
    return unwrapped(row or _new_row(person))


def bound_text(person_id: int) -> str:
    """What every sealed text of a person is bound to."""
    return f"text of person {person_id}"


def make_keys(people: Iterable[Person]) -> dict[int, bytes]:
    """A first key for each of these people, who have none yet, in one statement: each one's key by their number."""
    keys = {person.pk: new_key() for person in people}
    columns = [(pk, *wrapped(key, pk)) for pk, key in keys.items()]
    PersonKey.objects.bulk_create(
        PersonKey(person_id=pk, wrapped_key=blob, key_version=version) for pk, blob, version in columns
    )
    return keys


@transaction.atomic
def destroy_key(person: Person, *, by: Person | None) -> None:
    """Makes everything sealed for this person unreadable for ever, in old backups of other tables too."""
    PersonKey.objects.filter(person=person).delete()
    person._state.fields_cache.pop("vault_key", None)
    record(by, "vault_key.destroyed", f"Key of person {person.pk}", "account")


def unwrapped(row: PersonKey) -> bytes:
    """The data key in a row; CannotBeRead when VAULT_KEY does not fit or the row is another person's."""
    return decrypt(master.named(row.key_version).key, row.wrapped_key, _wrapping_of(row.person_id))


def wrapped(data_key: bytes, person_id: int) -> tuple[bytes, str]:
    """The data key wrapped by today's VAULT_KEY, and that key's version."""
    today = master.current()
    return encrypt(today.key, data_key, _wrapping_of(person_id)), today.version


_KEY_OF: Final = Prepared(
    lambda person: PersonKey.objects.filter(person_id=person), {"person": 2_000_000_011}
)


def _row(person: Person) -> PersonKey | None:
    """The person's key; asked for once for each Person in hand, as every page with words of theirs needs it."""
    if "vault_key" in person._state.fields_cache:
        return person.vault_key
    found = next(iter(_KEY_OF(person=person.pk)), None)
    if found is not None:
        person.vault_key = found
    return found


def _new_row(person: Person) -> PersonKey:
    """Two first uses at once end with the same key: the second takes what the first made."""
    key, version = wrapped(new_key(), person.pk)
    row, _ = PersonKey.objects.get_or_create(
        person=person, defaults={"wrapped_key": key, "key_version": version}
    )
    person.vault_key = row
    return row


def _wrapping_of(person_id: int) -> str:
    return f"key of person {person_id}"
