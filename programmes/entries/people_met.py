"""The names in one person's own list: looked for by letters, put there once, opened for nobody else."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from django.db import transaction
from django.db.models import Max, QuerySet

from embedded.accounts.models import Person
from embedded.audit import record
from embedded.drafts import check_version
from embedded.vault import CannotBeRead, Sealer
from programmes.models import Contact, Membership, Organisation

FROM_LETTERS: Final = 3
MOST_SHOWN: Final = 10
LONGEST_NAME: Final = 120
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


def names_of(contacts: Iterable[Contact], opener: Sealer) -> list[str]:
    """Those that can be read still, as they were written."""
    return [name for contact in contacts if (name := name_of(contact, opener)) != LOST]


def listed(person: Person) -> list[tuple[Contact, str]]:
    """The whole list by name, each with the day on which an entry last named it (`last_met_on`)."""
    opener = Sealer(person)
    contacts = Contact.objects.filter(person=person).select_related("organisation")
    contacts = contacts.annotate(last_met_on=Max("activities__date"))
    rows = [(contact, name_of(contact, opener)) for contact in contacts]
    return sorted(rows, key=lambda row: (row[1] == LOST, folded(row[1]), row[0].pk))


def organisations(person: Person) -> QuerySet[Organisation]:
    """Those of the residencies in which the person has or had a part."""
    parts = Membership.objects.filter(person=person, residency__isnull=False).values("residency")
    found = Organisation.objects.filter(residency_parts__residency__in=parts)
    return found.distinct().order_by("display_name", "pk")


def is_taken(person: Person, name: str, without: Contact) -> bool:
    """Whether another in the list is called that already."""
    same = Contact.objects.filter(person=person, name_mark=Sealer(person).mark(folded(name)))
    return same.exclude(pk=without.pk).exists()


@transaction.atomic
def put_right(
    *, contact: Contact, name: str, kind: str, organisation: Organisation | None, version: int, by: Person
) -> None:
    """Writes a name anew, in every entry that names it, and what else is known of them. Ask `is_taken` first.
    embedded.drafts.Changed if another window was there since it was opened."""
    check_version(contact, version)
    sealer, name = Sealer(by), name.strip()
    contact.name, contact.name_mark = sealer.seal(name), sealer.mark(folded(name))
    contact.kind, contact.organisation = kind, organisation
    contact.save(update_fields=["name", "name_mark", "kind", "organisation"])
    record(by=by, deed="contact.renamed", what=f"Contact {contact.pk}", place="log/people")


@transaction.atomic
def take_out(*, contact: Contact, by: Person) -> None:
    """Takes a name out of the list and out of every entry and request; those stay."""
    contact.asked_for.update(requester=None)
    contact.requests.update(asked_by=None)
    record(by=by, deed="contact.removed", what=f"Contact {contact.pk}", place="log/people")
    contact.delete()


def add(*, person: Person, name: str, sealer: Sealer | None = None) -> Contact:
    """Puts a name into the person's list; the one that is there when it is the same but for capitals and spaces.
    `sealer` is theirs, where several are put there."""
    sealer, name = sealer or Sealer(person), name.strip()
    contact, _ = Contact.objects.get_or_create(
        person=person,
        name_mark=sealer.mark(folded(name)),
        defaults={"name": sealer.seal(name)},
    )
    return contact


def folded(name: str) -> str:
    """The name without what does not tell two people apart."""
    return " ".join(name.split()).casefold()
