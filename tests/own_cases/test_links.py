"""The links of case studies: opened twice, too late, with another's, and by two people at once."""

from __future__ import annotations

import datetime
from functools import partial
from typing import Any

import pytest
from django.test import Client

from embedded.links.models import SignedLink
from embedded.post.models import Letter
from programmes.cases.consents import TEN_YEARS
from programmes.models import CaseConsent, CasePerson, CaseStudy
from tests.own_cases.telling import agree, consent, link_to, name, press, publish, write
from tests.workers import at_once
from tests.world import World, make_world

ADA, BEN = "ada@home.example", "ben@work.example"


def asked(world: World) -> CaseStudy:
    """Ada and Ben have their letters."""
    case = write(world)
    name(world, case)
    name(world, case, "Ben Nurse", BEN)
    agree(world, case)
    case.refresh_from_db()
    return case


def aged(who: str, by: datetime.timedelta) -> SignedLink:
    """As if the link of that person had been sent so long ago."""
    link = CasePerson.objects.get(email=who).link
    assert link is not None
    link.made_at, link.expires_at = link.made_at - by, link.expires_at - by
    link.save()
    return link


def test_a_link_answers_for_its_own_person_and_for_nothing_else(world: World) -> None:
    case = asked(world)
    token = link_to(ADA).strip("/").split("/")[-1]
    assert Client().post(f"/case-check/{token}/", press(press="agree", version=1)).status_code == 410
    consent(case, "yes", BEN)
    assert list(CaseConsent.objects.values_list("person__email", "answer")) == [(BEN, "yes")]
    assert "Wait for the consent of Ada Carer" in publish(world, case).content.decode()


def test_a_link_in_place_of_which_a_newer_one_was_sent_answers_nothing(world: World) -> None:
    case = asked(world)
    old = link_to(ADA)
    address = world.url(f"cases/people/{case.people.get(email=ADA).pk}/")
    world.client("researcher").post(address, press(press="send"))
    assert link_to(ADA) != old
    late = Client().post(old, press(press="yes", version=1))
    assert late.status_code == 410 and "does not work any more" in late.content.decode()
    assert not CaseConsent.objects.exists()
    consent(case)
    assert CaseConsent.objects.count() == 1


@pytest.mark.parametrize(("early", "status"), [(1, 200), (0, 410)])
def test_a_consent_can_be_taken_back_for_ten_years(world: World, early: int, status: int) -> None:
    asked(world)
    aged(ADA, TEN_YEARS - datetime.timedelta(hours=early))
    assert Client().get(link_to(ADA)).status_code == status


def test_a_link_that_ran_out_sends_a_new_one_to_the_address_that_had_it(world: World) -> None:
    case = asked(world)
    old, letters = link_to(ADA), Letter.objects.filter(to=ADA)
    aged(ADA, TEN_YEARS + datetime.timedelta(days=1))
    page = Client().get(old)
    assert page.status_code == 410 and "Send me a new link" in page.content.decode()
    assert Client().post(old, {"again": "yes"}).status_code == 302
    assert letters.count() == 2 and link_to(ADA) != old
    consent(case)
    assert CaseConsent.objects.get().answer == "yes"


def test_of_one_that_was_withdrawn_no_new_link_is_sent(world: World) -> None:
    case = asked(world)
    consent(case)
    consent(case, "yes", BEN)
    publish(world, case)
    old = link_to(ADA)
    consent(case, "withdrawn", BEN)
    aged(ADA, TEN_YEARS + datetime.timedelta(days=1))
    before = Letter.objects.filter(text__contains="/case-consent/").count()
    assert Client().post(old, {"again": "yes"}).status_code == 302
    assert Letter.objects.filter(text__contains="/case-consent/").count() == before


@pytest.mark.django_db(transaction=True)
def test_published_and_taken_back_at_the_same_moment_it_is_never_there_without_consent() -> None:
    world = make_world()
    case = asked(world)
    consent(case)
    consent(case, "yes", BEN)
    lead, link = world.client("programme_lead"), link_to(ADA)
    at_once(
        partial(lead.post, world.url(f"cases/{case.pk}/"), press(press="publish")),
        partial(Client().post, link, press(press="withdrawn", version=1)),
    )
    case.refresh_from_db()
    assert case.state in ("contributors_check", "withdrawn")
    assert Client().get(f"/cases/{case.pk}/").status_code in (404, 410)
    assert CaseConsent.objects.filter(person__email=ADA).latest("pk").answer == "withdrawn"


@pytest.mark.django_db(transaction=True)
def test_two_who_say_yes_at_the_same_moment_make_it_ready_once() -> None:
    world = make_world()
    asked(world)
    said: list[Any] = [
        partial(Client().post, link_to(who), press(press="yes", version=1)) for who in (ADA, BEN)
    ]
    assert {answer.status_code for answer in at_once(*said)} == {200}
    assert Letter.objects.filter(text__contains="can publish it now").count() == 3


@pytest.mark.django_db(transaction=True)
def test_two_leads_who_publish_at_the_same_moment_publish_it_once() -> None:
    world = make_world()
    case = asked(world)
    consent(case)
    consent(case, "yes", BEN)
    leads = [world.client(role) for role in ("programme_lead", "theme_lead")]
    address = world.url(f"cases/{case.pk}/")
    at_once(*(partial(lead.post, address, press(press="publish")) for lead in leads))
    case.refresh_from_db()
    assert case.state == "published" and case.steps.filter(to_state="published").count() == 1
