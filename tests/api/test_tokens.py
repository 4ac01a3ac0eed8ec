"""Tokens: shown once, kept as their hash alone, for reading or logging, for a year at the most, ended with a press."""

from __future__ import annotations

import datetime
import re
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from embedded.audit.models import Event
from programmes.api import actions, bearing
from programmes.models import Activity, ApiToken
from tests.api.asking import ENTRIES, Program, an_entry, problems, token_of
from tests.world import World, client_of, join, make_person

PAGE, NEW = "/log/programs/", "/log/programs/new/"


def typed(**more: str) -> dict[str, str]:
    return {"form_key": str(uuid4()), "name": "Telephone", "may": "log", "days": "90"} | more


def shown_in(page: str) -> str:
    found = re.search(r'value="(e1_[\w-]+)"', page)
    assert found, page
    return found[1]


def test_a_token_is_shown_once_and_kept_as_its_hash(world: World) -> None:
    client, sent = world.client("researcher"), typed()
    secret = shown_in(client.post(NEW, sent).content.decode())
    again = client.post(NEW, sent)
    assert (again.status_code, again["Location"]) == (302, PAGE)
    assert secret not in client.get(PAGE).content.decode()
    token = ApiToken.objects.get()
    assert token.sha256 == actions.hashed(secret) and secret not in str(vars(token))
    assert (token.expires_at - token.made_at).days == 90
    assert Program(secret).log(an_entry()).status_code == 201
    event = Event.objects.get(deed="api_token.made")
    assert secret not in str(vars(event)) and event.place == "log/programs"


def test_a_token_that_reads_does_not_log(world: World) -> None:
    secret = shown_in(world.client("researcher").post(NEW, typed(may="read")).content.decode())
    program = Program(secret)
    assert program.get().status_code == 200
    answer = program.log(an_entry())
    assert answer.status_code == 403 and "may log too" in problems(answer)[""]
    assert not Activity.objects.exists()


@pytest.mark.parametrize(("days", "works"), [(29, True), (30, False)])
def test_a_token_works_until_its_time_is_over(world: World, days: int, works: bool) -> None:
    program = Program(token_of(world.people["researcher"], days=30))
    with time_machine.travel(timezone.now() + datetime.timedelta(days=days, seconds=1)):
        assert (program.get().status_code == 200) is works


def test_a_token_that_was_ended_works_no_more(world: World) -> None:
    secret, client = token_of(world.people["researcher"]), world.client("researcher")
    pk = ApiToken.objects.get().pk
    page = client.post(f"{PAGE}{pk}/end/", {"form_key": str(uuid4())}, follow=True).content.decode()
    assert "Ended: Telephone" in page and "Ended on" in page
    refused(Program(secret).get())
    assert Event.objects.filter(deed="api_token.ended").count() == 1
    client.post(f"{PAGE}{pk}/end/", {"form_key": str(uuid4())})
    assert Event.objects.filter(deed="api_token.ended").count() == 1


def test_a_token_of_an_account_that_is_switched_off_works_no_more(world: World) -> None:
    person = world.people["researcher"]
    secret = token_of(person)
    assert person.user
    person.user.is_active = False
    person.user.save()
    refused(Program(secret).get())


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer x", "Basic eDp4", "e1_x", "Bearer \u00e9", "Bearer " + "x" * 4000]
)
def test_without_a_token_that_works_nothing_is_there(world: World, header: str) -> None:
    headers = {"authorization": header} if header else {}
    for client in (Client(), world.client("researcher")):  # a cookie opens nothing
        refused(client.get(ENTRIES, headers=headers))
        refused(client.post(ENTRIES, an_entry(), content_type="application/json", headers=headers))
    assert not Activity.objects.exists()


def test_a_cookie_beside_a_token_changes_nobody(world: World) -> None:
    """Whoever's browser it is: the token says whose log it is."""
    colleague = make_person("Second researcher")
    join(colleague, "researcher", world.programme, world.residency)
    headers = {"authorization": f"Bearer {token_of(colleague)}"}
    browser = world.client("researcher")
    answer = browser.post(ENTRIES, an_entry(), content_type="application/json", headers=headers)
    assert answer.status_code == 201
    assert Activity.objects.get().person == colleague


def test_more_than_so_many_a_minute_wait(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    few = bearing.Limit("requests of a program", 3, datetime.timedelta(minutes=1))
    monkeypatch.setattr(bearing, "REQUESTS", few)
    program, other = (Program(token_of(world.people["researcher"])) for _ in range(2))
    assert [program.get().status_code for _ in range(4)] == [200, 200, 200, 429]
    answer = program.get()
    assert 1 <= int(answer["Retry-After"]) <= 60 and "Wait" in problems(answer)[""]
    assert other.get().status_code == 200


def test_of_its_use_the_day_alone_is_kept(world: World) -> None:
    program = Program(token_of(world.people["researcher"]))
    assert "Never" in world.client("researcher").get(PAGE).content.decode()
    program.get()
    assert ApiToken.objects.get().last_used_on == timezone.localdate()


def test_ten_tokens_are_enough(world: World) -> None:
    for _ in range(10):
        token_of(world.people["researcher"])
    page = world.client("researcher").post(NEW, typed(), follow=True).content.decode()
    assert "End one of them first" in page and ApiToken.objects.count() == 10


def test_what_is_left_out_is_asked_for(world: World) -> None:
    page = world.client("researcher").post(NEW, typed(name="", days="3650")).content.decode()
    assert "Enter what it is for" in page and "Select how long it lasts" in page
    assert not ApiToken.objects.exists()


def test_nobody_ends_the_token_of_somebody_else(world: World) -> None:
    token_of(world.people["researcher"])
    colleague = make_person("Second researcher")
    join(colleague, "researcher", world.programme, world.residency)
    answer = client_of(colleague).post(f"{PAGE}{ApiToken.objects.get().pk}/end/", {})
    assert answer.status_code == 404 and ApiToken.objects.get().revoked_at is None


@pytest.mark.parametrize("role", ["programme_lead", "host_manager", "academic_supervisor"])
def test_whoever_has_no_log_has_no_tokens(world: World, role: str) -> None:
    client = world.client(role)
    assert {client.get(PAGE).status_code, client.get(NEW).status_code} == {404}
    assert client.post(NEW, typed()).status_code == 404


def refused(answer: Any) -> None:
    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer")
    assert problems(answer)[""].startswith("Send a token that works")


@pytest.mark.parametrize("press", ["/accounts/password/change/", "/account/sign-out-elsewhere/"])
def test_tokens_end_with_every_other_sign_in(world: World, press: str, settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    person, lead = world.people["researcher"], world.people["programme_lead"]
    user = person.user
    assert user is not None
    user.set_password("plum trumpet gravel")
    user.save()
    own, other = Program(token_of(person)), Program(token_of(lead))
    typed = {"oldpassword": "plum trumpet gravel", "password1": "three words apart 9"}
    assert client_of(person).post(press, typed).status_code == 302
    refused(own.get())
    assert other.get().status_code == 200
    assert Event.objects.get(deed="api_token.ended").who_id == str(person.pk)


def test_the_page_outlasts_the_post_while_there_is_a_token(world: World) -> None:
    """What still reads can be ended; nothing new is made."""
    person, client = world.people["researcher"], world.client("researcher")
    program, account = Program(token_of(person)), client.get("/account/").content.decode()
    assert f'href="{PAGE}"' in account
    person.memberships.update(end=timezone.localdate())
    assert f'href="{PAGE}"' in client.get("/account/").content.decode()
    page = client.get(PAGE).content.decode()
    assert "End it" in page and "Make a token" not in page
    assert client.get(NEW).status_code == 404
    client.post(f"{PAGE}{ApiToken.objects.get().pk}/end/", {"form_key": str(uuid4())})
    refused(program.get())
    assert world.client("host_manager").get(PAGE).status_code == 404
    assert PAGE not in world.client("host_manager").get("/account/").content.decode()
