"""Work for the library, packs and case studies that is ready to be done: one job a kind, for the drills beside it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Final

from django.utils import timezone

from embedded import tally
from embedded.jobs import ask, running
from embedded.jobs.models import Job
from guidance.desk.actions import PRINT
from guidance.models import Document, Edition, Pack
from guidance.packs import actions as packs
from guidance.packs.parts import Part
from programmes.access import Scope
from programmes.models import CaseStudy, Residency
from programmes.packs.actions import make_own_pack
from programmes.papers import papers_of
from tests.house.things.packs import shelved
from tests.own_cases.telling import agree, publish, write
from tests.world import make_person, make_world

LONG_AGO = timedelta(days=100)
MONTH: Final = "2026-03-01"
NOWHERE: Final = "http://127.0.0.1/"  # an address that is written down as broken without a knock


def pack() -> Job:
    parts = [Part(shelved())]
    return asked(packs.request_pack(parts=parts, by=None, on=timezone.localdate()).job)


def old_pack() -> Job:
    running.run(pack().pk)
    then = timezone.localdate() - LONG_AGO
    Pack.objects.update(begun_on=then, asked_on=then)
    return _round("guidance.packs")


def own_pack_that_is_not_true_any_more() -> Job:
    world, today = make_world(), timezone.localdate()
    lead = world.people["programme_lead"]
    scope = Scope(lead, today)
    residency = scope.residency(world.programme.slug, world.residency.code)
    papers = papers_of(scope, residency, today)[:1]
    made = make_own_pack(residency=residency, ready=None, papers=papers, by=lead, at=timezone.now(), on=today)
    running.run(asked(made.job).pk)
    assert Pack.objects.get().pdf
    Residency.objects.update(title="Another title")
    return _round("own_packs.forget")


def pack_taken_away() -> Job:
    tally.add("packs", json.dumps(["chosen", "pdf", MONTH, "signed out"]))
    return _round("guidance.count_packs")


def document_read() -> Job:
    tally.add("readings", json.dumps([shelved().pk, "html", MONTH, "signed out"]))
    return _round("guidance.count_readings")


def case_read() -> Job:
    tally.add("cases", json.dumps([write(make_world()).pk, "html", MONTH, "signed out"]))
    return _round("cases.count")


def case_published() -> Job:
    world = make_world()
    case = write(world)
    agree(world, case)
    publish(world, case)
    return asked(CaseStudy.objects.get().job)


def edition_published() -> Job:
    edition = shelved()
    return ask(PRINT, f"{PRINT}:{edition.pk}", {"edition": edition.pk}, None)


def edition_with_a_link() -> Job:
    shelved()
    Edition.objects.update(body=f"## Check\n\n[This]({NOWHERE}).\n")
    return _round("guidance.check_links")


def review_due() -> Job:
    """It writes in the morning alone; otherwise it finds nothing to do."""
    shelved()
    make_person("An editor", edits_library=True)
    Document.objects.update(next_review=timezone.localdate())
    return _round("guidance.remind_reviews")


def _round(kind: str) -> Job:
    return ask(kind, f"{kind}:now", {}, None)


def asked(job: Job | None) -> Job:
    assert job
    return job


KINDS: dict[str, Callable[[], Job]] = {
    "case_study": case_published,
    "cases.count": case_read,
    "guidance.check_links": edition_with_a_link,
    "guidance.count_packs": pack_taken_away,
    "guidance.count_readings": document_read,
    "guidance.pack": pack,
    "guidance.packs": old_pack,
    "guidance.print": edition_published,
    "guidance.remind_reviews": review_due,
    "own_packs.forget": own_pack_that_is_not_true_any_more,
}
