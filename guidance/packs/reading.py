"""Which packs there are, and who may have which."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.conf import settings
from django.http import Http404
from django.utils.module_loading import import_string

from embedded.accounts.models import Person
from guidance.models import Edition, Pack
from guidance.packs.parts import ADDRESS, Part, key_of
from guidance.packs.ready import ReadyPack, ready_packs
from guidance.packs.sections import pieces
from guidance.reading import documents
from guidance.starting import place_of

ENGLISH = "en-GB"


def newest_parts(slugs: Sequence[str]) -> list[Part]:
    """The newest published edition of each document, in the order given; documents without one are left out."""
    found = Edition.objects.published().filter(document__slug__in=slugs, language=ENGLISH)
    newest = {one.document.slug: one for one in reversed(found.select_related("document").newest_first())}
    return [Part(newest[slug]) for slug in slugs if slug in newest]


def newest_ready() -> list[Pack]:
    """Each ready-made pack in its newest editions, as far as it was asked for."""
    keys = [key_of(newest_parts(ready.documents), ready=ready.name) for ready in ready_packs()]
    return list(Pack.objects.filter(key__in=keys))


def newest_made(ready: ReadyPack) -> Pack | None:
    """The ready-made pack as it can be had now: in its newest editions or, until those are made, in the ones before."""
    made = Pack.objects.filter(ready=ready.name).made().without_withdrawn()
    return made.select_related("pdf", "bundle", "job").order_by("-made_at").first()


def pack_at(address: str, person: Person | None) -> Pack:
    """The pack of that address; one that is private to a place only for its readers. Http404."""
    found = Pack.objects.filter(address=address).select_related("pdf", "bundle", "job").first()
    if found is None or not may_read(found, person):
        raise Http404("No pack at this address")
    return found


def may_read(pack: Pack, person: Person | None) -> bool:
    """Asked at each look (P4): the upper storey knows who reads a place."""
    if not pack.private_to:
        return True
    return person is not None and bool(import_string(settings.PACK_READER)(person, pack.private_to, pack))


def is_withdrawn(pack: Pack) -> bool:
    """Whether any of its editions was taken back: then nobody gets its file."""
    return pack.parts.exclude(edition__state=Edition.State.PUBLISHED).exists()


def nobody(person: Person, place: str, pack: Pack) -> bool:
    """Who reads the packs of a place where no upper storey says so."""
    return False


def same_ready(parts: Sequence[Part]) -> ReadyPack | None:
    """The ready-made pack that holds exactly these, if there is one: it is made already."""
    chosen = [(part.edition.pk, part.sections) for part in parts]
    return next((ready for ready in _with(parts) if _told(newest_parts(ready.documents)) == chosen), None)


def _with(parts: Sequence[Part]) -> Iterable[ReadyPack]:
    """Those that begin with the first of the parts."""
    first = parts[0].edition.document.slug if parts else ""
    return (ready for ready in ready_packs() if first in ready.documents)


def _told(parts: Iterable[Part]) -> list[tuple[int, tuple[str, ...]]]:
    return [(part.edition.pk, part.sections) for part in parts]


def parts_of(pack: Pack) -> list[Part]:
    """What stands in a pack, in order."""
    rows = pack.parts.select_related("edition__document").order_by("place")
    return [Part(row.edition, tuple(row.sections)) for row in rows]


def renewed(pack: Pack) -> list[Part]:
    """The same documents in their newest editions. Sections that the newest no longer has are left out; where none of
    them is left the document comes whole. A document that was withdrawn altogether is left out."""
    before = {part.edition.document.slug: part.sections for part in parts_of(pack)}
    return [
        Part(
            part.edition,
            tuple(
                piece.anchor
                for piece in pieces(part.edition)
                if piece.anchor in before[part.edition.document.slug]
            ),
        )
        for part in newest_parts(list(before))
    ]


def holds(pack: Pack, parts: Sequence[Part]) -> bool:
    """Whether a ready-made pack is made of exactly these."""
    return pack.key == key_of(parts, ready=pack.ready)


def editions_to_choose() -> list[Edition]:
    """The newest edition of every document, in the order of the library's shelves."""
    found = sorted(documents(), key=lambda one: place_of(one.audience, one.slug, one.title))
    return [part.edition for part in newest_parts([document.slug for document in found])]


def begun_with(address: str) -> list[Part]:
    """The newest editions of what an open pack holds; nothing for an address that leads nowhere."""
    found = Pack.objects.filter(address=address.replace("\0", "")[:ADDRESS], private_to="").first()
    return renewed(found) if found else []
