"""More presses for the bad inputs: other pages of an address that shows several, other answers that ask for more."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from programmes.models import AccessItem
from tests.house.addresses import Things
from tests.house.live import live_links
from tests.house.presses import PRESSES
from tests.house.presses_begin import idea, page
from tests.house.pressing import NOBODY, Maker, Press, at
from tests.logbook.test_log import typed as log_typed
from tests.registration.filled import END, START, TODAY, boxes, chosen, key, pages
from tests.registration.test_decisions import make_sent

MORE: dict[str, Maker] = {}
MONEY = {
    "money_who_pays": "The trust",
    "money_amount": "1,250.50",
    "money_held_by": "The university",
    "money_cost_code": "C1",
    "money_confirmed": "yes",
    "own_reference": "EDGE 4",
}


def more(name: str) -> Callable[[Maker], Maker]:
    def enter(make: Maker) -> Maker:
        MORE[name] = make
        return make

    return enter


def _registration(name: str, typed: dict[str, str]) -> Maker:
    def make(things: Things) -> Press:
        known = pages(things.world.university).get(name, {}) | typed
        return Press(
            "host_manager",
            page(idea(things), f"registration/{name}"),
            known | {"form_key": key(), "version": "1"},
        )

    return make


for _name, _typed in {"difference": {}, "dates": {}, "people": {}, "money": MONEY}.items():
    MORE[f"registration, {_name}"] = _registration(_name, _typed)


@more("registration, topics")
def _topics(things: Things) -> Press:
    things.world.programme.topics = ["falls", "sleep"]
    things.world.programme.save()
    return _registration("topics", {"topics": "falls"})(things)


def _approval(**typed: str) -> Maker:
    def make(things: Things) -> Press:
        sent = make_sent(things.world)
        known = {"form_key": key(), "version": str(sent.version), "rows": "1"}
        return Press("programme_lead", page(sent, "approval"), known | typed)

    return make


MORE["approval, returned"] = _approval(decision="return", why="The dates are missing")
MORE["approval, conditions"] = _approval(
    decision="conditions",
    what_0="Find a desk",
    own_0_owner="Sam Okoro",
    **boxes("own_0_due", TODAY + datetime.timedelta(days=20)),
)


@more("step, extend")
def _extend(things: Things) -> Press:
    typed = boxes("new_end", TODAY + datetime.timedelta(days=600)) | {
        "why": "More money",
        "approved_by": "The board",
        "form_key": key(),
    }
    return Press("programme_lead", page(things.world.residency, "step/extend"), typed)


@more("step, stop_early")
def _stop_early(things: Things) -> Press:
    typed = boxes("on", TODAY) | {"why": "The ward closes", "ended_reason": "reorganisation"}
    return Press(
        "programme_lead", page(things.world.residency, "step/stop_early"), typed | {"form_key": key()}
    )


def _invite(role: str) -> Maker:
    def make(things: Things) -> Press:
        typed = {"form_key": key(), "name": "Ines Costa", "email": "ines@trust.example"}
        typed |= {"residency": str(things.world.residency.pk)} if role == "academic_supervisor" else {}
        return Press("programme_lead", at(things, "invite") + f"?role={role}", typed)

    return make


MORE["invite, a supervisor"] = _invite("academic_supervisor")
MORE["invite, a funder"] = _invite("funder")
MORE["invite, which part"] = lambda things: Press(
    "programme_lead", at(things, "invite"), {"role": "hr", "form_key": key()}, lands=200
)


@more("log, late, for somebody")
def _late(things: Things) -> Press:
    typed = log_typed(late_reason="away", readers="only_me", asked_by="The ward")
    typed |= boxes("date", TODAY - datetime.timedelta(days=40))
    return Press("researcher", at(things, "log"), typed)


@more("adopt, paused")
def _adopt_paused(things: Things) -> Press:
    again = boxes("look_again_on", TODAY + datetime.timedelta(days=30))
    return PRESSES["adopt"](things).typing(stage="paused", why_paused="The ward moves house", **again)


def _item(kind: str) -> Maker:
    def make(things: Things) -> Press:
        AccessItem.objects.filter(pk=things.access_item.pk).update(kind=kind)
        typed = {"state": "in_place", "issuer": "R&D", "reference": "4417", "form_key": key(), "version": "1"}
        typed |= boxes("issued_on", TODAY) | boxes("expires_on", END)
        return Press("rd_office", at(things, "access_item"), typed)

    return make


MORE["access_item, a letter"] = _item("letter_of_access")
MORE["access_item, a check"] = _item("criminal_record_check")


def _answer(state: str) -> Maker:
    def make(things: Things) -> Press:
        typed = {"state": state, "form_key": key(), "version": "1"}
        return Press(NOBODY, live_links(things)["access_answer"], typed)

    return make


MORE["access_answer, in place"] = _answer("in_place")
MORE["access_answer, a problem"] = _answer("problem")


@more("organisation_add, one alike")
def _alike(things: Things) -> Press:
    typed = {"name": things.world.host.display_name, "kind": "vcse", "nation": "england", "form_key": key()}
    return Press("programme_lead", at(things, "organisation_add"), typed, lands=200)


@more("registration_copy, whole")
def _copy(things: Things) -> Press:
    press = PRESSES["registration_copy"](things)
    return press.typing(**boxes("decision_by", START), researcher_name="Rae", site="Ward 9")


@more("use_new, somebody asked")
def _use(things: Things) -> Press:
    press = PRESSES["use_new"](things)
    return press.typing(confirm_by="director@hospital.example", written_where="Minutes of 3 May")


@more("idea, chosen by name")
def _by_name(things: Things) -> Press:
    press = PRESSES["idea_new"](things)
    return press.typing(**chosen("host", things.world.host), site="Ward 9")
