"""What a residency's packs are made of, who may have one, and which there are."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import timezone

from embedded.accounts.models import Person
from embedded.nhsuk.words import day, start_high
from guidance.models import Pack
from guidance.packs.reading import newest_parts
from guidance.packs.ready import ReadyPack, ready_packs
from programmes.access import Scope, seen_as
from programmes.founding import place_of
from programmes.models import OwnPack, Residency, Role
from programmes.papers import Paper, papers_of

NAMES = "names"


def ready_now() -> list[ReadyPack]:
    """The ready-made packs of which the library holds something."""
    everything = {slug for one in ready_packs() for slug in one.documents}
    there = {part.edition.document.slug for part in newest_parts(sorted(everything))}
    return [one for one in ready_packs() if there & set(one.documents)]


def names_of(residency: Residency) -> list[tuple[str, str]]:
    """The lines of the cover; what is not known is left out."""
    word = start_high(residency.programme.researcher_word)
    posts = "; ".join(str(one.person) for one in residency.placements.all())
    start, end = residency.started_on or residency.planned_start, residency.end
    found = [
        ("Residency", f"{residency.title}, {residency.code}"),
        ("Programme", residency.programme.name),
        ("Host", "; ".join(one.display_name for one in residency.hosts)),
        ("University", "; ".join(one.display_name for one in residency.academic_homes)),
        (word, posts or residency.researcher_name),
        ("Host manager", residency.host_manager_name),
        ("Academic supervisor", residency.academic_supervisors),
        ("From", day(start)),
        ("Until", day(end)),
    ]
    return [(name, value) for name, value in found if value]


def versions_of(residency: Residency, papers: Iterable[Paper]) -> dict[str, str]:
    """What stands in a pack of these papers, by key, as it is said today."""
    names = json.dumps(names_of(residency)).encode()
    return {NAMES: hashlib.sha256(names).hexdigest()} | {one.key: one.version for one in papers}


def may_read(person: Person, place: str, pack: Pack) -> bool:
    """Whether this person may have this pack now: they see the residency and each paper in it, and the papers still
    say what stands in it (P4). For settings.PACK_READER."""
    own = OwnPack.objects.filter(pack=pack).select_related("residency__programme").first()
    if own is None or place_of(own.residency) != place:
        return False
    scope = Scope(person, timezone.localdate())
    try:
        residency = scope.residency(own.residency.programme.slug, own.residency.code)
    except (Http404, PermissionDenied):
        return False
    return _says_the_same(own, scope, residency)


def still_true(own: OwnPack, today: datetime.date) -> bool:
    """Whether its papers still say what stands in it, whoever looks."""
    scope = seen_as(Role.PROGRAMME_LEAD, own.residency, today)
    return _says_the_same(own, scope, own.residency)


def _says_the_same(own: OwnPack, scope: Scope, residency: Residency) -> bool:
    papers = [one for one in papers_of(scope, residency, scope.today) if one.key in own.papers]
    return versions_of(residency, papers) == own.papers


def packs_for(residency: Residency, papers: Iterable[Paper]) -> list[OwnPack]:
    """The residency's packs that whoever may read these papers may have now, the newest first."""
    found = list(residency.own_packs.select_related("pack__job", "made_by"))
    says = versions_of(residency, papers) if found else {}
    return [one for one in found if one.papers.items() <= says.items()]
