"""What lies on the editors' desk: an edition in hand, one that waits for approval, a newer file. Editors are two people
without a part in any programme; words for everybody carry no canary."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any

from django.utils import timezone

from guidance.desk import actions
from guidance.desk.models import EditorHabit, Revision
from guidance.desk.words import Words, words_of
from guidance.models import Document, Edition
from tests.guidance.shelf import BODY
from tests.house.registry import growing, thing, worded
from tests.world import NUMBERS, make_person

NOTES = {"S3": {"text": "A paper, 2023.", "url": ""}}


def document_with(name: str, *numbers: tuple[int, int, int]) -> Document:
    """A document of its own for every world: the library has no tenants."""
    today = timezone.localdate()
    document = Document.objects.create(
        slug=f"{name}-{next(NUMBERS)}",
        title=f"A guide, {name}",
        audience="researcher",
        readers=["researcher"],
        topics=["learning"],
        summary="What to do.",
        review_owner="Editors",
        next_review=today + datetime.timedelta(days=365),
        licence="CC BY 4.0",
    )
    for number in numbers:
        edition_of(document, number, state="published", source="shipped" if number[1] == 0 else "edited")
    return document


def edition_of(document: Document, number: tuple[int, int, int], **fields: str) -> Edition:
    major, minor, patch = number
    return Edition.objects.create(
        document=document,
        major=major,
        minor=minor,
        patch=patch,
        title=document.title,
        summary=document.summary,
        body=BODY,
        notes=NOTES,
        changelog="First edition.",
        reading_minutes=1,
        published_on=timezone.localdate(),
        **fields,
    )


def in_hand(name: str, by: Any) -> Revision:
    document = document_with(name, (1, 0, 0))
    return actions.begin(base=document.editions.get(), by=by, at=timezone.now())


def clearer(revision: Revision) -> Words:
    """Its words, one of them better."""
    words = words_of(revision)
    return replace(words, changelog="A clearer word.", body=words.body.replace("sentence", "clear sentence"))


@thing("desk_revision")
def desk_revision(things: Any) -> Revision:
    people = things.world.people
    for role, name in (("editor", "An editor"), ("second_editor", "Another editor")):
        if role not in people:
            people[role] = make_person(name, edits_library=True)
    found = in_hand("in-hand", people["editor"])
    actions.write(revision=found, words=clearer(found), version=1, by=people["editor"], at=timezone.now())
    return found


@thing("desk_asked")
def desk_asked(things: Any) -> Revision:
    """Asked for by the other editor."""
    second = things.world.people["second_editor"]
    found = in_hand("asked", second)
    actions.write(revision=found, words=clearer(found), version=1, by=second, at=timezone.now())
    actions.ask_for_approval(revision=found, kind="edition", version=2, by=second, at=timezone.now())
    return found


@thing("desk_newer_file")
def desk_newer_file(things: Any) -> Edition:
    """Over a document that was edited here."""
    document = document_with("newer-file", (1, 0, 0), (1, 1, 0))
    return edition_of(document, (1, 2, 0), state="draft", source="shipped", fingerprint="a" * 64)


@thing("editor_habit")
def editor_habit(things: Any) -> EditorHabit:
    return EditorHabit.objects.get_or_create(person=things.world.people["editor"])[0]


@worded(
    "guidance_desk_document",
    "guidance_desk_edit",
    "guidance_desk_go_on",
    "guidance_desk_preview",
    "guidance_desk_preview_pdf",
    "guidance_desk_publish",
    "guidance_desk_put_away",
    "guidance_desk_review",
    "guidance_desk_withdraw",
)
def of_the_one_in_hand(things: Any) -> dict[str, Any]:
    return {"slug": things.more["desk_revision"].document.slug, "number": (1, 0, 0)}


@worded("guidance_desk_approve", "guidance_desk_send_back")
def of_the_one_that_waits(things: Any) -> dict[str, Any]:
    return {"slug": things.more["desk_asked"].document.slug}


@worded("guidance_compare", "guidance_desk_begin", "guidance_desk_newer_file", "guidance_desk_set_aside")
def of_the_newer_file(things: Any) -> dict[str, Any]:
    return {"slug": things.more["desk_newer_file"].document.slug}


@growing
def one_more(things: Any) -> None:
    desk_revision(things)
    desk_asked(things)
    desk_newer_file(things)
