"""What is done with a residency's own packs: one is asked for, and those that are not true any more go."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.db import transaction

from embedded.accounts.models import Person
from guidance.models import Pack
from guidance.packs.actions import forget, request_pack
from guidance.packs.parts import ExtraPart
from guidance.packs.reading import newest_parts
from guidance.packs.ready import ReadyPack
from programmes.founding import place_of
from programmes.models import OwnPack, Residency
from programmes.packs import reading
from programmes.papers import Paper

LONGEST_TITLE = 160


@transaction.atomic
def make_own_pack(
    *,
    residency: Residency,
    ready: ReadyPack | None,
    papers: Sequence[Paper],
    by: Person,
    at: datetime.datetime,
    on: datetime.date,
) -> Pack:
    """The pack of these papers and of the documents of that ready-made pack, private to those who may read them all.
    Asked for again on the same day it is the same one. Raises guidance.packs.actions.NothingChosen."""
    title = f"{ready.title}: {residency.title}" if ready else f"Papers: {residency.title}"
    pack = request_pack(
        parts=newest_parts(ready.documents) if ready else [],
        extras=[ExtraPart(one.title, one.write(), one.standing) for one in papers],
        names=reading.names_of(residency),
        private_to=place_of(residency),
        title=title[:LONGEST_TITLE],
        by=by,
        on=on,
    )
    OwnPack.objects.get_or_create(
        pack=pack,
        defaults={
            "residency": residency,
            "papers": reading.versions_of(residency, papers),
            "made_by": by,
            "made_at": at,
        },
    )
    return pack


@transaction.atomic
def forget_changed(*, today: datetime.date) -> int:
    """Takes away the packs whose papers say something else by now, with their files. Returns how many."""
    found = OwnPack.objects.select_related("pack__pdf", "pack__bundle", "pack__job", "residency__programme")
    return sum(forget(one.pack) for one in found if not reading.still_true(one, today))
