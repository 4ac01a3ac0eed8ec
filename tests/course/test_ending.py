"""Ending and after: the closing list (V-15, V-16), looking back at 6 and 12 months, by account and by link."""

from __future__ import annotations

import datetime
import re
from html import escape
from typing import Any

import pytest
from django.test import Client

from embedded.audit.models import Event
from embedded.nhsuk.words import start_low
from embedded.post.models import Letter
from programmes.access import Scope
from programmes.lifecycle import StepRefused, take_step
from programmes.measures.period import add_months
from programmes.models import (
    CLOSED_AT_THE_END,
    AccessItem,
    AccessKind,
    ClosingKind,
    ClosingTask,
    EndedReason,
    Invitation,
    LookingBack,
    Placement,
    PostChange,
    Residency,
    Stage,
)
from programmes.onboarding import reading
from tests.registration.filled import TODAY, boxes, key
from tests.world import World

WEEK = datetime.timedelta(days=7)


@pytest.fixture
def closing(world: World) -> World:
    take_step(world.residency, "begin_ending", by=world.people["programme_lead"], on=TODAY)
    return world


@pytest.fixture
def ended(world: World) -> World:
    take_step(world.residency, "begin_ending", by=world.people["programme_lead"], on=TODAY)
    take_step(world.residency, "end", by=world.people["programme_lead"], on=TODAY)
    return world


def record(client: Client, world: World, kind: str = "work", version: int = 0, **typed: str) -> Any:
    said = {"owner_name": "Sam Okoro", "form_key": key(), "version": str(version)}
    return client.post(world.url(f"ending/{kind}/"), said | boxes("due", TODAY + WEEK) | typed)


def test_closing_list_says_in_plain_words_what_is_to_do_and_whose_it_is(closing: World) -> None:
    manager = closing.client("host_manager")
    record(manager, closing, **boxes("done_on", TODAY))
    record(manager, closing, "data")
    page = manager.get(closing.url("ending/")).content.decode()
    for kind in ClosingKind:
        assert str(kind.label) in page
    assert page.count("Sam Okoro") == 2 and page.count("To do") == len(ClosingKind) - 1
    course = closing.client("programme_lead").get(closing.url("course/")).content.decode()
    assert str(ClosingKind.WORK.label) not in course and str(ClosingKind.DATA.label) in course


def test_v16_open_access_and_an_undone_list_are_shown_and_stop_nobody(closing: World) -> None:
    AccessItem.objects.create(
        placement=closing.placement, host=closing.host, kind="it_account", state="in_place"
    )
    page = closing.client("host_manager").get(closing.url("ending/")).content.decode()
    assert "IT account for Embedded researcher at Made Up Trust" in page
    typed = boxes("on", TODAY) | {"form_key": key()}
    assert closing.client("programme_lead").post(closing.url("step/end/"), typed).status_code == 302
    closing.residency.refresh_from_db()
    assert (closing.residency.stage, closing.residency.ended_on) == (Stage.ENDED, TODAY)


@pytest.mark.parametrize(
    ("state", "expires", "shown"),
    [("in_place", None, True), ("in_place", TODAY + WEEK, False), ("revoked", None, False)],
)
def test_v16_access_that_is_ended_or_has_a_last_day_is_not_open(
    closing: World, state: str, expires: datetime.date | None, shown: bool
) -> None:
    AccessItem.objects.create(
        placement=closing.placement, host=closing.host, kind="it_account", state=state, expires_on=expires
    )
    page = closing.client("host_manager").get(closing.url("ending/")).content.decode()
    assert ("IT account for" in page) == shown


def test_v16_closing_list_can_be_reached_after_the_end_until_nothing_on_it_is_open(ended: World) -> None:
    """It is counted in what comes next and in the brief; looking back comes first from its own day on."""
    lead, manager = ended.client("programme_lead"), ended.client("host_manager")
    badge = AccessItem.objects.create(
        placement=ended.placement, host=ended.host, kind="badge", state="in_place"
    )
    for kind in ClosingKind:
        ClosingTask.objects.create(
            residency=ended.residency, kind=kind, done_on=TODAY, recorded_by=ended.people["hr"]
        )
    work = ClosingTask.objects.filter(kind="work")
    work.update(done_on=None, owner_name="Sam Okoro")
    way, there = ended.url("ending/"), ended.url()

    def top() -> str:
        return manager.get(there).content.decode().split("app-next")[1][:400]

    assert way in top() and "Go through the closing list" in top()
    assert way in manager.get(ended.url("course/")).content.decode()
    brief = lead.get(ended.url("brief/")).content.decode()
    assert "To close: somebody takes over the work that goes on (Sam Okoro)" in brief
    assert "To close: badge for Embedded researcher at Made Up Trust (nobody named)" in brief
    ours = Residency.objects.filter(pk=ended.residency.pk)
    ours.update(review_on=TODAY)
    assert "Look back: what lasted?" in top()
    ours.update(review_on=TODAY + WEEK)
    work.update(done_on=TODAY)
    assert way in top()
    badge.state = "revoked"
    badge.save()
    assert way not in manager.get(there).content.decode() and "Look back" in top()
    assert way not in manager.get(ended.url("course/")).content.decode()
    assert "Nothing is open" in lead.get(ended.url("brief/")).content.decode()


def test_v16_what_was_brought_in_after_its_end_has_no_closing_list(ended: World) -> None:
    Residency.objects.filter(pk=ended.residency.pk).update(adopted_on=TODAY + WEEK)
    page = ended.client("host_manager").get(ended.url()).content.decode()
    assert ended.url("ending/") not in page and "Look back: what lasted?" in page
    assert "Brought in after it had ended." in page
    Residency.objects.filter(pk=ended.residency.pk).update(adopted_on=TODAY)
    page = ended.client("host_manager").get(ended.url()).content.decode()
    assert ended.url("ending/") in page and "Brought in while it was running." in page


@pytest.mark.parametrize("kind", AccessKind)
def test_v16_only_what_somebody_holds_is_to_be_closed(closing: World, kind: str) -> None:
    """A check, a training or an induction was made, and stays made."""
    held = kind in CLOSED_AT_THE_END
    AccessItem.objects.create(
        placement=closing.placement,
        host=closing.host,
        kind=kind,
        state="in_place",
        issued_on=TODAY - WEEK,
        issuer="R&D",
        reference="7",
    )
    Placement.objects.filter(pk=closing.placement.pk).update(end=TODAY - 10 * WEEK)
    lead, name = closing.client("programme_lead"), escape(str(AccessKind(kind).label))
    for tail in ("step/end/", "ending/", "course/"):
        page = lead.get(closing.url(tail)).content.decode()
        assert (f"{name} for Embedded researcher at Made Up Trust" in page) == held, tail
    leavers = lead.get(f"/p/{closing.programme.slug}/on-site/").content.decode()
    assert (name in leavers) == held


def test_closing_line_saved_by_two_is_not_overwritten(closing: World) -> None:
    manager = closing.client("host_manager")
    record(manager, closing)
    page = record(manager, closing, owner_name="Ada Other").content.decode()
    assert "This has changed since you opened it" in page and "Sam Okoro" in page and "Ada Other" in page
    assert ClosingTask.objects.get().owner_name == "Sam Okoro"
    assert record(manager, closing, version=1, owner_name="Ada Other").status_code == 302
    assert ClosingTask.objects.get().owner_name == "Ada Other"
    history = manager.get(closing.url("history/")).content.decode()
    assert "recorded on the closing list: somebody takes over the work" in history


def test_closing_line_is_not_done_tomorrow(closing: World) -> None:
    page = record(closing.client("host_manager"), closing, **boxes("done_on", TODAY + WEEK)).content.decode()
    assert "must be today or in the past" in page
    assert closing.client("host_manager").get(closing.url("ending/nonsense/")).status_code == 404


# Why it is over, and what becomes of the posts


@pytest.mark.parametrize("reason", EndedReason)
def test_early_end_says_which_of_eight_reasons_and_says_it_in_a_sentence(world: World, reason: str) -> None:
    """domain.md §3.4: a residency that stopped early was not finished; all else may be why."""
    lead, address = world.client("programme_lead"), world.url("step/stop_early/")
    asked = lead.get(address).content.decode()
    assert (str(EndedReason(reason).label) in asked) == (reason != EndedReason.COMPLETED)
    typed = boxes("on", TODAY) | {"why": "The grant was cut", "ended_reason": reason, "form_key": key()}
    answer = lead.post(address, typed)
    assert (answer.status_code == 302) == (reason != EndedReason.COMPLETED)
    if answer.status_code == 302:
        change = world.residency.stage_changes.get()
        assert (change.ended_reason, change.why) == (reason, "The grant was cut")
        told = lead.get(world.url("history/")).content.decode()
        assert f"stopped it early ({start_low(str(EndedReason(reason).label))})" in told


def test_early_end_without_a_reason_is_asked_for_one_and_keeps_the_sentence(world: World) -> None:
    typed = boxes("on", TODAY) | {"why": "The grant was cut", "form_key": key()}
    page = world.client("programme_lead").post(world.url("step/stop_early/"), typed).content.decode()
    assert "Select why it ends early" in page and "The grant was cut" in page
    by = world.people["programme_lead"]
    with pytest.raises(StepRefused, match="Select why it ends early"):
        take_step(world.residency, "stop_early", by=by, on=TODAY, why="So", ended_reason="completed")
    assert not world.residency.stage_changes.exists()


def test_what_ended_as_planned_was_finished(ended: World) -> None:
    assert ended.residency.stage_changes.get(to_stage="ended").ended_reason == EndedReason.COMPLETED


@pytest.mark.parametrize("name", ["end", "stop_early"])
@pytest.mark.parametrize(
    ("planned", "ends"),
    [(None, TODAY), (TODAY + WEEK, TODAY), (TODAY, TODAY), (TODAY - WEEK, TODAY - WEEK)],
)
def test_what_ends_closes_its_posts_on_that_day_and_keeps_what_they_were(
    closing: World, name: str, planned: datetime.date | None, ends: datetime.date
) -> None:
    post, by = closing.placement, closing.people["programme_lead"]
    Placement.objects.filter(pk=post.pk).update(end=planned)
    take_step(closing.residency, name, by=by, on=TODAY, why="So", ended_reason="other")
    post.refresh_from_db()
    assert post.end == ends
    kept = list(PostChange.objects.values_list("placement", "old_end", "new_end", "on"))
    assert kept == ([(post.pk, planned, TODAY, TODAY)] if planned != ends else [])


def test_v14_what_is_withdrawn_keeps_nobody_from_another_post(closing: World) -> None:
    Residency.objects.filter(pk=closing.residency.pk).update(stage="onboarding", started_on=None)
    closing.residency.refresh_from_db()
    post = closing.placement
    take_step(closing.residency, "withdraw", by=closing.people["programme_lead"], on=TODAY, why="No money")
    post.refresh_from_db()
    assert post.end == TODAY
    assert closing.residency.ended_on is None


def test_post_that_had_not_begun_keeps_its_first_day_alone(closing: World) -> None:
    """No post ends before it starts; nobody has been on site."""
    later = Placement.objects.create(
        residency=closing.residency, person=closing.people["hr"], wte="0.20", start=TODAY + WEEK
    )
    take_step(closing.residency, "end", by=closing.people["programme_lead"], on=TODAY)
    later.refresh_from_db()
    assert (later.start, later.end) == (TODAY + WEEK, TODAY + WEEK + datetime.timedelta(days=1))


def test_post_that_has_not_begun_is_withdrawn_with_its_invitation_and_said_before(world: World) -> None:
    """It is nobody's last day anywhere: not on the pages, not on site, not as missing access, not as an invitation."""
    lead, manager = world.client("programme_lead"), world.client("host_manager")
    typed = {
        "name": "Noor Next",
        "email": "noor@people.example",
        "wte": "0.40",
        "form_key": key(),
        "version": "0",
    }
    typed |= boxes("on", TODAY + WEEK)
    assert manager.post(world.url(f"posts/{world.placement.pk}/hand-over/"), typed).status_code == 302
    later = Placement.objects.get(person__display_name="Noor Next")
    Placement.objects.filter(pk=later.pk).update(accepted_on=TODAY)
    asked = lead.get(world.url("step/stop_early/")).content.decode()
    assert "is withdrawn, and so is its invitation" in asked and "Noor Next, from" in asked
    said = boxes("on", TODAY) | {"why": "The grant was cut", "ended_reason": "other", "form_key": key()}
    assert lead.post(world.url("step/stop_early/"), said).status_code == 302
    offered = Invitation.objects.get(membership__person__display_name="Noor Next")
    assert offered.withdrawn_at and offered.link.revoked_at and offered.membership.end == TODAY
    first = TODAY + WEEK
    begins = f"was to begin on {first.day} {first:%B %Y}"
    for tail in ("", "posts/", "brief/"):
        page = manager.get(world.url(tail)).content.decode()
        assert begins in page and f"to {(first + WEEK / 7).day} " not in page, tail
    assert "Nothing missing" in manager.get(world.url("access/")).content.decode()
    assert "withdrew the post of Noor Next" in lead.get(world.url("history/")).content.decode()
    assert "Noor Next" not in lead.get(f"/p/{world.programme.slug}/on-site/").content.decode()
    scope = Scope(world.people["programme_lead"], first)
    assert not reading.posts_on_site(scope, [world.programme], first).filter(pk=later.pk)


def test_leavers_are_told_of_posts_that_closed_with_it(closing: World) -> None:
    take_step(closing.residency, "end", by=closing.people["programme_lead"], on=TODAY)
    page = closing.client("host_manager").get(closing.url("posts/")).content.decode()
    assert "Over" in page and f"to {TODAY.day} {TODAY:%B %Y}" in page
    told = closing.client("host_manager").get(closing.url("history/")).content.decode()
    assert f"the end from no date to {TODAY.day} {TODAY:%B %Y}" in told


# Looking back


def test_end_sets_the_day_to_look_back(ended: World) -> None:
    """Half a year on; it stands in what is ahead and on top of the page."""
    assert ended.residency.review_on == add_months(TODAY, 6)
    for kind in ClosingKind:
        ClosingTask.objects.create(
            residency=ended.residency, kind=kind, done_on=TODAY, recorded_by=ended.people["hr"]
        )
    page = ended.client("programme_lead").get(ended.url()).content.decode()
    assert "Look back: what lasted?" in page


def answer(client: Client, world: World, months: int = 6, **typed: str) -> Any:
    said = {"lasted": "The Saturday clinic", "carried_on_by": "Ward 9", "form_key": key()}
    return client.post(world.url(f"looking-back/{months}/"), said | typed)


def test_looking_back_by_account_at_six_and_twelve_months(ended: World) -> None:
    lead, residency = ended.client("programme_lead"), ended.residency
    assert answer(lead, ended).status_code == 302
    residency.refresh_from_db()
    assert (residency.stage, residency.review_on) == (Stage.LEGACY, add_months(TODAY, 12))
    assert answer(lead, ended, 12, lasted="Nothing").status_code == 302
    residency.refresh_from_db()
    assert (residency.stage, residency.review_on) == (Stage.LEGACY, None)
    page = lead.get(ended.url("looking-back/")).content.decode()
    for words in ("The Saturday clinic", "Ward 9", "Nothing", "Programme lead"):
        assert words in page


def test_looking_back_needs_what_lasted_and_keeps_the_first_answer(ended: World) -> None:
    manager = ended.client("host_manager")
    assert "Enter what has lasted" in answer(manager, ended, lasted="").content.decode()
    answer(manager, ended)
    page = answer(manager, ended, lasted="Something else").content.decode()
    assert "has answered already" in page
    assert LookingBack.objects.get().lasted == "The Saturday clinic"
    ended.residency.refresh_from_db()
    assert ended.residency.stage == Stage.ENDED  # whoever may not take steps takes none


def test_looking_back_by_link_without_an_account(ended: World) -> None:
    lead = ended.client("programme_lead")
    typed = {"email": "ward@trust.example", "form_key": key()}
    assert lead.post(ended.url("looking-back/6/ask/"), typed).status_code == 302
    letter = Letter.objects.get(to="ward@trust.example")
    found = re.search(r"https?://[^/]+(/looking-back/k1_\S+)", letter.text)
    assert found
    address, visitor = found.group(1), Client()
    before = LookingBack.objects.values().get()
    assert visitor.get(address).status_code == 200
    assert LookingBack.objects.values().get() == before  # reading changes nothing
    assert "Enter what has lasted" in visitor.post(address, {"lasted": ""}).content.decode()
    said = visitor.post(address, {"lasted": "The Saturday clinic", "name": "", "form_key": key()})
    assert "Thank you" in said.content.decode()
    row = LookingBack.objects.get()
    assert (row.lasted, row.answered_by_name) == ("The Saturday clinic", "ward@trust.example")
    assert Event.objects.get(deed="looking_back.answered").who == "Nobody signed in"
    history = lead.get(ended.url("history/")).content.decode()
    assert "Somebody with a link said what lasted" in history
    visitor.post(address, {"lasted": "Another", "form_key": key()})
    assert LookingBack.objects.get().lasted == "The Saturday clinic"


def test_newer_link_ends_the_older_one(ended: World) -> None:
    lead = ended.client("programme_lead")
    for name in ("first", "second"):
        typed = {"email": f"{name}@trust.example", "form_key": key()}
        lead.post(ended.url("looking-back/6/ask/"), typed)
    found = {
        letter.to: re.search(r"(/looking-back/k1_\S+)", letter.text).group(1)  # type: ignore[union-attr]
        for letter in Letter.objects.filter(to__endswith="@trust.example")
    }
    assert Client().get(found["first@trust.example"]).status_code == 410
    assert Client().get(found["second@trust.example"]).status_code == 200


@pytest.mark.parametrize("months", [5, 7, 13])
def test_looking_back_is_at_six_and_twelve_months_only(ended: World, months: int) -> None:
    assert ended.client("programme_lead").get(ended.url(f"looking-back/{months}/")).status_code == 404


def test_looking_back_at_what_goes_on_says_when(world: World) -> None:
    lead = world.client("programme_lead")
    assert "It has not ended yet" in lead.get(world.url("looking-back/")).content.decode()
    for tail in ("6/", "12/", "6/ask/"):
        page = lead.get(world.url(f"looking-back/{tail}")).content.decode()
        assert "It has not ended yet" in page and "<form" not in page[page.index("<main") :]


def test_stopped_early_is_looked_back_at_and_stays_stopped(world: World) -> None:
    lead = world.people["programme_lead"]
    take_step(
        world.residency,
        "stop_early",
        by=lead,
        on=TODAY,
        why="The grant was cut",
        ended_reason="funding_ended",
    )
    assert answer(world.client("programme_lead"), world).status_code == 302
    found = Residency.objects.get(pk=world.residency.pk)
    assert (found.stage, found.review_on) == (Stage.TERMINATED_EARLY, add_months(TODAY, 12))


def test_public_partner_reads_what_lasted_and_cannot_answer(ended: World) -> None:
    answer(ended.client("programme_lead"), ended)
    partner = ended.client("public_partner")
    assert "The Saturday clinic" in partner.get(ended.url("looking-back/")).content.decode()
    assert partner.get(ended.url("looking-back/12/")).status_code == 403
