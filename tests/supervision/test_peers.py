"""Sets of peers (V-70): members read who is in it; outside, how many came and what was let out; 3 to 9 is a warning."""

from __future__ import annotations

import pytest

from programmes.models import PeerMeeting, PeerSet
from programmes.supervision.peer_actions import record_meeting
from tests.registration.filled import TODAY, boxes, key
from tests.world import World, client_of, join, make_person


def make_set(world: World, kind: str = "als", members: int = 4) -> PeerSet:
    made = PeerSet.objects.create(
        programme=world.programme,
        kind=kind,
        name="Thursdays",
        facilitator_name="Fay Guide",
        ground_rules="Listen first",
    )
    people = [world.people["researcher"], *(make_person(f"Peer {number}") for number in range(members - 1))]
    for person in people[:members]:
        made.members.create(person=person, since=TODAY)
    return made


def url(world: World, tail: str = "") -> str:
    return f"/p/{world.programme.slug}/peer-sets/{tail}"


def page(world: World, who: str, made: PeerSet) -> str:
    answer = world.client(who).get(url(world, f"{made.pk}/"))
    assert answer.status_code == 200
    return answer.content.decode()


def test_v70_outside_stand_attendance_and_what_was_let_out_alone(world: World) -> None:
    made, researcher = make_set(world), world.people["researcher"]
    record_meeting(peer_set=made, on=TODAY, attended=[researcher], learning="Ask earlier", by=researcher)
    inside = page(world, "researcher", made)
    for words in ("Listen first", "Fay Guide", "Peer 1", "Ask earlier"):
        assert words in inside
    for who in ("programme_lead", "academic_supervisor"):
        outside = page(world, who, made)
        assert "Ask earlier" in outside and "How many came" in outside
        for words in ("Listen first", "Fay Guide", "Peer 1"):
            assert words not in outside


def test_v70_who_left_reads_what_everybody_outside_reads(world: World) -> None:
    made = make_set(world)
    member = made.members.get(person=world.people["researcher"])
    world.client("programme_lead").post(url(world, f"{made.pk}/members/"), {"leave": member.pk})
    assert "Listen first" not in page(world, "researcher", made)
    for tail in ("rules/", "meetings/new/"):
        assert world.client("researcher").get(url(world, f"{made.pk}/{tail}")).status_code == 403


@pytest.mark.parametrize("who", ["programme_lead", "academic_supervisor"])
def test_v70_whoever_is_outside_records_nothing_and_sets_no_rules(world: World, who: str) -> None:
    made = make_set(world)
    for tail in ("rules/", "meetings/new/"):
        assert world.client(who).get(url(world, f"{made.pk}/{tail}")).status_code == 403


@pytest.mark.parametrize(
    ("kind", "members", "warned"),
    [("als", 2, True), ("als", 3, False), ("als", 9, False), ("als", 10, True), ("cop", 10, False)],
)
def test_v70_less_than_three_or_more_than_nine_is_a_warning(
    world: World, kind: str, members: int, warned: bool
) -> None:
    made = make_set(world, kind, members)
    assert ("four to seven are usual" in page(world, "researcher", made)) is warned
    browser = world.client("programme_lead")
    person = make_person("One More")
    join(person, "researcher", world.programme, world.residency)
    typed = {"form_key": key(), "person": str(person.pk)}
    assert browser.post(url(world, f"{made.pk}/members/"), typed).status_code == 302
    assert made.members.count() == members + 1


@pytest.mark.parametrize("who", ["funder", "host_manager", "hr", "public_partner"])
def test_sets_are_for_leads_supervisors_and_researchers(world: World, who: str) -> None:
    assert world.client(who).get(url(world)).status_code in (403, 404)


def test_a_set_of_another_programme_is_not_there(world: World, other_world: World) -> None:
    made = make_set(world)
    browser = other_world.client("programme_lead")
    assert browser.get(url(world, f"{made.pk}/")).status_code == 404
    assert browser.get(url(other_world, f"{made.pk}/")).status_code == 404


def test_a_member_records_a_meeting_and_the_same_day_once(world: World) -> None:
    made, browser = make_set(world), world.client("researcher")
    typed = {"attended": str(world.people["researcher"].pk), "learning": "Ask earlier"} | boxes("on", TODAY)
    assert (
        browser.post(url(world, f"{made.pk}/meetings/new/"), typed | {"form_key": key()}).status_code == 302
    )
    again = browser.post(url(world, f"{made.pk}/meetings/new/"), typed | {"form_key": key()})
    assert "a meeting on that day is recorded already" in again.content.decode()
    assert PeerMeeting.objects.count() == 1


def test_only_people_of_the_programme_can_be_chosen(world: World, other_world: World) -> None:
    made = make_set(world)
    stranger = other_world.people["researcher"]
    typed = {"form_key": key(), "person": str(stranger.pk)}
    answer = world.client("programme_lead").post(url(world, f"{made.pk}/members/"), typed)
    assert answer.status_code == 200 and "Select who joins" in answer.content.decode()
    assert client_of(stranger).get(url(world)).status_code == 404


def test_pressed_twice_somebody_has_left_once(world: World) -> None:
    made = make_set(world)
    press = {"leave": made.members.get(person=world.people["researcher"]).pk, "form_key": key()}
    for _ in range(2):
        answer = world.client("programme_lead").post(url(world, f"{made.pk}/members/"), press)
        assert answer.status_code == 302
    assert not made.members.filter(person=world.people["researcher"], until=None).exists()
