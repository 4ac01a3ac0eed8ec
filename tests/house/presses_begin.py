"""The presses of what begins: registering, deciding, adopting, getting started."""

from __future__ import annotations

import datetime

from programmes import clearance
from programmes.models import HostRule, Membership, Placement, Project, Residency, Stage
from programmes.registration.confirming import seen
from programmes.registration.present import answers
from programmes.registration.reading import registration_of
from tests.house.addresses import Things
from tests.house.live import live_links
from tests.house.pressing import NOBODY, Press, at, press
from tests.registration.filled import END, START, TODAY, boxes, chosen, fill, key, make_idea
from tests.registration.test_decisions import make_sent
from tests.world import make_organisation, make_residency

AGO = TODAY - datetime.timedelta(days=300)
YEAR = datetime.timedelta(days=365)


def page(residency: Residency, tail: str) -> str:
    return f"/p/{residency.programme.slug}/r/{residency.code}/{tail}/"


def idea(things: Things) -> Residency:
    return make_idea(things.world.programme, things.world.host, things.world.people["host_manager"])


@press
def idea_new(things: Things) -> Press:
    typed = {"title": "Falls by day", "site": "", "form_key": key()} | chosen("host", things.world.host)
    return Press("programme_lead", at(things, "idea_new"), typed)


@press
def registration_page(things: Things) -> Press:
    typed = {"problem": "Falls", "decision": "Keep it?", "form_key": key(), "version": "1"}
    return Press("host_manager", page(idea(things), "registration/purpose"), typed)


@press
def registration_check(things: Things) -> Press:
    found = idea(things)
    fill(things.world.client("host_manager"), found, things.world.university)
    typed = {"form_key": key(), "version": str(found.version)}
    return Press("host_manager", page(found, "registration/check"), typed)


@press
def registration_confirm(things: Things) -> Press:
    address = live_links(things)["registration_confirm"]
    sections = answers(registration_of(things.world.residency), change=False, today=TODAY)
    return Press(NOBODY, address, {"form_key": key(), "seen": seen(sections)})


@press
def registration_ask_again(things: Things) -> Press:
    sent = make_sent(things.world)
    Residency.objects.filter(pk=sent.pk).update(
        host_manager_email="mary@hospital.example", confirmed_by_manager_at=None
    )
    return Press("programme_officer", page(sent, "registration/ask-again"), {"form_key": key()})


@press
def registration_copy(things: Things) -> Press:
    typed = {"title": "Falls at noon", "form_key": key()}
    typed |= boxes("planned_start", START) | boxes("planned_end", END)
    return Press("host_manager", at(things, "registration_copy"), typed)


@press
def approval(things: Things) -> Press:
    sent = make_sent(things.world)
    typed = {"decision": "approve", "form_key": key(), "version": str(sent.version), "rows": "1"}
    return Press("programme_lead", page(sent, "approval"), typed)


@press
def condition_met(things: Things) -> Press:
    return Press("host_manager", at(things, "condition_met"), boxes("on", TODAY) | {"form_key": key()})


@press
def adopt(things: Things) -> Press:
    typed = {
        "form_key": key(),
        "title": "Discharge from hospital",
        "stage": "running",
        "researcher_name": "Rae Newcomer",
        "researcher_email": "rae@people.example",
        "days_a_week": "3",
    }
    typed |= chosen("host", things.world.host) | chosen("academic_home", things.world.university)
    return Press(
        "programme_lead", at(things, "adopt"), typed | boxes("start", AGO) | boxes("end", TODAY + YEAR)
    )


@press
def residency_organisation_add(things: Things) -> Press:
    typed = {"part": "host", "own_reference": "EDGE 7", "form_key": key()} | version_of(things)
    return Press(
        "host_manager",
        at(things, "residency_organisation_add"),
        typed | chosen("organisation", make_organisation("Another Trust")),
    )


@press
def residency_organisation(things: Things) -> Press:
    typed = {"own_reference": "EDGE 8", "form_key": key()} | version_of(things)
    return Press("host_manager", at(things, "residency_organisation"), typed)


@press
def residency_direction(things: Things) -> Press:
    typed = {"direction": "two_way", "form_key": key()} | version_of(things)
    return Press("host_manager", at(things, "residency_direction"), typed)


@press
def shelf(things: Things) -> Press:
    typed = {"title": "Minutes", "address": "https://teams.example/minutes", "form_key": key()}
    return Press("researcher", at(things, "shelf"), typed)


@press
def shelf_remove(things: Things) -> Press:
    return Press("researcher", at(things, "shelf_remove"), {"form_key": key()})


def version_of(things: Things) -> dict[str, str]:
    return {"version": str(Residency.objects.get(pk=things.world.residency.pk).version)}


@press
def step(things: Things) -> Press:
    typed = boxes("on", TODAY) | {"why": "A move of the ward", "form_key": key()}
    typed |= boxes("review_on", TODAY + datetime.timedelta(days=60))
    return Press("programme_lead", at(things, "step"), typed)


@press
def steering(things: Things) -> Press:
    typed = {"guiding_group": "Two carers", "public_partners": "2", "form_key": key()}
    return Press("programme_lead", at(things, "steering"), typed | version_of(things))


@press
def appoint(things: Things) -> Press:
    approved = make_residency(things.world.programme, things.world.host, Stage.APPROVED)
    assert approved.planned_start and approved.planned_end
    typed = {"form_key": key(), "name": "Rae Newcomer", "email": "rae@people.example", "days": "3"}
    typed |= {"role": "Anthropologist"}
    typed |= boxes("start", approved.planned_start) | boxes("end", approved.planned_end)
    return Press("host_manager", page(approved, "appoint"), typed)


@press
def accept(things: Things) -> Press:
    Placement.objects.filter(pk=things.world.placement.pk).update(accepted_on=None)
    return Press("researcher", at(things, "accept"), {"form_key": key()})


@press
def start(things: Things) -> Press:
    found = make_residency(things.world.programme, things.world.host, Stage.ONBOARDING)
    person = Membership.objects.get(pk=things.membership.pk).person
    begins = found.planned_start or TODAY
    post = Placement.objects.create(residency=found, person=person, wte="0.50", start=begins)
    clearance.list_needs(post, [things.world.host])
    typed = boxes("on", TODAY) | {f"why_{post.pk}": "The letter is in the post", "form_key": key()}
    return Press("host_manager", page(found, "start"), typed)


@press
def access(things: Things) -> Press:
    typed = {
        "placement": str(things.world.placement.pk),
        "at": str(things.world.host.pk),
        "kind": "it_account",
        "form_key": key(),
    }
    return Press("host_manager", at(things, "access"), typed)


@press
def access_item(things: Things) -> Press:
    typed = {"state": "in_place", "form_key": key(), "version": "1"}
    return Press("rd_office", at(things, "access_item"), typed)


@press
def access_ask(things: Things) -> Press:
    item = things.access_item
    item.owner_email = "owner@hospital.example"
    item.save(update_fields=["owner_email"])
    return Press("hr", at(things, "access_ask"), {"form_key": key()}, lands=200)


@press
def host_rule(things: Things) -> Press:
    """Changes what the host has said before."""
    HostRule.objects.create(
        programme=things.world.programme,
        host=things.world.host,
        case="university",
        words="A letter",
        said_by_name="Priya",
        said_on=TODAY,
        recorded_by=things.world.people["hr"],
    )
    typed = {"words": "A letter and a badge", "said_by_name": "Priya Nair", "form_key": key(), "version": "1"}
    return Press("rd_office", at(things, "host_rule"), typed)


@press
def permission_question(things: Things) -> Press:
    Project.objects.filter(pk=things.project.pk).update(classification="research", classified_on=TODAY)
    typed = {"words": "The letter of May covers it", "form_key": key()}
    return Press("rd_office", at(things, "permission_question"), typed)


@press
def weekly_letter(things: Things) -> Press:
    return Press("host_manager", at(things, "weekly_letter"), {"weekly": "off", "form_key": key()})


@press
def weekly_letter_open(things: Things) -> Press:
    typed = {"weekly": "off", "form_key": key()}
    return Press(NOBODY, live_links(things)["weekly_letter_open"], typed)


@press
def access_answer(things: Things) -> Press:
    typed = {"state": "requested", "form_key": key(), "version": "1"}
    return Press(NOBODY, live_links(things)["access_answer"], typed)
