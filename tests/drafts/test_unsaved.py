"""What was typed into the forms beside the log and never sent: kept for its writer, offered in words, taken up."""

from __future__ import annotations

import html
from typing import Any
from uuid import uuid4

import pytest

from embedded.drafts.models import Draft
from tests.house.addresses import Things, things_in
from tests.house.presses import Press, press_of
from tests.world import World

SAVE = "/drafts/save/"
# the address, the box that is written in, the name of its draft
FORMS = {
    "peer_meeting": ("learning", "peer-meeting-change/{slug}/{pk}/{number}/"),
    "peer_meeting_new": ("learning", "peer-meeting/{slug}/{pk}/"),
    "peer_set_rules": ("ground_rules", "peer-rules/{slug}/{pk}/"),
    "portfolio_line": ("text", "portfolio-line/{pk}/"),
    "portfolio_module": ("text", "portfolio-module/1/"),
    "request_change": ("what", "request-change/{slug}/{code}/{pk}/"),
    "request_new": ("what", "request/{slug}/{code}/"),
    "supervision_change": ("agreed", "meeting-change/{slug}/{code}/{pk}/"),
    "supervision_new": ("agreed", "meeting/{slug}/{code}/"),
}
NUMBERED = {
    "peer_meeting": "peer_set",
    "peer_meeting_new": "peer_set",
    "peer_set_rules": "peer_set",
    "portfolio_line": "portfolio_line",
    "request_change": "request",
    "supervision_change": "supervision_meeting",
}


def prefix_of(name: str, things: Things) -> str:
    world = things.world
    pk = things.number_of(NUMBERED[name]) if name in NUMBERED else 0
    number = things.more["peer_set"].meetings.latest("on").pk
    words = {"pk": pk, "number": number, "slug": world.programme.slug, "code": world.residency.code}
    return FORMS[name][1].format(**words)


def keep(world: World, prefix: str, key: str, fields: dict[str, Any]) -> None:
    typed = {name: value for name, value in fields.items() if name != "form_key"}
    answer = world.client("researcher").post(SAVE, typed | {"draft": f"{prefix}{key}"})
    assert answer.status_code == 204


def page_of(world: World, press: Press, **query: str) -> str:
    return html.unescape(world.client("researcher").get(press.address, query).content.decode())


@pytest.mark.parametrize("name", FORMS)
def test_p18_a_form_that_was_never_sent_is_offered_and_taken_up(world: World, name: str) -> None:
    things = things_in(world)
    press, key, words = press_of(name, things), str(uuid4()), "Words that nobody sent"
    typed = press.typing(**{FORMS[name][0]: words, "form_key": key}).typed
    keep(world, prefix_of(name, things), key, typed)
    assert words.encode() not in bytes(Draft.objects.get().payload)
    page = page_of(world, press)
    assert f'data-draft="{prefix_of(name, things)}' in page
    assert words in page and f"?draft={key}" in page
    assert f'name="form_key" value="{key}"' not in page
    taken_up = page_of(world, press, draft=key)
    assert (
        f">{words}</textarea>" in taken_up.replace(">\n", ">")
        and f'name="form_key" value="{key}"' in taken_up
    )
    answer = world.client("researcher").post(press.address, typed)
    assert answer.status_code == 302, answer.content.decode()
    assert not Draft.objects.exists()


def test_what_is_offered_can_be_thrown_away(world: World) -> None:
    things, key = things_in(world), str(uuid4())
    press = press_of("request_new", things)
    keep(world, prefix_of("request_new", things), key, {"what": "Something to forget"})
    browser = world.client("researcher")
    assert browser.post(press.address, {"throw_away": key})["Location"] == press.address
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    ("name", "remove"),
    [("portfolio_line", {"press": "remove"}), ("request_change", {})],
)
def test_drafts_go_with_what_is_removed(world: World, name: str, remove: dict[str, str]) -> None:
    things = things_in(world)
    press, field = press_of(name, things), FORMS[name][0]
    keep(world, prefix_of(name, things), str(uuid4()), {field: "Never sent"})
    other = f"request/x/x/{uuid4()}"
    keep(world, other.rpartition("/")[0] + "/", other.rpartition("/")[2], {"what": "Another one"})
    address = press.address if remove else press_of("request_remove", things).address
    answer = world.client("researcher").post(address, remove | {"form_key": str(uuid4())})
    assert answer.status_code == 302
    assert [draft.purpose for draft in Draft.objects.all()] == [other]


def test_a_week_is_offered_in_words_and_taken_up(world: World) -> None:
    things, key = things_in(world), str(uuid4())
    press = press_of("log_week", things)
    box = next(name for name in press.typed if name.startswith("c."))
    prefix = f"week/{press.address.split('/')[3]}/"
    keep(world, prefix, key, {box: "1:45", "add_kind": ""})
    page = page_of(world, press)
    offered = page.partition("Not saved yet")[2].partition("</form>")[0]
    assert ": 1:45" in offered and "c." not in offered and "Teaching" in offered
    assert 'value="1:45"' not in page
    taken_up = page_of(world, press, draft=key)
    assert f'name="{box}" value="1:45"' in taken_up and f'name="form_key" value="{key}"' in taken_up
    answer = world.client("researcher").post(press.address, {"form_key": key, box: "1:45"})
    assert answer.status_code == 302 and not Draft.objects.exists()


def test_ticks_are_offered_in_words_and_taken_up(world: World) -> None:
    things, key = things_in(world), str(uuid4())
    press = press_of("calendar_ticks", things)
    pk = press.typed["tick"]
    keep(world, "calendar-ticks/until-today/", key, {"tick": pk, f"long_{pk}": "1:45", "kind": "relational"})
    page = page_of(world, press)
    offered = page.partition("Not saved yet")[2].partition("</form>")[0]
    assert "canary meeting" in offered and "Ticked, 1:45" in offered and "long" not in offered.lower()
    taken_up = page_of(world, press, draft=key)
    assert f'name="long_{pk}" value="1:45"' in taken_up and f'value="{pk}" checked' in taken_up
    answer = world.client("researcher").post(press.address, press.typed | {"form_key": key})
    assert answer.status_code == 302 and not Draft.objects.exists()
