"""Knows people by their email address: within the file, and among those of the programme, never of another."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from django.db.models import Q

from embedded.accounts.models import Person
from programmes.models import Programme

if TYPE_CHECKING:
    from programmes.intake.checking import Checked


class People:
    """One address, one name: where a file says otherwise, the row asks which of the two is right."""

    def __init__(self, programme: Programme) -> None:
        self.programme = programme
        self.in_file: dict[str, tuple[str, int]] = {}

    def wrong(self, checked: Checked) -> list[tuple[str, str]]:
        """What to put right in the name of a row; a name that only differs in its capitals becomes the known one."""
        email, name = checked.values.get("researcher_email"), checked.values.get("researcher_name")
        if not email or not name:
            return []
        if known := self._known.get(email):
            same = next((one for one in known if one.casefold() == name.casefold()), None)
            if same is None:
                return [("researcher_name", _ask(known[0], "in this programme"))]
            checked.values["researcher_name"] = same
            return []
        first, row = self.in_file.setdefault(email, (name, checked.number))
        if first.casefold() != name.casefold():
            return [("researcher_name", _ask(first, f"in row {row}"))]
        checked.values["researcher_name"] = first
        return []

    @cached_property
    def _known(self) -> dict[str, list[str]]:
        """The names of the programme's people by their address in small letters."""
        people = Person.objects.filter(
            Q(memberships__programme=self.programme) | Q(placements__residency__programme=self.programme)
        ).exclude(email="")
        found: dict[str, list[str]] = {}
        for email, name in people.values_list("email", "display_name").distinct().order_by("display_name"):
            found.setdefault(email.lower(), []).append(name)
        return found


def _ask(known: str, where: str) -> str:
    return f"The same email address belongs to {known} {where}. Write that name, or the address of the other person"
