"""What the tests of case studies type and press."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

from django.test import Client

from embedded.jobs import running
from embedded.post.models import Letter
from programmes.models import CasePerson, CaseStudy
from tests.world import World

GOOD = {
    "title": "A made-up ward listens",
    "problem": "Falls at night",
    "challenges": "Nobody had time in winter",
    "not_known": "Whether it lasts",
}


def typed(**fields: Any) -> dict[str, Any]:
    return {"form_key": str(uuid4()), **GOOD} | fields


def press(**fields: Any) -> dict[str, Any]:
    return {"form_key": str(uuid4())} | fields


def write(world: World, role: str = "researcher", **fields: Any) -> CaseStudy:
    world.client(role).post(world.url("cases/new/"), typed(**fields))
    return CaseStudy.objects.latest("pk")


def name(
    world: World, case: CaseStudy, called: str = "Ada Carer", email: str = "ada@home.example"
) -> CasePerson:
    address = world.url(f"cases/{case.pk}/people/add/")
    world.client("researcher").post(address, press(name=called, part="carer", email=email))
    return CasePerson.objects.get(case=case, name=called)


def send(world: World, case: CaseStudy, email: str = "manager@host.example") -> Any:
    return world.client("researcher").post(world.url(f"cases/{case.pk}/send/"), press(email=email))


def link_to(who: str) -> str:
    """The path of the link in the newest letter to that address."""
    found = re.search(r"http://[^/]+(/case-\S+)", Letter.objects.filter(to=who).latest("pk").text)
    assert found
    return found.group(1)


def agree(world: World, case: CaseStudy, **fields: Any) -> str:
    """The host agrees by link; the page it sees."""
    send(world, case)
    return host_says("agree", **fields)


def host_says(what: str, **fields: Any) -> str:
    edition = CaseStudy.objects.latest("pk").edition
    answer = Client().post(link_to("manager@host.example"), press(press=what, version=edition) | fields)
    return answer.content.decode()


def consent(case: CaseStudy, what: str = "yes", who: str = "ada@home.example", **fields: Any) -> str:
    case.refresh_from_db()
    answer = Client().post(link_to(who), press(press=what, version=case.edition, **fields))
    return answer.content.decode()


def publish(world: World, case: CaseStudy, role: str = "programme_lead") -> Any:
    return world.client(role).post(world.url(f"cases/{case.pk}/"), press(press="publish"), follow=True)


def printed(case: CaseStudy) -> CaseStudy:
    case.refresh_from_db()
    assert case.job is not None
    running.run(case.job.pk)
    fresh = CaseStudy.objects.get(pk=case.pk)
    assert fresh.pdf is not None
    return fresh


def published(world: World, **fields: Any) -> CaseStudy:
    """One with Ada in it, agreed to by everybody, and printed."""
    case = write(world, **fields)
    name(world, case)
    agree(world, case)
    consent(case)
    publish(world, case)
    return printed(case)
