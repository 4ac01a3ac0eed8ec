"""The page behind a link: open to the signed-out, never stored, harmless to mail scanners (P20, P21, F14)."""

from __future__ import annotations

import pytest
import time_machine
from django.test import Client

from embedded.links import issue, revoke
from embedded.links.models import SignedLink

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.links.pages")]


@pytest.fixture
def token() -> str:
    return issue("answer", "17")[1]


def test_page_is_open_never_stored_and_sends_no_referrer(client: Client, token: str) -> None:
    response = client.get(f"/a/{token}/")
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "no-referrer, strict-origin"


def test_never_existed_expired_and_revoked_look_the_same(client: Client, token: str) -> None:
    revoke(SignedLink.objects.get())
    for tried in (token, token[:-1], "nothing"):
        response = client.get(f"/a/{tried}/")
        assert (response.status_code, response.content) == (404, b"This link does not work any more.")
        assert "no-store" in response["Cache-Control"]


def test_mail_scanners_change_nothing_and_the_person_still_answers_once(client: Client, token: str) -> None:
    before = SignedLink.objects.values().get()
    for number in range(10):
        scanner = Client(REMOTE_ADDR=f"192.0.2.{number}", headers={"User-Agent": f"scanner {number}"})
        scanner.get(f"/a/{token}/", headers={"Sec-Purpose": "prefetch"})
        scanner.head(f"/a/{token}/")
    assert SignedLink.objects.values().get() == before
    assert client.post(f"/a/{token}/").content == b"Thank you"
    assert client.post(f"/a/{token}/").content == b"Answered already"


def test_post_needs_the_page_that_it_comes_from(token: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(f"/a/{token}/").status_code == 403
    assert SignedLink.objects.get().used_at is None


def test_hammering_is_answered_by_429(client: Client, token: str) -> None:
    for _ in range(30):
        assert client.get(f"/a/{token}/").status_code == 200
    response = client.get(f"/a/{token}/")
    assert (response.status_code, response["Retry-After"]) == (429, "60")
    assert response["Referrer-Policy"] == "no-referrer, strict-origin"
    assert "no-store" in response["Cache-Control"]


BROWSER = {"Sec-Fetch-Mode": "navigate"}


def open_in_browser(browser: Client, address: str) -> str:
    """What a browser does with a link; gives the address at which it ends."""
    answer = browser.get(address, headers=BROWSER)
    assert answer.status_code == 302
    assert "no-store" in answer["Cache-Control"]
    assert answer["Referrer-Policy"] == "no-referrer, strict-origin"
    return str(answer["Location"])


def test_p20_a_browser_ends_at_an_address_without_the_token(client: Client, token: str) -> None:
    clean = open_in_browser(client, f"/a/{token}/?saved=yes")
    path = clean.removesuffix("?saved=yes")
    assert token[3:10] not in clean and clean != path
    cookie = client.cookies["link"]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (
        path,
        True,
        "Lax",
        "",
    )
    page = client.get(clean, headers=BROWSER)
    assert page.status_code == 200 and token not in page.content.decode()
    assert client.post(path).content == b"Thank you"
    assert client.post(path).content == b"Answered already"


def test_p20_looking_in_a_browser_changes_nothing(client: Client, token: str) -> None:
    before = SignedLink.objects.values().get()
    for _ in range(20):
        client.get(open_in_browser(client, f"/a/{token}/"), headers=BROWSER)
    assert SignedLink.objects.values().get() == before


def test_p20_dead_and_made_up_links_lead_to_the_same_page_by_the_same_way(client: Client, token: str) -> None:
    revoke(SignedLink.objects.get())
    for tried in (token, token[:-1] + ("A" if token[-1] != "A" else "B")):
        answer = client.get(open_in_browser(client, f"/a/{tried}/"), headers=BROWSER)
        assert (answer.status_code, answer.content) == (404, b"This link does not work any more.")


def test_p20_the_clean_address_is_worth_nothing_without_its_cookie(client: Client, token: str) -> None:
    clean = open_in_browser(client, f"/a/{token}/")
    assert Client().get(clean).status_code == Client().post(clean).status_code == 404
    kept = client.cookies["link"].value
    for forged in (token, kept[:-1], f"{token}:x:y", "", kept.replace("k1_", "k2_")):
        other = Client()
        other.cookies["link"] = forged
        assert other.get(clean).status_code == 404, forged
    assert SignedLink.objects.get().used_at is None


def test_p20_a_cookie_of_one_link_is_none_for_another(client: Client, token: str) -> None:
    clean = open_in_browser(client, f"/a/{token}/")
    other_clean = open_in_browser(Client(), f"/a/{issue('answer', '18')[1]}/")
    assert client.get(clean).status_code == 200
    assert client.get(other_clean).status_code == 404


def test_p20_the_cookie_ends_after_twenty_hours(client: Client, token: str) -> None:
    with time_machine.travel("2026-05-04 12:00 +0000", tick=False) as clock:
        _, fresh = issue("answer", "19")
        clean = open_in_browser(client, f"/a/{fresh}/")
        clock.shift(20 * 3600)
        assert client.get(clean).status_code == 200
        clock.shift(1)
        assert client.get(clean).status_code == 404
