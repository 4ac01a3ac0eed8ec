"""What is done at the desk: an edition begun, written, asked about, agreed to or sent back, and published."""

from __future__ import annotations

import datetime
from typing import Final

from django.db import transaction

from embedded.accounts.models import Person
from embedded.audit import record
from embedded.drafts import check_version
from embedded.jobs import ask as ask_job
from guidance.catalogue import reading_minutes
from guidance.desk import notices, reading
from guidance.desk.corrections import PLACED, too_much
from guidance.desk.models import Revision, SetAside
from guidance.desk.words import Words, words_of
from guidance.indexing import index_documents
from guidance.models import Document, Edition
from guidance.packs.actions import LOOK_AFTER as PACKS

PRINT: Final = "guidance.print"
STAYS: Final = ("language", "authors", "one_page", "word", "sheet", "landscape", "large_print")
Number = tuple[int, int, int]


class NotNow(Exception):
    """What was pressed cannot be done as things stand; the message says what to do instead."""


@transaction.atomic
def begin(*, base: Edition, by: Person, at: datetime.datetime) -> Revision:
    """A new edition that starts as the newest is; the one under way when there is one already."""
    document = _locked(base.document)
    under_way = Revision.objects.under_way().filter(document=document).first()
    if under_way is not None:
        return under_way
    return _begun(document, base, base, by, at)


@transaction.atomic
def write(*, revision: Revision, words: Words, version: int, by: Person, at: datetime.datetime) -> None:
    """Saves what was written. One that waits for approval waits no more. Raises Changed, and NotNow when it is over."""
    _under_way(revision)
    check_version(revision, version)
    revision.title, revision.summary, revision.body = words.title, words.summary, words.body
    revision.notes, revision.changelog, revision.next_review = words.notes, words.changelog, words.next_review
    for name in PLACED:
        setattr(revision, name, list(getattr(words, name)))
    revision.state, revision.asked_by, revision.asked_at = Revision.State.WRITING, None, None
    revision.changed_by, revision.changed_at = by, at
    revision.save()
    revision.writers.add(by)
    record(by, "guidance.written", str(revision), place_of(revision))


@transaction.atomic
def ask_for_approval(
    *, revision: Revision, kind: str, version: int, by: Person, at: datetime.datetime
) -> None:
    """Asks the other editors. Raises Changed or NotNow."""
    _under_way(revision)
    check_version(revision, version)
    _still_newest(revision)
    revision.kind, revision.state = kind, Revision.State.ASKED
    revision.asked_by, revision.asked_at = by, at
    revision.returned_by, revision.returned_at, revision.returned_because = None, None, ""
    revision.save()
    record(by, "guidance.approval_asked", str(revision), place_of(revision), details={"kind": kind})
    notices.ask_to_approve(revision, by)


@transaction.atomic
def send_back(*, revision: Revision, because: str, version: int, by: Person, at: datetime.datetime) -> None:
    """Returns it to whoever asked, with the reason. Raises Changed or NotNow."""
    _asked(revision)
    check_version(revision, version)
    asked_by = revision.asked_by
    revision.state, revision.asked_by, revision.asked_at = Revision.State.WRITING, None, None
    revision.returned_by, revision.returned_at, revision.returned_because = by, at, because
    revision.save()
    record(by, "guidance.returned", str(revision), place_of(revision))
    notices.tell_returned(revision, asked_by, by)


@transaction.atomic
def approve(
    *, revision: Revision, version: int, by: Person, at: datetime.datetime, on: datetime.date
) -> Edition:
    """Publishes what somebody else wrote. Raises Changed or NotNow."""
    _asked(revision)
    if is_own(revision, by):
        raise NotNow("Ask another editor to approve this: you wrote in it or asked for its approval.")
    check_version(revision, version)
    asked_by, revision.approved_by = revision.asked_by, by
    edition = _publish(revision, by, at, on)
    notices.tell_approved(edition, asked_by, by)
    return edition


@transaction.atomic
def correct(
    *, revision: Revision, version: int, by: Person, at: datetime.datetime, on: datetime.date
) -> Edition:
    """Publishes a small correction without a second editor. Raises Changed or NotNow."""
    _under_way(revision)
    check_version(revision, version)
    reasons = too_much(words_of(revision.base), words_of(revision))
    if reasons:
        raise NotNow(f"Ask another editor to approve this: {reasons[0]}")
    revision.kind = Revision.Kind.CORRECTION
    return _publish(revision, by, at, on)


@transaction.atomic
def go_on_from(*, revision: Revision, newest: Edition, version: int, by: Person) -> None:
    """Says that the edition published meanwhile was looked at, and that this one follows it."""
    _under_way(revision)
    check_version(revision, version)
    revision.base = newest
    revision.save(update_fields=["base"])
    record(by, "guidance.followed", str(revision), place_of(revision))


@transaction.atomic
def drop(*, revision: Revision, version: int, by: Person, at: datetime.datetime) -> None:
    """Puts an unfinished edition away; it is kept and shown nowhere. Raises Changed or NotNow."""
    _under_way(revision)
    check_version(revision, version)
    revision.state, revision.ended_at = Revision.State.DROPPED, at
    revision.save()
    record(by, "guidance.dropped", str(revision), place_of(revision))


@transaction.atomic
def take_over(*, shipped: Edition, newest: Edition, by: Person, at: datetime.datetime) -> Revision:
    """Asks for approval of a newer file as it came. Raises NotNow while an edition is in hand or it was answered."""
    document = _locked(shipped.document)
    _unanswered(shipped)
    if Revision.objects.under_way().filter(document=document).exists():
        raise NotNow("Publish or discard the edition that is being written first: one is written at a time.")
    revision = _begun(document, newest, shipped, by, at)
    revision.shipped, revision.changelog = shipped, shipped.changelog
    revision.save()
    ask_for_approval(revision=revision, kind=Revision.Kind.EDITION, version=revision.version, by=by, at=at)
    return revision


@transaction.atomic
def set_aside(*, shipped: Edition, because: str, by: Person, at: datetime.datetime) -> None:
    """Says that a newer file is not wanted here, and why. Raises NotNow when it was answered already."""
    _locked(shipped.document)
    _unanswered(shipped)
    answer = {"by": by, "at": at, "because": because, "fingerprint": shipped.fingerprint}
    SetAside.objects.update_or_create(edition=shipped, defaults=answer)
    record(by, "guidance.set_aside", str(shipped), f"guidance/{shipped.document.slug}")


def is_own(revision: Revision, person: Person) -> bool:
    """Whether the person wrote in it or asked for its approval: nobody approves what is their own."""
    return person.pk == revision.asked_by_id or person in revision.writers.all()


def place_of(revision: Revision) -> str:
    return f"guidance/desk/{revision.document.slug}"


def why_behind(revision: Revision) -> str:
    """Why the newest edition is not the one that a revision began with."""
    base = Edition.objects.get(pk=revision.base_id)
    if base.state == Edition.State.WITHDRAWN:
        return f"version {base.version}, with which this was begun, was withdrawn"
    return "it was published after this was begun"


def next_number(newest: Number, kind: str) -> Number:
    """1.2.3 becomes 1.2.4 by a small correction, 1.3.0 as a new edition, 2.0.0 when it was rewritten."""
    major, minor, patch = newest
    if kind == Revision.Kind.CORRECTION:
        return (major, minor, patch + 1)
    return (major, minor + 1, 0) if kind == Revision.Kind.EDITION else (major + 1, 0, 0)


def _begun(document: Document, base: Edition, text: Edition, by: Person, at: datetime.datetime) -> Revision:
    """A revision after `base` that begins with the words of `text`."""
    revision = Revision.objects.create(
        document=document,
        base=base,
        title=text.title,
        summary=text.summary,
        body=text.body,
        notes=text.notes,
        next_review=document.next_review,
        readers=document.readers,
        moments=document.moments,
        topics=document.topics,
        begun_by=by,
        begun_at=at,
        changed_by=by,
        changed_at=at,
    )
    record(by, "guidance.begun", str(revision), place_of(revision))
    return revision


def _publish(revision: Revision, by: Person, at: datetime.datetime, on: datetime.date) -> Edition:
    """Makes the edition, which everybody reads from now on; those before it stay as they are."""
    _locked(revision.document)
    newest = _still_newest(revision)
    if found := reading.problems_of(revision):
        raise NotNow(f"Put this right first. {found[0]}")
    number = next_number(reading.last_number(newest), revision.kind)
    if revision.shipped is not None:
        number = max(number, revision.shipped.number)
    edition = _edition(revision, number, on)
    revision.state, revision.edition, revision.ended_at = Revision.State.PUBLISHED, edition, at
    revision.save()
    document = revision.document
    changed = ["title", "summary", "next_review", *PLACED]
    for name in changed:
        setattr(document, name, getattr(revision, name))
    document.save(update_fields=changed)
    index_documents(Document.objects.filter(pk=document.pk))
    details = {"version": edition.version, "kind": revision.kind, "after": newest.version}
    record(by, "guidance.published", str(edition), place_of(revision), details=details)
    ask_job(PRINT, f"{PRINT}:{edition.pk}", {"edition": edition.pk}, by.user)
    ask_job(PACKS, f"{PACKS}:{edition.pk}", {}, by.user)
    return edition


def _edition(revision: Revision, number: Number, on: datetime.date) -> Edition:
    """What does not change by editing (language, shape of the paper and so on) stays as it was."""
    before = revision.shipped or revision.base
    major, minor, patch = number
    return Edition.objects.create(
        document=revision.document,
        major=major,
        minor=minor,
        patch=patch,
        title=revision.title,
        summary=revision.summary,
        body=revision.body,
        notes=revision.notes,
        changelog=revision.changelog,
        reading_minutes=reading_minutes(revision.body),
        published_on=on,
        state=Edition.State.PUBLISHED,
        source=Edition.Source.EDITED,
        **{name: getattr(before, name) for name in STAYS},
    )


def _locked(document: Document) -> Document:
    """The document for this transaction alone: two that publish at once come one after the other."""
    return Document.objects.select_for_update().get(pk=document.pk)


def _still_newest(revision: Revision) -> Edition:
    newest = reading.newest_of(revision.document, revision.base.language)
    if newest is None:
        raise NotNow("Discard this: every edition of the document was withdrawn.")
    if newest.pk != revision.base_id:
        raise NotNow(f"Look at version {newest.version} first: {why_behind(revision)}.")
    return newest


def _under_way(revision: Revision) -> None:
    if revision.state not in (Revision.State.WRITING, Revision.State.ASKED):
        raise NotNow("This edition is not being written any more: it was published or discarded.")


def _asked(revision: Revision) -> None:
    if revision.state != Revision.State.ASKED:
        raise NotNow("This edition does not wait for approval any more.")


def _unanswered(shipped: Edition) -> None:
    """A file that changed after it was set aside can be answered again."""
    if not reading.waiting_files().filter(pk=shipped.pk).exists():
        raise NotNow("This newer file was answered already.")
