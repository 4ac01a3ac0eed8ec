"""The presses of the editors' desk."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from guidance.models import Edition
from tests.guidance.shelf import BODY
from tests.house.addresses import Things
from tests.house.pressing import Press, at, press
from tests.registration.filled import TODAY, boxes, key


def pressed(things: Things, called: str, **typed: Any) -> Press:
    return Press("editor", at(things, called), {"form_key": key()} | typed)


@press
def guidance_desk(things: Things) -> Press:
    """Stops the letters about review dates."""
    return pressed(things, "guidance_desk", letters="off")


@press
def guidance_desk_begin(things: Things) -> Press:
    return pressed(things, "guidance_desk_begin")


@press
def guidance_desk_edit(things: Things) -> Press:
    typed = {
        "title": "A better guide",
        "summary": "What to do first.",
        "body": BODY,
        "changelog": "A better name.",
        "key_1": "S3",
        "text_1": "A paper, 2023.",
        "url_1": "",
        "rows": "3",
        "readers": "manager",
        "topics": "money",
        "version": "2",
    }
    return pressed(things, "guidance_desk_edit", **typed, **boxes("next_review", timezone.localdate()))


@press
def guidance_desk_publish(things: Things) -> Press:
    return pressed(things, "guidance_desk_publish", kind="edition", version="2")


@press
def guidance_desk_go_on(things: Things) -> Press:
    return pressed(things, "guidance_desk_go_on", version="2")


@press
def guidance_desk_approve(things: Things) -> Press:
    return pressed(things, "guidance_desk_approve", version="3")


@press
def guidance_desk_send_back(things: Things) -> Press:
    return pressed(things, "guidance_desk_send_back", because="Say who pays", version="3")


@press
def guidance_desk_put_away(things: Things) -> Press:
    return pressed(things, "guidance_desk_put_away", version="2")


@press
def guidance_desk_newer_file(things: Things) -> Press:
    return pressed(things, "guidance_desk_newer_file")


@press
def guidance_desk_set_aside(things: Things) -> Press:
    return pressed(things, "guidance_desk_set_aside", because="Ours is about this place")


@press
def guidance_desk_withdraw(things: Things) -> Press:
    return pressed(things, "guidance_desk_withdraw", because="It names a body that is gone")


@press
def guidance_desk_review(things: Things) -> Press:
    edition = Edition.objects.get(pk=things.more["desk_revision"].base_id)
    typed = {"edition": str(edition.pk), "reader": "manager", "name": "Sam Porter", "agreed": "on"}
    return pressed(things, "guidance_desk_review", **typed, **boxes("on", TODAY))
