"""Answered on one's own with an account, blind until all have; and a link that has run out, which offers a new one."""

from __future__ import annotations

import datetime
import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from embedded.audit.models import Event
from embedded.links.models import SignedLink
from embedded.post.models import Letter
from programmes.models import PlanRound, PlanSay, PlanVoice
from tests.house.tables import WRITTEN_BY_READING, changed, digests
from tests.planning.test_alone import ask, link_to, plan_page, send
from tests.registration.filled import key
from tests.world import World

BOTH = ("researcher", "host_manager")


def apart(world: World, **fields: Any) -> PlanRound:
    """Asks two who have accounts, by the name and the address of each."""
    values = {"form_key": key(), "themes": ["outcomes", "power", "relational_role"]}
    for row, role in enumerate(BOTH):
        person = world.people[role]
        values |= {
            f"name_{row}": person.display_name,
            f"part_{row}": role,
            f"email_{row}": person.email.upper(),
        }
    world.client("programme_lead").post(world.url("planning/apart/"), values | fields)
    return PlanRound.objects.get()


def own_page(world: World, role: str) -> str:
    return world.url(f"planning/answer/{PlanVoice.objects.get(person=world.people[role]).pk}/")


def say(world: World, role: str, version: int = 1, **said: str) -> Any:
    return world.client(role).post(own_page(world, role), {"form_key": key(), "version": str(version)} | said)


def test_two_answer_signed_in_and_neither_sees_the_other_before_both_have(world: World) -> None:
    asked = apart(world)
    tail = f"planning/apart/{asked.pk}/"
    for role in BOTH:
        assert own_page(world, role) in world.client(role).get(world.url("planning/")).content.decode()
        assert own_page(world, role) in world.client(role).get(world.url(tail)).content.decode()
    say(world, "researcher", power="The board decides", power_position="one_end")
    for seen in (plan_page(world, tail), plan_page(world)):
        assert "The board decides" not in seen
    other = world.client("host_manager")
    assert "The board decides" not in other.get(own_page(world, "host_manager")).content.decode()
    say(world, "host_manager", power="We all do", power_position="not_sure")
    page = plan_page(world, tail)
    assert "The board decides" in page and "We all do" in page
    assert set(PlanVoice.objects.values_list("how", flat=True)) == {"account"}
    by = Event.objects.filter(deed="plan.voice_answered").values_list("who", flat=True)
    assert set(by) == {str(world.people[role]) for role in BOTH}


def test_what_is_kept_for_later_signed_in_is_there_again_by_link_too(world: World) -> None:
    apart(world)
    say(world, "researcher", later="yes", outcomes="Fewer falls")
    assert PlanVoice.objects.get(person=world.people["researcher"]).answered_at is None
    assert "Fewer falls" in world.client("researcher").get(own_page(world, "researcher")).content.decode()
    assert "Fewer falls" in Client().get(link_to(world.people["researcher"].email.upper())).content.decode()
    assert "Fewer falls" not in plan_page(world)


def test_only_who_is_asked_opens_their_page(world: World, other_world: World) -> None:
    apart(world)
    address = own_page(world, "researcher")
    for role in ("programme_lead", "host_manager", "public_partner"):
        assert world.client(role).get(address).status_code == 404
    assert other_world.client("researcher").get(address).status_code == 404
    assert Client().get(address).status_code == 302


def test_another_name_at_the_same_address_is_not_the_account(world: World) -> None:
    """Two who share a mailbox: the one who was not meant is asked nothing."""
    apart(world, name_0="Somebody Else")
    assert not PlanVoice.objects.filter(person=world.people["researcher"]).exists()


def test_what_was_written_in_another_window_is_not_written_over(world: World) -> None:
    apart(world)
    say(world, "researcher", later="yes", outcomes="First")
    page = say(world, "researcher", version=1, outcomes="Second").content.decode()
    assert "Changed since you opened it" in page and "Second" in page
    assert PlanSay.objects.get().words == "First"


def test_an_account_answers_five_questions_too(world: World) -> None:
    partner = world.people["public_partner"]
    ask(world, name=partner.display_name, email=partner.email)
    say(world, "public_partner", worries="The bus")
    assert "The bus" in plan_page(world) and "Signed in" in plan_page(world)


def lapse(days: int = 29) -> None:
    """Lets every link lie for that many days."""
    ago = datetime.timedelta(days=days)
    for link in SignedLink.objects.all():
        link.made_at, link.expires_at = link.made_at - ago, link.expires_at - ago
        link.save()


def test_a_link_that_has_run_out_offers_a_new_one_to_the_same_address(world: World) -> None:
    ask(world)
    send(link_to(), later="yes", worries="The bus")
    old = link_to()
    lapse(29)
    before = digests(WRITTEN_BY_READING)
    page = Client().get(old)
    assert page.status_code == 410 and "Send me a new link" in page.content.decode()
    assert not changed(before, digests(WRITTEN_BY_READING))
    asked = Client().post(old, {"again": "yes"}, follow=True)
    assert asked.status_code == 410 and "a new one is on its way" in asked.content.decode()
    assert Letter.objects.count() == 2 and link_to() != old
    assert "The bus" in Client().get(link_to()).content.decode()


@pytest.mark.parametrize(("days", "letters"), [(28, 2), (27, 1)])
def test_a_link_lives_for_28_days_and_is_not_sent_anew_before(world: World, days: int, letters: int) -> None:
    ask(world)
    old = link_to()
    lapse(days)
    Client().post(old, {"again": "yes", "form_key": key(), "version": "1"})
    assert Letter.objects.count() == letters


def test_pressed_again_within_the_hour_sends_nothing_more(world: World) -> None:
    ask(world)
    old = link_to()
    lapse()
    for _ in range(3):
        Client().post(old, {"again": "yes"})
    assert Letter.objects.count() == 2
    now = timezone.now()
    SignedLink.objects.filter(revoked_at=None).update(made_at=now - datetime.timedelta(hours=1, seconds=1))
    Client().post(old, {"again": "yes"})
    assert Letter.objects.count() == 3


def test_a_link_that_never_was_says_the_same_and_sends_nothing(world: World) -> None:
    ask(world)
    old = link_to()
    lapse()
    strange = f"/plan/k1_{'x' * 43}/"
    assert squeezed(Client().get(old)) == squeezed(Client().get(strange))
    answers = [Client().post(one, {"again": "yes"}, follow=True) for one in (old, strange)]
    assert squeezed(answers[0]) == squeezed(answers[1])
    assert Letter.objects.count() == 2


def test_nothing_is_sent_for_what_is_over(world: World) -> None:
    ask(world)
    world.residency.stage = "withdrawn"
    world.residency.save()
    lapse()
    Client().post(link_to(), {"again": "yes"})
    assert Letter.objects.count() == 1


def squeezed(answer: Any) -> str:
    """A page without what differs each time: tokens against forgery and the address itself."""
    main = answer.content.decode()
    main = main[main.index("<main") : main.index("</main>")]
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", main)
