"""Learns the names by which people know an organisation from what they type and then pick."""

from __future__ import annotations

import re

from django.db import transaction
from django.db.models import F

from embedded.accounts.models import Person
from embedded.audit import record
from programmes.models import NameKind, Organisation, OrganisationName
from programmes.registers.fitting import Rank
from programmes.registers.search import rank_of
from programmes.registers.words import words_of

SHORTEST, LONGEST = 3, 80
MOST_FOR_ONE = 40  # learned names of one organisation: beyond that it is noise
_THREE_LETTERS = re.compile(r"[^\W\d_].*[^\W\d_].*[^\W\d_]", re.DOTALL)


@transaction.atomic
def learn(text: str, organisation: Organisation, *, by: Person) -> bool:
    """Remembers `text` as a name of `organisation` after a pick; True when something was remembered.

    Nothing is learned from what finds the organisation by a name already (small mistakes included), from
    text with an @, from numbers, or from fewer than three letters. One pick helps only those who type the
    very same words, and is shown to nobody; from the second different person on it counts as a name.
    """
    name = " ".join(text.replace("\x00", "").split())
    if not _is_learnable(name):
        return False
    rank = rank_of(name, organisation.pk)
    if rank is not None and rank <= Rank.SITE:
        return False
    learned = OrganisationName.objects.filter(organisation=organisation, kind=NameKind.LEARNED)
    known = next((one for one in learned.select_for_update() if words_of(one.name) == words_of(name)), None)
    if known is None and len(learned) >= MOST_FOR_ONE:
        return False
    if known is not None and known.picked_by_id == by.pk:
        return False
    if known is None:
        OrganisationName.objects.create(
            organisation=organisation, name=name, kind=NameKind.LEARNED, picked=1, picked_by=by
        )
    else:
        OrganisationName.objects.filter(pk=known.pk).update(picked=F("picked") + 1)
    record(by, "organisation.name_learned", organisation.display_name, details={"again": known is not None})
    return True


def _is_learnable(name: str) -> bool:
    return (
        SHORTEST <= len(name) <= LONGEST
        and "@" not in name
        and _THREE_LETTERS.search(name) is not None
        and len(words_of(name)) > 0
    )
