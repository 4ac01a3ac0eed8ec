"""The presses of what a residency makes of its own record: packs, case studies, summaries of two pages."""

from __future__ import annotations

from tests.house.addresses import Things
from tests.house.live import live_links
from tests.house.pressing import NOBODY, Press, at, press
from tests.house.things.packs import shelved
from tests.registration.filled import key


@press
def own_pack(things: Things) -> Press:
    shelved()
    typed = {"form_key": key(), "moment": "setting-one-up", "papers": "registration"}
    return Press("researcher", at(things, "own_pack"), typed)


def case_typed(**fields: str) -> dict[str, str]:
    typed = {
        "form_key": key(),
        "title": "A ward listens",
        "challenges": "Time",
        "not_known": "Whether it lasts",
    }
    return typed | fields


@press
def case_new(things: Things) -> Press:
    return Press("researcher", at(things, "case_new"), case_typed())


@press
def case_edit(things: Things) -> Press:
    return Press("researcher", at(things, "case_edit"), case_typed(version="1"))


@press
def case_send(things: Things) -> Press:
    return Press("researcher", at(things, "case_send"), {"form_key": key(), "email": "manager@host.example"})


@press
def case_check(things: Things) -> Press:
    return Press(
        "host_manager", at(things, "case_check"), {"form_key": key(), "press": "agree", "version": "1"}
    )


@press
def case_host(things: Things) -> Press:
    typed = {"form_key": key(), "press": "agree", "name": "Host", "version": "1"}
    return Press(NOBODY, live_links(things)["case_host"], typed, lands=200)


@press
def case_consent(things: Things) -> Press:
    typed = {"form_key": key(), "press": "yes", "version": "1"}
    return Press(NOBODY, live_links(things)["case_consent"], typed, lands=200)


@press
def case(things: Things) -> Press:
    return Press("programme_lead", at(things, "case"), {"form_key": key(), "press": "publish"})


@press
def case_withdraw(things: Things) -> Press:
    return Press("researcher", at(things, "case_withdraw"), {"form_key": key(), "why": "A number was wrong"})


@press
def case_person_add(things: Things) -> Press:
    typed = {"form_key": key(), "name": "Ada Carer", "part": "carer", "email": "ada@home.example"}
    return Press("researcher", at(things, "case_person_add"), typed)


@press
def case_person(things: Things) -> Press:
    return Press("researcher", at(things, "case_person"), {"form_key": key(), "press": "send"})


@press
def case_person_said(things: Things) -> Press:
    typed = {"form_key": key(), "answer": "yes", "read_back": "in_person", "version": "1"}
    return Press("researcher", at(things, "case_person_said"), typed)


@press
def bite_edit(things: Things) -> Press:
    typed = {"form_key": key(), "question": "Who falls at night?", "hard": "Time", "version": "1"}
    return Press("researcher", at(things, "bite_edit"), typed)
