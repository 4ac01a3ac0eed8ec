"""The names in one person's own list: looked for by letters, put there once, opened for nobody else."""

from __future__ import annotations

from typing import Final

from embedded.accounts.models import Person
from embedded.vault import CannotBeRead, Sealer
from programmes.models import Contact

FROM_LETTERS: Final = 3
MOST_SHOWN: Final = 10
LOST: Final = "(A name that cannot be read any more)"


def find(person: Person, letters: str) -> list[tuple[int, str]]:
    """Number and name of those in the person's list that hold these letters, by name; none for less than three."""
    wanted, opener = folded(letters), Sealer(person)
    if len(wanted) < FROM_LETTERS:
        return []
    names = [(contact.pk, name_of(contact, opener)) for contact in Contact.objects.filter(person=person)]
    found = [(pk, name) for pk, name in names if wanted in folded(name) and name != LOST]
    return sorted(found, key=lambda one: folded(one[1]))[:MOST_SHOWN]


def named(person: Person, pk: int) -> Contact | None:
    """The one of that number in the person's own list."""
    return Contact.objects.filter(person=person, pk=pk).first()


def name_of(contact: Contact, opener: Sealer) -> str:
    """A name as it was written, LOST where its key is gone. `opener` is that of the list's owner."""
    try:
        return opener.open(contact.name)
    except CannotBeRead:
        return LOST


def add(*, person: Person, name: str, kind: str = "") -> Contact:
    """Puts a name into the person's list; the one that is there when it is the same but for capitals and spaces."""
    sealer, name = Sealer(person), " ".join(name.split())
    contact, _ = Contact.objects.get_or_create(
        person=person,
        name_mark=sealer.mark(folded(name)),
        defaults={"name": sealer.seal(name), "kind": kind},
    )
    return contact


def folded(name: str) -> str:
    """The name without what does not tell two people apart."""
    return " ".join(name.split()).casefold()
