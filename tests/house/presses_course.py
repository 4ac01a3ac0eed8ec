"""The presses of the course: posts and parts that change hands, the closing list, looking back."""

from __future__ import annotations

import datetime
from decimal import Decimal

from programmes import posts
from programmes.course import actions
from programmes.models import Placement, Residency, Stage
from tests.house.addresses import Things
from tests.house.live import live_links
from tests.house.pressing import NOBODY, Press, at, press
from tests.registration.filled import TODAY, boxes, key

WEEK = datetime.timedelta(days=7)


def changed_once(things: Things) -> dict[str, str]:
    """The post has been changed before, so that a page can be out of date."""
    post = Placement.objects.get(pk=things.world.placement.pk)
    if not post.changes.exists():
        by = things.world.people["programme_lead"]
        half = Decimal("0.55")
        posts.change_post(
            placement=post, wte=half, start=post.start, end=post.end, by=by, on=TODAY, version=0
        )
    return {"form_key": key(), "version": str(posts.version_of(post))}


@press
def post_change(things: Things) -> Press:
    post = things.world.placement
    typed = {"wte": "0.40"} | boxes("start", post.start) | boxes("end", TODAY + 9 * WEEK) | boxes("on", TODAY)
    return Press("host_manager", at(things, "post_change"), typed | changed_once(things))


@press
def post_hand_over(things: Things) -> Press:
    typed = {"name": "Nia Newcomer", "email": "nia@people.example", "wte": "0.60", "role": "Economist"}
    typed |= boxes("on", TODAY)
    return Press("host_manager", at(things, "post_hand_over"), typed | changed_once(things))


@press
def post_end(things: Things) -> Press:
    return Press("host_manager", at(things, "post_end"), boxes("on", TODAY) | changed_once(things))


@press
def part_change(things: Things) -> Press:
    version = str(Residency.objects.get(pk=things.world.residency.pk).version)
    typed = {"name": "Sue Pervisor", "email": "sue@university.example", "form_key": key()}
    typed |= boxes("on", TODAY) | {"version": version}
    return Press("programme_lead", at(things, "part_change"), typed)


@press
def correct(things: Things) -> Press:
    residency = Residency.objects.get(pk=things.world.residency.pk)
    typed = boxes("started_on", residency.started_on) | {"days_a_week": "2.5", "why": "Typed wrongly"}
    return Press(
        "host_manager", at(things, "correct"), typed | {"form_key": key(), "version": str(residency.version)}
    )


@press
def closing_task(things: Things) -> Press:
    residency = things.world.residency
    actions.record_task(
        residency=residency,
        kind="work",
        owner_name="Sam Okoro",
        due=TODAY,
        done_on=None,
        by=things.world.people["programme_lead"],
        version=0,
    )
    typed = {"owner_name": "Ada Other", "form_key": key(), "version": "1"}
    return Press("host_manager", at(things, "closing_task"), typed | boxes("due", TODAY + WEEK))


def _ended(things: Things) -> None:
    Residency.objects.filter(pk=things.world.residency.pk).update(
        stage=Stage.ENDED, ended_on=TODAY, review_on=TODAY + 26 * WEEK
    )


SAID = {"lasted": "The Saturday clinic", "did_not_last": "The newsletter", "carried_on_by": "Ward 9"}


@press
def look_back(things: Things) -> Press:
    _ended(things)
    return Press("researcher", at(things, "look_back"), SAID | {"form_key": key()})


@press
def look_back_ask(things: Things) -> Press:
    _ended(things)
    typed = {"email": "ward@trust.example", "form_key": key()}
    return Press("host_manager", at(things, "look_back_ask"), typed)


@press
def look_back_answer(things: Things) -> Press:
    typed = SAID | {"name": "Ward sister", "form_key": key()}
    return Press(NOBODY, live_links(things)["look_back_answer"], typed, lands=200)
