"""Sign-ins end (P17): both sides of each boundary in frozen time, on the server, by their owner, by a new password."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from embedded.accounts.models import SignIn, User
from embedded.audit.models import Event
from embedded.drafts.sweeping import sweep
from tests.accounts.conftest import EMAIL, PASSWORD
from tests.accounts.test_journey import page_of
from tests.house.test_production import run

MORNING = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
EDGE = "Mozilla/5.0 (Windows NT 10.0) Chrome/130.0 Safari/537.36 Edg/130.0"
IPHONE = "Mozilla/5.0 (iPhone) Version/18.0 Mobile Safari/604.1"
SEES_OTHERS, OWN_DATA = "tests.accounts.conftest.everybody", ""


@pytest.fixture
def clock() -> Any:
    with time_machine.travel(MORNING, tick=False) as traveller:
        yield traveller


def enter(agent: str = EDGE, **headers: str) -> Client:
    browser = Client(headers={"User-Agent": agent} | headers)
    answer = browser.post("/accounts/login/", {"login": EMAIL, "password": PASSWORD})
    assert answer.status_code == 302, answer.content.decode()
    return browser


def is_in(browser: Client) -> bool:
    """By a page that even somebody on the way to a second step may open."""
    return "Sign out" in browser.get("/contact/").content.decode()


@pytest.mark.parametrize(
    ("rule", "quiet", "goes_on"),
    [
        (SEES_OTHERS, timedelta(minutes=29, seconds=59), True),
        (SEES_OTHERS, timedelta(minutes=30), False),
        (OWN_DATA, timedelta(minutes=30), True),
        (OWN_DATA, timedelta(hours=7, minutes=59, seconds=59), True),
        (OWN_DATA, timedelta(hours=8), False),
    ],
)
def test_p17_a_quiet_sign_in_ends(
    ada: User, clock: Any, settings: Any, rule: str, quiet: timedelta, goes_on: bool
) -> None:
    settings.SECOND_FACTOR_NEEDED = rule
    browser = enter()
    clock.shift(quiet)
    assert is_in(browser) == goes_on
    assert is_in(browser) == goes_on  # and stays so


@pytest.mark.parametrize("rule", [SEES_OTHERS, OWN_DATA])
def test_p17_pressing_keeps_it_and_twelve_hours_end_it(
    ada: User, clock: Any, settings: Any, rule: str
) -> None:
    settings.SECOND_FACTOR_NEEDED = rule
    browser = enter()
    for _ in range(12 * 3 - 1):
        clock.shift(timedelta(minutes=20))
        assert is_in(browser)
    clock.shift(timedelta(minutes=19, seconds=59))
    assert is_in(browser)
    clock.shift(timedelta(seconds=1))
    assert not is_in(browser)


def test_it_is_said_why(ada: User, clock: Any) -> None:
    browser = enter()
    clock.shift(timedelta(hours=9))
    answer = browser.get("/account/")
    assert answer["Location"] == "/accounts/login/?next=/account/"
    assert "nothing was pressed for a while" in page_of(browser.get(answer["Location"]))


def test_a_part_taken_up_meanwhile_shortens_it(ada: User, clock: Any, settings: Any) -> None:
    settings.SECOND_FACTOR_NEEDED = OWN_DATA
    browser = enter()
    clock.shift(timedelta(minutes=40))
    settings.SECOND_FACTOR_NEEDED = SEES_OTHERS
    assert not is_in(browser)


def test_the_list_says_device_and_time_and_marks_this_one(ada: User, clock: Any) -> None:
    here = enter()
    clock.shift(timedelta(minutes=5))
    enter(IPHONE)
    page = " ".join(re.sub(r"<[^>]+>", " ", page_of(here.get("/account/sign-ins/"))).split())
    assert "Edge on Windows This one Signed in on 23 November 2026 at 8:00am" in page
    assert "Safari on an iPhone Signed in on 23 November 2026 at 8:05am" in page
    assert page.count("Sign out there") == 1


def test_one_is_ended_and_nobody_elses(ada: User) -> None:
    here, there = enter(), enter(IPHONE)
    bo = User.objects.create_user("bo@people.example", PASSWORD)
    theirs = SignIn.objects.create(user=bo, session_key="x", device="Edge", began_at=MORNING, seen_at=MORNING)
    one = SignIn.objects.get(user=ada, device="Safari on an iPhone")
    here.post("/accounts/reauthenticate/", {"password": PASSWORD})
    assert here.get(f"/account/sign-ins/{one.pk}/end/").status_code == 405
    assert here.post(f"/account/sign-ins/{theirs.pk}/end/").status_code == 404
    assert here.post(f"/account/sign-ins/{one.pk}/end/")["Location"] == "/account/sign-ins/"
    assert is_in(here) and not is_in(there)
    assert Event.objects.filter(deed="account.signed_out_elsewhere").count() == 1
    assert not Session.objects.filter(pk=one.session_key).exists()


def test_signing_out_everywhere_leaves_no_row_of_the_others(ada: User) -> None:
    here, there = enter(), enter(IPHONE)
    here.post("/accounts/reauthenticate/", {"password": PASSWORD})
    assert here.post("/account/sign-out-elsewhere/").status_code == 302
    assert is_in(here) and not is_in(there)
    assert SignIn.objects.filter(user=ada).count() == 1
    assert page_of(here.get("/account/sign-ins/")).count("This one") == 1


def test_the_id_is_new_after_sign_in_and_after_confirming(ada: User) -> None:
    browser = Client()
    browser.get("/accounts/2fa/webauthn/login/", headers={"Accept": "application/json"})
    keys = [browser.session.session_key]
    browser.post("/accounts/login/", {"login": EMAIL, "password": PASSWORD})
    keys.append(browser.session.session_key)
    browser.post("/accounts/reauthenticate/", {"password": PASSWORD})
    keys.append(browser.session.session_key)
    assert None not in keys and len(set(keys)) == 3
    assert Session.objects.filter(pk__in=keys).count() == 1
    assert SignIn.objects.get(user=ada).session_key == keys[-1]


def test_a_cookie_replayed_after_signing_out_is_nobodys(ada: User) -> None:
    browser = enter()
    thief = Client()
    for name, cookie in browser.cookies.items():
        thief.cookies[name] = cookie.value
    assert is_in(thief)
    browser.post("/accounts/logout/")
    assert not is_in(thief)
    assert not SignIn.objects.exists() and not Session.objects.exists()


def test_a_new_password_ends_the_others(ada: User) -> None:
    here, there = enter(), enter(IPHONE)
    here.post("/accounts/reauthenticate/", {"password": PASSWORD})
    typed = {"oldpassword": PASSWORD, "password1": "an entirely new one"}
    assert here.post("/accounts/password/change/", typed).status_code == 302
    assert is_in(here) and not is_in(there)
    assert SignIn.objects.count() == 1


def test_a_password_set_by_letter_ends_all(ada: User) -> None:
    there, here = enter(), Client()
    here.post("/accounts/password/reset/", {"email": EMAIL})
    link = re.search(r"/accounts/password/reset/key/\S+", mail.outbox[-1].body)
    assert link
    where = here.get(link[0], follow=True).redirect_chain[-1][0]
    here.post(where, {"password1": "an entirely new one"})
    assert not is_in(there)
    assert not SignIn.objects.exists()


def test_an_account_switched_off_is_out_at_once(ada: User) -> None:
    browser = enter()
    User.objects.update(is_active=False)
    assert not is_in(browser)


def test_whoever_runs_the_service_ends_all_of_somebodys(ada: User) -> None:
    here, there = enter(), enter(IPHONE)
    call_command("end_sessions", EMAIL.upper())
    assert not is_in(here) and not is_in(there)
    enter()
    call_command("end_sessions", EMAIL, "--for-good")
    refused = Client().post("/accounts/login/", {"login": EMAIL, "password": PASSWORD})
    assert refused.status_code == 200 or refused["Location"] == "/accounts/inactive/"
    call_command("end_sessions", EMAIL, "--on")
    assert is_in(enter())
    with pytest.raises(CommandError):
        call_command("end_sessions", "nobody@people.example")


def test_the_list_costs_nothing_on_every_page(sign_in: Callable[[], Client]) -> None:
    browser = sign_in()
    browser.get("/contact/")
    with CaptureQueriesContext(connection) as asked:
        assert is_in(browser)
    told = " ".join(query["sql"] for query in asked)
    assert "accounts_signin" not in told and "UPDATE" not in told


def test_what_has_ended_is_swept_and_what_goes_on_is_not(ada: User, clock: Any) -> None:
    enter()
    clock.shift(timedelta(hours=6))
    browser = enter(IPHONE)
    assert sweep(timezone.now())["sessions"] == 0
    clock.shift(timedelta(hours=6))
    swept = sweep(timezone.now())
    assert (swept["sessions"], swept["sign_ins"]) == (1, 1)
    assert is_in(browser)


@pytest.mark.django_db(transaction=True)
def test_p17_cookies_in_production_are_bound_to_the_host(ada: User) -> None:
    told = (
        "import django; django.setup(); from django.test import Client; "
        f"c = Client(); a = c.post('/accounts/login/', {{'login': {EMAIL!r}, 'password': {PASSWORD!r}}}, secure=True, "
        "headers={'Host': 'embedded.hosp.nhs.uk', 'X-Forwarded-Proto': 'https'}); print(a.cookies.output())"
    )
    User.objects.update(password=PBKDF2PasswordHasher().encode(PASSWORD, "salt", 10))
    done = run("-c", told)
    cookies = [line for line in done.stdout.splitlines() if line.startswith("Set-Cookie")]
    names = [re.match(r"Set-Cookie: ([^=]+)=", line)[1] for line in cookies]  # type: ignore[index]
    assert {"__Host-session", "__Host-csrf"} <= set(names), done.stderr
    for line in cookies:
        assert line.startswith("Set-Cookie: __Host-")
        assert "Secure" in line and "HttpOnly" in line and "SameSite=Lax" in line and "Path=/" in line
        assert "Domain" not in line
        assert "Max-Age" not in line or "__Host-session" not in line  # the sign-in ends with the browser
