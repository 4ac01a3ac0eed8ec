"""The presses of the clear line of work, settling in, supervision and the pulse."""

from __future__ import annotations

import datetime
from typing import Any

from tests.house.addresses import Things
from tests.house.pressing import Press, at, press
from tests.registration.filled import TODAY, boxes, key


def request_typed(**fields: Any) -> dict[str, Any]:
    typed = {
        "form_key": key(),
        "what": "A survey of the wards",
        "asked_by": "Sister Okoro",
        "answer": "not_now",
    }
    return typed | {"project": ""} | boxes("asked_on", TODAY) | fields


@press
def request_new(things: Things) -> Press:
    return Press("researcher", at(things, "request_new"), request_typed())


@press
def request_change(things: Things) -> Press:
    return Press("researcher", at(things, "request_change"), request_typed(version="1"))


@press
def request_answer(things: Things) -> Press:
    return Press("researcher", at(things, "request_answer"), {"form_key": key(), "press": "no"})


@press
def request_remove(things: Things) -> Press:
    return Press("researcher", at(things, "request_remove"), {"form_key": key()})


@press
def scope_change_new(things: Things) -> Press:
    typed = {"form_key": key(), "what": "Winter pressures", "gave_way": "The second survey"}
    return Press("host_manager", at(things, "scope_change_new"), typed | boxes("on", TODAY))


@press
def agreed_shares(things: Things) -> Press:
    typed = {"form_key": key(), "relational": "30", "knowledge_creation": "40", "academic_home": "20"}
    return Press("researcher", at(things, "agreed_shares"), typed | boxes("since", TODAY))


@press
def pulse(things: Things) -> Press:
    typed = {"form_key": key(), "getting_in": "stuck", "line_of_work": "so_so", "academic": "well"}
    return Press("researcher", at(things, "pulse"), typed | {"version": "1"})


@press
def pulse_month(things: Things) -> Press:
    return Press(
        "researcher", at(things, "pulse_month"), {"form_key": key(), "press": "share", "version": "1"}
    )


def meeting_typed(**fields: Any) -> dict[str, Any]:
    """As a researcher types it; a supervisor is asked for less."""
    typed = {
        "form_key": key(),
        "side": "university",
        "with_name": "Ada Academic",
        "agreed": "One paper in May",
    }
    return typed | boxes("on", TODAY) | boxes("next_on", TODAY + datetime.timedelta(days=28)) | fields


@press
def supervision_new(things: Things) -> Press:
    return Press("researcher", at(things, "supervision_new"), meeting_typed())


@press
def supervision_change(things: Things) -> Press:
    return Press("researcher", at(things, "supervision_change"), meeting_typed(version="1"))


@press
def peer_set_new(things: Things) -> Press:
    typed = {
        "form_key": key(),
        "kind": "als",
        "name": "Thursdays",
        "facilitator_name": "Fay",
        "every_weeks": "6",
    }
    return Press("programme_lead", at(things, "peer_set_new"), typed)


@press
def peer_set_members(things: Things) -> Press:
    person = things.world.people["academic_supervisor"]
    typed = {"form_key": key(), "person": str(person.pk)}
    return Press("programme_lead", at(things, "peer_set_members"), typed)


@press
def peer_set_rules(things: Things) -> Press:
    typed = {"form_key": key(), "ground_rules": "Listen first", "version": "1"}
    return Press("researcher", at(things, "peer_set_rules"), typed)


def peer_meeting_typed(things: Things, **fields: Any) -> dict[str, Any]:
    typed = {
        "form_key": key(),
        "attended": str(things.world.people["researcher"].pk),
        "learning": "Ask earlier",
    }
    return typed | boxes("on", TODAY - datetime.timedelta(days=3)) | fields


@press
def peer_meeting_new(things: Things) -> Press:
    return Press("researcher", at(things, "peer_meeting_new"), peer_meeting_typed(things))


@press
def peer_meeting(things: Things) -> Press:
    return Press("researcher", at(things, "peer_meeting"), peer_meeting_typed(things, version="1"))


@press
def settling(things: Things) -> Press:
    typed = {"form_key": key(), "words": "Sit in on a ward round", "week": "3"}
    return Press("researcher", at(things, "settling"), typed)


@press
def settling_tick(things: Things) -> Press:
    return Press("researcher", at(things, "settling_tick"), {"form_key": key(), "press": "done:people"})
