"""What is done with packs: asking for one, making it again, keeping the ready-made ones ready, forgetting files."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import timedelta
from typing import Final

from django.db import transaction

from embedded import jobs
from embedded.accounts.models import Person
from embedded.audit import record
from embedded.files.models import MadeFile
from embedded.jobs import running
from embedded.jobs.models import Job
from guidance.models import Pack, PackPart
from guidance.packs import limits, reading
from guidance.packs.build import is_there, place_of
from guidance.packs.paper import made_from
from guidance.packs.parts import ADDRESS, ExtraPart, Names, Part, key_of
from guidance.packs.ready import ReadyPack, ready_packs

KIND: Final = "guidance.pack"
LOOK_AFTER: Final = "guidance.packs"  # what every round does, and what a new edition asks for at once
CHOSEN: Final = "Guidance pack"
KEPT_FOR: Final = timedelta(days=30)  # since somebody asked for it last
MOST_KEPT: Final = 2_000_000_000  # bytes of packs, apart from the ready-made ones


class NothingChosen(ValueError):
    """A pack needs at least one part."""


@transaction.atomic
def request_pack(
    *,
    parts: Sequence[Part],
    by: Person | None,
    on: datetime.date,
    ready: ReadyPack | None = None,
    title: str = CHOSEN,
    extras: Sequence[ExtraPart] = (),
    names: Names = (),
    private_to: str = "",
    place: str = "",
) -> Pack:
    """The pack that holds these parts in this order, after papers of one's own; made in the background unless it is.

    Asked for again, at the same moment too, it is the same pack and is typeset once. With `extras` or `names` it is
    a residency's own: `private_to` is the place ("p/<programme>/r/<code>") whose readers alone may have it, as the
    function of settings.PACK_READER says at each look. `place` is the network address of somebody unknown, for whom
    what has to be made is counted. Raises NothingChosen without any part, ValueError for papers of one's own that
    are private to nobody, and embedded.errors.TooMany.
    """
    if not parts and not extras:
        raise NothingChosen("Select at least one document")
    if (extras or names) and not private_to:
        raise ValueError("Papers and names of a residency go into a pack that is private to it.")
    name = ready.name if ready else ""
    key = key_of(parts, ready=name, extras=extras, names=names, private_to=private_to)
    pack, fresh = Pack.objects.get_or_create(
        key=key,
        defaults={
            "address": key[:ADDRESS],
            "ready": name,
            "title": ready.title if ready else title,
            "whom": ready.whom if ready else "",
            "summary": ready.when if ready else "",
            "private_to": private_to,
            "names": [list(one) for one in names],
            "extras": [asdict(extra) for extra in extras],
            "begun_on": on,
            "asked_on": on,
        },
    )
    if fresh:
        PackPart.objects.bulk_create(
            PackPart(pack=pack, place=place, edition=part.edition, sections=list(part.sections))
            for place, part in enumerate(parts, 1)
        )
        details = {"documents": len(parts), "own papers": len(extras)}
        record(by, "guidance.pack_begun", str(pack), place_of(pack), details=details)
    return make_pack(pack=pack, by=by, on=on, place=place)


@transaction.atomic
def make_pack(*, pack: Pack, by: Person | None, on: datetime.date, place: str = "") -> Pack:
    """Asks for its files unless they are there or on their way; after a failure that is another try. `place` as for
    `request_pack`. Raises embedded.errors.TooMany."""
    # Without its job and files: whoever waited for the lock would see none, as the statement began before they were
    row = Pack.objects.select_for_update().get(pk=pack.pk)
    if row.asked_on < on:
        row.asked_on = on
        row.save(update_fields=["asked_on"])
    if (row.job and row.job.is_open) or _is_as_it_would_be(row):
        return row
    if place:
        limits.count(place)
    row.printings += 1
    asker = by.user if by else None
    row.job = jobs.ask(KIND, f"{KIND}:{row.pk}:{row.printings}", {"pack": row.pk}, asker)
    row.save(update_fields=["job", "printings"])
    record(by, "guidance.pack_asked", str(row), place_of(row), details={"printing": row.printings})
    return row


def ask_ready_packs(*, on: datetime.date, by: Person | None = None) -> list[Pack]:
    """Every ready-made pack in its newest editions, asked for where it is not made; those that are still to come."""
    asked = []
    for ready in ready_packs():
        parts = reading.newest_parts(ready.documents)
        if parts:
            asked.append(request_pack(parts=parts, ready=ready, by=by, on=on))
    return [pack for pack in asked if pack.job and pack.job.is_open]


def print_ready_packs(*, on: datetime.date, by: Person | None = None) -> list[str]:
    """Makes every ready-made pack that is not made, here and now unless a worker is at it; says which, or why not."""
    return [_made_now(pack, pack.job) for pack in ask_ready_packs(on=on, by=by) if pack.job]


def _made_now(pack: Pack, job: Job) -> str:
    running.run(job.pk)
    job.refresh_from_db()
    return f"Could not make the pack {pack}: {job.error}" if job.error else f"Made the pack {pack}"


@transaction.atomic
def forget_files(*, on: datetime.date) -> int:
    """Takes the files off packs that nobody has asked for in 30 days, off the longest unasked for where all packs
    together take too much room, and off those that hold what was withdrawn. Their addresses stay. What is private
    to a residency goes altogether. Returns how many packs."""
    newest = {pack.pk for pack in reading.newest_ready()}
    kept = Pack.objects.exclude(pk__in=newest).order_by("-asked_on", "-pk").select_related("pdf", "bundle")
    gone = [pack for pack in kept if pack.asked_on <= on - KEPT_FOR and (pack.pdf or pack.private_to)]
    gone += _too_many(pack for pack in kept.made() if pack not in gone)
    withdrawn = Pack.objects.made().exclude(pk__in=Pack.objects.without_withdrawn())
    gone += [pack for pack in withdrawn.select_related("pdf", "bundle") if pack not in gone]
    return sum(forget(pack) for pack in gone)


def _too_many(packs: Iterable[Pack]) -> list[Pack]:
    """Those beyond what may be kept, of packs that come with the last asked for first."""
    room, over = MOST_KEPT, []
    for pack in packs:
        room -= sum(made.size for made in (pack.pdf, pack.bundle) if made)
        over += [pack] if room < 0 else []
    return over


@transaction.atomic
def forget(pack: Pack) -> bool:
    """Its files, those made since it was looked at too; all of one that is private to a place, and what follows it.
    False where it was asked for again since."""
    row = Pack.objects.select_for_update().filter(pk=pack.pk, asked_on=pack.asked_on).first()
    if row is None:
        return False
    made = [one for one in (row.pdf_id, row.bundle_id) if one]
    if row.private_to:
        row.delete()
    else:
        row.pdf = row.bundle = row.pages = row.made_at = None
        row.made_from = ""
        row.save(update_fields=["pdf", "bundle", "pages", "made_at", "made_from"])
    MadeFile.objects.filter(pk__in=made).delete()
    return True


def _is_as_it_would_be(pack: Pack) -> bool:
    """Made, there, and for a ready-made one in today's layout: a chosen one stays as it was made."""
    if not pack.made_from or not is_there(pack):
        return False
    parts = list(pack.parts.select_related("edition__document").prefetch_related("edition__reviews"))
    return not pack.ready or pack.made_from == made_from(pack, parts)
