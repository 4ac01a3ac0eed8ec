"""Saves a project's summary of two pages."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from django.db import transaction

from embedded.accounts.models import Person
from embedded.audit import record
from embedded.drafts import Changed, check_version
from programmes.bite.content import PARTS
from programmes.founding import place_of
from programmes.models import Bite, Project


@transaction.atomic
def save_bite(
    *, project: Project, texts: Mapping[str, str], version: int, by: Person, at: datetime.datetime
) -> Bite:
    """`texts` by the names of programmes.bite.content.PARTS; `version` 0 while there is none. Raises Changed."""
    Project.objects.select_for_update(no_key=True).get(pk=project.pk)
    bite = Bite.objects.filter(project=project).first()
    if bite is None:
        if version:
            raise Changed(project)
        bite = Bite(project=project)
    else:
        check_version(bite, version)
    for name in PARTS:
        setattr(bite, name, texts[name])
    bite.saved_by, bite.saved_at = by, at
    bite.save()
    record(by, "bite.saved", str(bite), place_of(project.residency), details={"version": bite.version})
    return bite
