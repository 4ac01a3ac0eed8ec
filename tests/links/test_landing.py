"""The page behind a link: open to the signed-out, never stored, harmless to mail scanners (P20, P21, F14)."""

from __future__ import annotations

import pytest
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
