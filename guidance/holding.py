"""What the library holds, as each process remembers it until something is published or withdrawn."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from django.db import connection
from django.db.models import TextField
from django.db.models.expressions import RawSQL

from guidance.linking import GLOSSARY, terms_of
from guidance.models import Document, Edition

# Another as soon as the set of published editions is another, or one of them was taken in anew
_STAMP: Final = """(SELECT count(*) || '.' || coalesce(sum(hashint8(held.id) # hashtext(held.fingerprint)), 0)
    FROM guidance_edition held WHERE held.state = 'published')"""


@dataclass(frozen=True)
class Held:
    """The documents that can be read, as (audience, slug, title), and the terms that the glossary explains."""

    documents: tuple[tuple[str, str, str], ...]
    terms: frozenset[str]

    def has(self, target: str) -> bool:
        """Whether something answers to "guide:hand-over" or "term:orcid"."""
        kind, _, name = target.partition(":")
        return name in self.terms if kind == "term" else name in {slug for _, slug, _ in self.documents}


def stamp() -> RawSQL:
    """A column beside whatever else is asked for, which `held` takes."""
    return RawSQL(_STAMP, [], output_field=TextField())  # noqa: S611  nothing of a reader's is in it


def held(stamped: str = "") -> Held:
    """What there is, asked for only if this process does not remember it. `stamped` saves asking for the stamp."""
    return _held(str(connection.settings_dict["NAME"]), stamped or _stamped())


def _stamped() -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {_STAMP}")
        return str(cursor.fetchone()[0])


@lru_cache(maxsize=2)
def _held(database: str, stamped: str) -> Held:
    rows = Document.objects.readable().order_by().values_list("audience", "slug", "title")
    glossary = Edition.objects.published().of(GLOSSARY).newest_first().first()
    return Held(tuple(rows), terms_of(glossary.body) if glossary else frozenset())
