"""Papers of a residency's own, for packs: each errand offers those that it makes to those who may read them."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.module_loading import import_string

from programmes.access import Scope
from programmes.models import Residency


@dataclass(frozen=True)
class Paper:
    """One paper that somebody may read. `key` names it within the residency, `standing` says which version or of
    which day it is, `write` gives the HTML of its body or of a whole document of templates/paper."""

    key: str
    title: str
    standing: str
    write: Callable[[], str]

    @property
    def version(self) -> str:
        """SHA-256 of what it says: another one as soon as it says anything else."""
        return hashlib.sha256(self.write().encode()).hexdigest()


@dataclass(frozen=True)
class Sheet:
    """A heading and what is recorded under it; without `head`, rows are names and what is recorded."""

    heading: str
    rows: Sequence[Sequence[str]]
    head: Sequence[str] = ()
    none: str = "Nothing is recorded yet."


def papers_of(scope: Scope, residency: Residency, today: datetime.date) -> list[Paper]:
    """Those that exist and that this person may read today, as the functions of settings.RESIDENCY_PAPERS say."""
    found: list[Paper] = []
    for name in settings.RESIDENCY_PAPERS:
        found += import_string(name)(scope, residency, today)
    return found


def sheets_html(sheets: Sequence[Sheet]) -> str:
    """The body of a paper that is made of sheets."""
    return render_to_string("paper/sheets.jinja", {"sheets": sheets})
