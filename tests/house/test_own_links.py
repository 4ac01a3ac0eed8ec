"""Links in letters and on paper lead to the configured address, whatever Host and proxies say (P35)."""

from __future__ import annotations

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client

from embedded.accounts.models import Tries
from embedded.post.models import Letter
from guidance.models import Edition
from guidance.paper import printed_html
from tests.house.addresses import things_in
from tests.house.presses import PRESSES
from tests.house.presses_more import MORE
from tests.world import World, make_person

BASE = "https://embedded.hosp.example"
SAID = [
    {"HTTP_HOST": "other.example"},
    {"HTTP_HOST": "other.example:8080"},
    {"HTTP_HOST": "OTHER.example."},
    {"SERVER_NAME": "other.example"},
    {"SERVER_PORT": "81"},
    {"wsgi.url_scheme": "http"},
    *(
        {f"HTTP_{name}": "evil.example"}
        for name in (
            "X_FORWARDED_HOST",
            "X_FORWARDED_SERVER",
            "X_HOST",
            "X_ORIGINAL_HOST",
            "X_HTTP_HOST_OVERRIDE",
            "ORIGIN_HOST",
            "REFERER",
        )
    ),
    {"HTTP_FORWARDED": "host=evil.example;proto=http"},
    {"HTTP_X_FORWARDED_PROTO": "http"},
    {"HTTP_X_FORWARDED_PORT": "666"},
    {"HTTP_X_FORWARDED_PREFIX": "//evil.example"},
    {"HTTP_X_ORIGINAL_URL": "//evil.example/"},
    {"HTTP_HOST": "other.example", "HTTP_X_FORWARDED_HOST": "evil.example"},
    {"HTTP_HOST": "localhost"},
]
WRITE_LETTERS = {
    "an invitation": PRESSES["invite"],
    "an owner is asked": PRESSES["access_ask"],
    "a use is to be confirmed": PRESSES["use"],
    "a registration is sent": PRESSES["registration_check"],
    "a registration is returned": MORE["approval, returned"],
    "a member of the public is asked": PRESSES["planning_ask"],
    "people are asked apart": PRESSES["planning_apart"],
    "a post is accepted": PRESSES["accept"],
    "a post is handed over": PRESSES["post_hand_over"],
    "somebody is asked what lasted": PRESSES["look_back_ask"],
    "a person is named": PRESSES["appoint"],
    "a working agreement is to be agreed to": PRESSES["working_agreement_ask"],
}
ADDRESS = re.compile(r"\b[a-z]+://[^\s<>\"]+")


@pytest.fixture(autouse=True)
def known_by(db: None, settings: Any) -> None:
    settings.BASE_URL = BASE
    settings.ALLOWED_HOSTS = ["other.example", "testserver", "localhost"]
    settings.EMAIL_BACKEND = "embedded.post.backend.OutboxBackend"  # tests of Django's keep letters elsewhere
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cache.clear()


def check(letters: Any) -> None:
    for letter in letters:
        found = ADDRESS.findall(letter.text) + re.findall(r'href="([^"]+)"', letter.html)
        assert found and all(one.startswith((BASE, "mailto:")) for one in found), found
        assert "evil.example" not in letter.text + letter.html + letter.subject
        assert "other.example" not in letter.text + letter.html


@pytest.mark.parametrize("what", WRITE_LETTERS)
def test_p35_letters_of_the_work(world: World, what: str) -> None:
    start = sorted(WRITE_LETTERS).index(what)
    press = WRITE_LETTERS[what](things := things_in(world))
    browser = press.by(things)
    Letter.objects.all().delete()
    said: dict[str, Any] = {key: value for one in SAID[start::7] for key, value in one.items()}
    assert browser.post(press.address, press.typed, **said).status_code == press.lands
    check(Letter.objects.all())
    assert Letter.objects.exists()


def test_p35_letters_of_accounts(db: None) -> None:
    person = make_person("Ada")
    EmailAddress.objects.create(user=person.user, email=person.email, verified=True, primary=True)
    for said in SAID:
        Tries.objects.all().delete()
        for email in (person.email, "nobody@people.example"):
            Client().post("/accounts/password/reset/", {"email": email}, **said)
    letters = Letter.objects.all()
    assert letters.count() >= len(SAID)
    check(letter for letter in letters if ADDRESS.search(letter.text))
    assert sum("/password/reset/key/" in letter.text for letter in letters) == len(SAID)


def test_p35_nobody_may_choose_the_host(db: None) -> None:
    for host in ("evil.example", "other.example.evil.example", "other.example@evil.example", "[::1", "a b"):
        answer = Client(raise_request_exception=False).get("/", headers={"host": host})
        assert answer.status_code == 400
        assert "evil" not in answer.content.decode()


def test_p35_paper_names_our_own_address(db: None) -> None:
    call_command("load_guidance", no_packs=True, verbosity=0)
    for edition in Edition.objects.all()[:3]:
        assert f"{BASE}/guidance/" in printed_html(edition)
        assert "localhost" not in printed_html(edition)
