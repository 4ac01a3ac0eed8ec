"""Finds the organisations that a file names. A name that could mean several is a question in words, never a guess."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from embedded.tables.reading.cells import Wrong
from programmes.registers.found import Found
from programmes.registers.search import search, unmistakable

OFFERED: Final = 4
MOST_LOOKED_NEAR: Final = 150  # different names of one file for which near ones are looked up
_CODE_ASIDE: Final = re.compile(r"^(?P<name>.+?)\s*\(\s*(?:ODS:?\s*)?(?P<code>[A-Za-z0-9]{2,12})\s*\)$")


@dataclass
class Organisations:
    """Remembers what it found, so that two thousand rows of ten hosts look ten times."""

    known: dict[str, int | str] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)
    looked_near: int = 0

    def find(self, written: str) -> int:
        """The number of the organisation that is meant. Wrong, with what it could be, when that is not certain."""
        key = written.casefold()
        if key not in self.known:
            self.known[key] = self._look(written)
        found = self.known[key]
        if isinstance(found, str):
            raise Wrong(found)
        return found

    def _look(self, written: str) -> int | str:
        found = unmistakable(written) or self._by_code_aside(written)
        if found is None:
            return self._question(written)
        self.names[found.pk] = found.display_name
        return found.pk

    @staticmethod
    def _by_code_aside(written: str) -> Found | None:
        """ "Some trust (RJ1)": the code counts if the name leads to the same place."""
        aside = _CODE_ASIDE.match(written)
        if aside is None:
            return None
        by_code = unmistakable(aside["code"])
        near = {one.pk for one in search(aside["name"], limit=20)} if by_code else set()
        return by_code if by_code and by_code.pk in near else None

    def _question(self, written: str) -> str:
        if self.looked_near >= MOST_LOOKED_NEAR:
            return (
                "We could not find it. Write the whole name or the code, as the list of organisations has it"
            )
        self.looked_near += 1
        near = [one for one in search(written, limit=OFFERED) if not one.is_made_up or one.scheme == "own"]
        if not near:
            return (
                "We could not find it. Check the spelling, write its code, or add the organisation under Organisations "
                "and upload the row again"
            )
        if len(near) == 1:
            one = near[0]
            closed = f" ({one.closed_note})" if one.closed_note else ""
            return f"Do you mean {one.display_name}{closed}? Then write {_written(one)}"
        return f"Which one do you mean? Write {_either([_written(one) for one in near])}"


def _written(one: Found) -> str:
    """What to write so that it is certain: a code of letters alone may be the short name of somebody else."""
    coded = one.scheme != "own" and not one.code.isalpha()
    return f"{one.code} for {one.display_name}" if coded else f"“{one.display_name}”"


def _either(offers: list[str]) -> str:
    return f"{', '.join(offers[:-1])}, or {offers[-1]}"
