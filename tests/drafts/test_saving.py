"""Drafts that a page keeps of itself: its own person's, bounded, two tabs apart, gone once the form is sent."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from embedded.drafts import kept_under
from embedded.drafts.kept import MOST_DRAFTS
from embedded.drafts.models import Draft, ParkedPost
from programmes.models import Activity
from tests.logbook.test_log import typed
from tests.world import World

SAVE = "/drafts/save/"


def purpose(world: World, key: str) -> str:
    return f"log/{world.programme.slug}/{world.residency.code}/{key}"


def kept(world: World, key: str, **fields: Any) -> None:
    answer = world.client("researcher").post(SAVE, {"draft": purpose(world, key)} | fields)
    assert (answer.status_code, answer.content) == (204, b"")


def test_a_draft_is_sealed_and_offered_by_the_log(world: World) -> None:
    key, client = str(uuid4()), world.client("researcher")
    kept(
        world,
        key,
        what="The canary sings",
        how_long="45",
        date_day="3",
        kind="educational",
        readers="only_me",
    )
    draft = Draft.objects.get()
    assert b"canary" not in bytes(draft.payload)
    page = client.get(world.url("log/")).content.decode()
    assert "The canary sings" in page and f"?draft={key}" in page
    form = client.get(world.url("log/"), {"draft": key}).content.decode()
    assert 'value="45"' in form and f'name="form_key" value="{key}"' in form
    assert b"canary" not in world.client("academic_supervisor").get(world.url()).content


def test_two_tabs_keep_two_and_saving_one_leaves_the_other(world: World) -> None:
    one, two = str(uuid4()), str(uuid4())
    for key, what in ((one, "First tab"), (two, "Second tab"), (one, "First tab, more")):
        kept(world, key, what=what)
    client = world.client("researcher")
    page = client.get(world.url("log/")).content.decode()
    assert "First tab, more" in page and "Second tab" in page
    client.post(world.url("log/"), typed(form_key=one, what="First tab, more"))
    assert [draft.purpose for draft in Draft.objects.all()] == [purpose(world, two)]


def test_a_draft_that_comes_after_its_form_was_sent_is_not_kept(world: World) -> None:
    key = str(uuid4())
    world.client("researcher").post(world.url("log/"), typed(form_key=key))
    kept(world, key, what="Too late")
    assert not Draft.objects.exists()


def test_a_draft_is_thrown_away(world: World) -> None:
    key, client = str(uuid4()), world.client("researcher")
    kept(world, key, what="Never mind")
    client.post(world.url("log/"), {"throw_away": key})
    assert not Draft.objects.exists() and not Activity.objects.exists()


def test_a_draft_of_a_change_is_offered_with_its_entry(world: World) -> None:
    client, key = world.client("researcher"), str(uuid4())
    client.post(world.url("log/"), typed())
    entry = Activity.objects.get()
    prefix = f"log-entry/{entry.pk}/{world.programme.slug}/{world.residency.code}/"
    client.post(SAVE, {"draft": prefix + key, "what": "Half a thought", "version": "1"})
    address = world.url(f"log/{entry.pk}/")
    assert b"Half a thought" in client.get(address).content
    assert b"Half a thought" not in client.get(world.url("log/")).content
    page = client.get(address, {"draft": key}).content.decode()
    assert 'name="version" value="1"' in page
    client.post(address, typed(form_key=key, what="Half a thought", version="1"))
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    "wrong", ["", "log", "LOG/x", "log/a b", "log/" + "x" * 250, "../log/x", "log//x", "log/é"]
)
def test_a_draft_of_nothing_is_refused(world: World, wrong: str) -> None:
    assert world.client("researcher").post(SAVE, {"draft": wrong, "what": "x"}).status_code == 404
    assert not Draft.objects.exists()


@pytest.mark.parametrize(("length", "status"), [(60_000, 204), (66_000, 413)])
def test_a_draft_holds_64_kib(world: World, length: int, status: int) -> None:
    sent = {"draft": purpose(world, str(uuid4())), "what": "x" * length}
    assert world.client("researcher").post(SAVE, sent).status_code == status
    assert Draft.objects.exists() is (status == 204)


def test_the_oldest_drafts_make_room(world: World) -> None:
    keys = [str(uuid4()) for _ in range(MOST_DRAFTS + 1)]
    for key in keys:
        kept(world, key, what=key)
    assert Draft.objects.count() == MOST_DRAFTS
    assert not Draft.objects.filter(purpose=purpose(world, keys[0])).exists()
    found = kept_under(world.people["researcher"], purpose(world, ""))
    assert [one.key for one in found] == keys[:0:-1]


def test_signed_out_nothing_is_kept_and_the_page_can_tell(world: World) -> None:
    answer = Client().post(SAVE, {"draft": purpose(world, str(uuid4())), "what": "x"})
    assert answer.status_code == 302
    assert not Draft.objects.exists() and not ParkedPost.objects.exists()
