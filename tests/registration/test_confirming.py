"""The manager's word by link: one press for what was read, asked for again, never by a link that went elsewhere."""

from __future__ import annotations

import datetime
import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from embedded.audit.models import Event
from embedded.drafts import Changed
from embedded.links.models import SignedLink
from embedded.post.models import Letter
from programmes.models import Residency, Stage
from programmes.registration import confirming
from tests.registration.filled import key, pages
from tests.registration.test_sitting import at, idea, save, sent_for_manager
from tests.world import World

__all__ = ["idea", "sent_for_manager"]

MARY = "mary@hospital.example"


def confirm_address() -> str:
    letter = Letter.objects.filter(to=MARY).order_by("-pk")[0]
    return re.search(r"http://localhost:8000(/registration/confirm/\S+)", letter.text)[1]  # type: ignore[index]


def opened(address: str) -> dict[str, str]:
    """What the page sends with the press."""
    page = Client().get(address).content.decode()
    assert "Yes, this is right" in page
    return dict(re.findall(r'name="(form_key|seen)" value="([^"]*)"', page))


def confirmed(residency: Residency) -> bool:
    residency.refresh_from_db()
    return residency.confirmed_by_manager_at is not None


def words_of(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", unescape(response.content.decode())).split())


def test_manager_confirms_by_one_press_without_an_account(sent_for_manager: Residency) -> None:
    address = confirm_address()
    typed = opened(address)
    assert not confirmed(sent_for_manager)  # to look changes nothing
    for _ in range(2):
        assert Client().post(address, typed).status_code == 302
    assert confirmed(sent_for_manager)
    assert Event.objects.filter(deed="residency.confirmed_by_manager").count() == 1
    assert "Thank you, you have confirmed it" in words_of(Client().get(address))


def test_page_and_letter_say_how_to_reach_who_filled_it_in(world: World, sent_for_manager: Residency) -> None:
    officer, letter = world.people["programme_officer"], Letter.objects.get(to=MARY)
    assert f"{officer} ({officer.email})" in letter.text
    began, page = sent_for_manager.created_by, Client().get(confirm_address()).content.decode()
    assert f'href="mailto:{began.email}">{began.email}</a>' in page


def test_what_changed_since_it_was_read_is_shown_and_asked_for_again(
    world: World, sent_for_manager: Residency
) -> None:
    address = confirm_address()
    typed, officer = opened(address), world.client("programme_officer")
    purpose = {"problem": "Too many pressure sores", "decision": "Whether to keep the clinic"}
    save(officer, sent_for_manager, "purpose", purpose)
    answer = Client().post(address, typed)
    assert answer.status_code == 200 and not confirmed(sent_for_manager)
    said = words_of(answer)
    assert "Changed since you opened it" in said
    for words in ("When you opened it Too many falls", "Now Too many pressure sores"):
        assert words in said
    again = dict(re.findall(r'name="(form_key|seen)" value="([^"]*)"', answer.content.decode()))
    assert Client().post(address, again).status_code == 302 and confirmed(sent_for_manager)


def test_a_change_of_what_the_page_does_not_show_asks_for_nothing(sent_for_manager: Residency) -> None:
    address = confirm_address()
    typed = opened(address)
    Residency.objects.filter(pk=sent_for_manager.pk).update(version=sent_for_manager.version + 7)
    assert Client().post(address, typed).status_code == 302 and confirmed(sent_for_manager)


@pytest.mark.parametrize("seen", ["", "spoilt", "eyJhIjoxfQ:1x:forged"])
def test_a_press_that_brings_nothing_that_was_read_confirms_nothing(
    sent_for_manager: Residency, seen: str
) -> None:
    answer = Client().post(confirm_address(), {"form_key": key(), "seen": seen})
    assert answer.status_code == 200 and not confirmed(sent_for_manager)


def test_of_a_change_and_a_press_at_the_same_moment_the_change_is_read_first(
    sent_for_manager: Residency,
) -> None:
    sent_for_manager.refresh_from_db()
    with pytest.raises(Changed):
        confirming.confirm(
            residency=sent_for_manager, version=sent_for_manager.version - 1, at=timezone.now()
        )
    assert not confirmed(sent_for_manager)


def test_confirm_link_ends_when_somebody_else_is_named(world: World, sent_for_manager: Residency) -> None:
    """Whoever was named before must not confirm in the name of the next."""
    address = confirm_address()
    people = pages(world.university)["people"] | {"host_manager_email": "bob@hospital.example"}
    save(world.client("programme_officer"), sent_for_manager, "people", people)
    assert Client().get(address).status_code == Client().post(address).status_code == 410
    assert not confirmed(sent_for_manager)
    assert sent_for_manager.host_manager_email == "bob@hospital.example"


def test_confirm_link_that_never_was_is_over(db: None) -> None:
    page = Client().get("/registration/confirm/lk_nothing/")
    assert page.status_code == 410 and "This link does not work" in page.content.decode()


# sent again


def send_again(world: World, residency: Residency, role: str = "programme_officer") -> Any:
    return world.client(role).post(at(residency, "ask-again/"), {"form_key": key()}, follow=True)


def test_officer_sees_who_sent_the_link_and_when_and_sends_it_again(
    world: World, sent_for_manager: Residency
) -> None:
    """The earlier link ends."""
    first = confirm_address()
    for tail in ("", "sent/"):
        page = words_of(world.client("programme_officer").get(at(sent_for_manager, tail)))
        assert f"last sent to {MARY} on" in page and "by Programme officer" in page
        assert "Send the link again" in page
    said = words_of(send_again(world, sent_for_manager, "host_manager"))
    assert f"A new link is on its way to {MARY}" in said and "by Host manager" in said
    assert Letter.objects.filter(to=MARY).count() == 2
    assert (Client().get(first).status_code, Client().get(confirm_address()).status_code) == (410, 200)


def test_a_manager_who_is_named_later_is_asked_too(world: World, sent_for_manager: Residency) -> None:
    officer = world.client("programme_officer")
    people = pages(world.university)["people"] | {"host_manager_email": "bob@hospital.example"}
    save(officer, sent_for_manager, "people", people)
    assert "bob@hospital.example has not been sent the link yet" in words_of(
        officer.get(at(sent_for_manager))
    )
    send_again(world, sent_for_manager)
    assert Letter.objects.filter(to="bob@hospital.example").count() == 1


def test_nobody_is_asked_who_has_confirmed_or_before_it_is_sent(
    world: World, idea: Residency, sent_for_manager: Residency
) -> None:
    address = confirm_address()
    Client().post(address, opened(address))
    assert "Send the link" not in words_of(world.client("programme_officer").get(at(sent_for_manager)))
    assert "There is nobody to ask" in words_of(send_again(world, sent_for_manager))
    Residency.objects.filter(pk=sent_for_manager.pk).update(stage=Stage.IDEA, confirmed_by_manager_at=None)
    send_again(world, sent_for_manager)
    assert Letter.objects.filter(to=MARY).count() == 1


def test_pressed_twice_it_is_sent_once(world: World, sent_for_manager: Residency) -> None:
    officer, same = world.client("programme_officer"), key()
    for _ in range(2):
        officer.post(at(sent_for_manager, "ask-again/"), {"form_key": same})
    assert Letter.objects.filter(to=MARY).count() == 2


def test_expired_link_offers_a_new_one_in_the_same_words_whoever_asks(sent_for_manager: Residency) -> None:
    address, never = confirm_address(), "/registration/confirm/k1_" + "A" * 43 + "/"
    then = timezone.now() - datetime.timedelta(hours=2)
    SignedLink.objects.update(made_at=then - datetime.timedelta(days=28), expires_at=then)
    assert "Send me a new link" in words_of(Client().get(address))
    said = {words_of(Client().post(one, {"again": "yes"}, follow=True)) for one in (address, never)}
    assert len(said) == 1 and "a new one is on its way" in said.pop()
    assert Letter.objects.filter(to=MARY).count() == 2
    fresh = confirm_address()
    assert fresh != address and Client().post(fresh, opened(fresh)).status_code == 302
    assert confirmed(sent_for_manager)
