"""Seals text with a person's own key, opens it, and destroys the key when a person is to be forgotten."""

from __future__ import annotations

from django.db import transaction

from embedded.accounts.models import Person
from embedded.audit import record
from embedded.vault import master
from embedded.vault.cipher import CannotBeRead, decrypt, encrypt, new_key
from embedded.vault.models import PersonKey


def seal(person: Person, text: str) -> bytes:
    """The text encrypted with the person's key, which is made at the first use. Bound to that person."""
    row = _row(person) or _new_row(person)
    return encrypt(unwrapped(row), text.encode(), f"text of person {person.pk}")


def open_sealed(person: Person, blob: bytes | memoryview) -> str:
    """The text that was sealed for this person; CannotBeRead for anybody else's, a changed blob or a lost key.

    The wrapped key is fetched once for each Person in hand, so a list of a hundred costs one query.
    """
    row = _row(person)
    if row is None:
        raise CannotBeRead("This person has no key.")
    return decrypt(unwrapped(row), blob, f"text of person {person.pk}").decode()


@transaction.atomic
def destroy_key(person: Person, *, by: Person | None) -> None:
    """Makes everything sealed for this person unreadable for ever, in old backups of other tables too."""
    PersonKey.objects.filter(person=person).delete()
    person._state.fields_cache.pop("vault_key", None)
    record(by, "vault_key.destroyed", f"Key of person {person.pk}")


def unwrapped(row: PersonKey) -> bytes:
    """The data key in a row; CannotBeRead when VAULT_KEY does not fit or the row is another person's."""
    return decrypt(master.named(row.key_version).key, row.wrapped_key, _wrapping_of(row.person_id))


def wrapped(data_key: bytes, person_id: int) -> tuple[bytes, str]:
    """The data key wrapped by today's VAULT_KEY, and that key's version."""
    today = master.current()
    return encrypt(today.key, data_key, _wrapping_of(person_id)), today.version


def _row(person: Person) -> PersonKey | None:
    return getattr(person, "vault_key", None)


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
