"""What was typed into the form of an entry and never sent goes with the entry."""

from __future__ import annotations

from typing import Final

from embedded.accounts.models import Person
from embedded.drafts.models import Draft
from programmes.models import Activity

OF_AN_ENTRY: Final = "log-entry/"  # its number comes next in the name of such a draft


def forget_drafts_of_gone(person: Person) -> None:
    """Forgets the person's drafts of entries that are not there any more, however they went."""
    drafts = Draft.objects.filter(person=person, purpose__startswith=OF_AN_ENTRY).values_list("pk", "purpose")
    named = {pk: purpose.removeprefix(OF_AN_ENTRY).partition("/")[0] for pk, purpose in drafts}
    numbers = [int(one) for one in named.values() if one.isascii() and one.isdecimal() and len(one) < 19]
    there = set(map(str, Activity.objects.of(person).filter(pk__in=numbers).values_list("pk", flat=True)))
    Draft.objects.filter(pk__in=[pk for pk, one in named.items() if one not in there]).delete()
