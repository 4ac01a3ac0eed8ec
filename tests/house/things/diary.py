"""What the diary keeps, and more of it."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from embedded.vault import Sealer
from programmes.diary.reading import mark_of
from programmes.models import Comment, DiaryEntry, Passage
from tests.house.registry import NUMBERED, growing, thing, worded

NUMBERED.update(dict.fromkeys(("entry_withdraw", "log_share"), "activity"))


@thing("diary_entry", "diary_entry", "diary_remove", "diary_share")
def diary_entry(things: Any) -> DiaryEntry:
    today, person = timezone.localdate(), things.world.people["researcher"]
    text = Sealer(person).seal(f"{things.canary} diary")
    return DiaryEntry.objects.create(person=person, on=today, text=text, made_on=today)


@thing("passage", "passage_withdraw")
def passage(things: Any) -> Passage:
    """Shared with people of whom none is named any more."""
    world = things.world
    return Passage.objects.create(
        author=world.people["researcher"],
        residency=world.residency,
        text=f"{things.canary} passage",
        readers="people",
        shared_on=timezone.localdate(),
    )


@thing("comment")
def comment(things: Any) -> Comment:
    world, today = things.world, timezone.localdate()
    return Comment.objects.create(
        residency=world.residency,
        by=world.people["academic_supervisor"],
        month=today.replace(day=1),
        text=f"{things.canary} comment",
        on=today,
    )


@worded("comment_entry")
def mark_of_the_entry(things: Any) -> dict[str, str]:
    return {"mark": mark_of(things.activity)}


@worded("comment_passage")
def mark_of_the_passage(things: Any) -> dict[str, str]:
    return {"mark": mark_of(things.more["passage"])}


@worded("seen")
def seen(things: Any) -> dict[str, str]:
    return {"who": "host"}


@growing
def one_more(things: Any) -> None:
    """More of the diary, and more that everybody reads, with what was said to it."""
    world, today = things.world, timezone.localdate()
    diary_entry(things)
    shared = Passage.objects.create(
        author=world.people["researcher"],
        residency=world.residency,
        text="One more",
        readers="residency",
        shared_on=today,
    )
    comment(things)
    by = world.people["academic_supervisor"]
    Comment.objects.create(residency=world.residency, by=by, passage=shared, text="One more", on=today)
