"""Addresses on the web are looked up by one door: public machines only, nothing read, and only written down."""

from __future__ import annotations

import ipaddress
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from guidance.desk import links
from guidance.desk.knocking import Answer, is_public, look
from guidance.desk.models import WebAddress
from guidance.models import Edition
from tests.guidance.desk.desk import page, press, write
from tests.guidance.shelf import BODY

STATE = WebAddress.State


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.1.2.3",
        "0.0.0.0",  # noqa: S104
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1",
        "fc00::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "2002:7f00:1::",
        "64:ff9b::7f00:1",
        "64:ff9b::a00:1",
    ],
)
def test_machines_that_are_not_public_are_not_asked(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"])
def test_public_machines_are(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://127.1/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://[::1]/",
        "http://localhost/",
        "http://10.0.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "https://me:secret@a.example/",
        "http://127.0.0.1:6379/",
        "ftp://a.example/",
        "file:///etc/passwd",
        "gopher://127.0.0.1:70/",
        "jar:http://127.0.0.1!/",
        "//10.0.0.1",
        "https://",
        "http://[::1",
        "",
    ],
)
def test_what_leads_to_no_public_machine_is_never_knocked_at(url: str) -> None:
    assert look(url).state in (STATE.BROKEN, STATE.UNSURE)


class Site(BaseHTTPRequestHandler):
    """Answers by the path: a status, or somewhere else."""

    asked: list[tuple[str, str, str]] = []

    def do_HEAD(self) -> None:
        Site.asked.append((self.command, self.path, self.headers["Host"]))
        status, _, onwards = self.path[1:].partition("/")
        self.send_response(int(status))
        if onwards:
            self.send_header("Location", onwards)
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Says nothing."""


@pytest.fixture
def site() -> Iterator[int]:
    """The port of a small site on this machine."""
    Site.asked = []
    server = HTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server.server_port
    server.shutdown()
    server.server_close()
    thread.join()


def here(path: str, port: int) -> Answer:
    """Looks as if this machine were public."""
    return look(f"http://localhost{path}", allowed=lambda ip: ip.is_loopback, ports={"http": port})


@pytest.mark.parametrize(
    ("path", "state"),
    [
        ("/200", STATE.THERE),
        ("/301//200", STATE.THERE),
        ("/302//404", STATE.BROKEN),
        ("/404", STATE.BROKEN),
        ("/410", STATE.BROKEN),
        ("/403", STATE.UNSURE),
        ("/500", STATE.UNSURE),
        ("/302/file:///etc/passwd", STATE.BROKEN),
        ("/302/http://10.0.0.1/", STATE.BROKEN),
        ("/302/http://127.0.0.1:6379/", STATE.BROKEN),
    ],
)
def test_answers_are_told_apart(site: int, path: str, state: WebAddress.State) -> None:
    assert here(path, site).state == state


def test_only_the_head_is_asked_for_under_the_name_that_was_given(site: int) -> None:
    here("/200", site)
    assert Site.asked == [("HEAD", "/200", "localhost")]


def test_what_leads_on_and_on_ends(site: int) -> None:
    path = "/302/" * 9 + "/200"
    assert here(path, site) == Answer(STATE.BROKEN, "Leads on and on")
    assert len(Site.asked) == 6


@pytest.mark.django_db
def test_nothing_is_looked_up_where_it_is_switched_off(guide: Edition) -> None:
    def knock(url: str) -> Answer:
        raise AssertionError(url)

    assert links.look_up_all(timezone.now(), lambda words, done, of: None, knock) == 0
    with pytest.raises(CommandError, match="LINKS_ARE_CHECKED"):
        call_command("check_guidance_links")


@pytest.mark.django_db
def test_broken_links_are_written_down_and_shown_on_the_desk(
    guide: Edition, hers: Client, settings: Any
) -> None:
    settings.LINKS_ARE_CHECKED = True
    guide.body += "\n[One](https://a.example/gone) and [two](https://a.example/there).\n"
    guide.notes["S3"]["url"] = "https://a.example/paper"
    guide.save()
    WebAddress.objects.create(url="https://a.example/not-named-any-more")
    asked: list[str] = []

    def knock(url: str) -> Answer:
        asked.append(url)
        return Answer(STATE.BROKEN if "gone" in url else STATE.THERE, "Not there any more (status 404)")

    assert links.look_up_all(timezone.now(), lambda words, done, of: None, knock) == 3
    assert sorted(asked) == ["https://a.example/gone", "https://a.example/paper", "https://a.example/there"]
    assert WebAddress.objects.count() == 3
    assert "1 broken link" in page(hers, "/guidance/desk/")
    assert "https://a.example/gone" in page(hers, "/guidance/desk/a-guide/")
    assert Edition.objects.get().body == guide.body


@pytest.mark.django_db
def test_who_publishes_and_who_approves_are_shown_what_was_found_broken(
    guide: Edition, hers: Client, his: Client
) -> None:
    gone = "https://a.example/gone"
    state = {"state": STATE.BROKEN, "found": "Not there any more", "looked_at": timezone.now()}
    WebAddress.objects.create(url=gone, **state)
    write(hers, body=BODY.replace("A sentence.", "A clear sentence."), changelog="A clearer word.")
    assert "Try these links" not in page(hers, "/guidance/desk/a-guide/publish/")
    write(hers, body=BODY.replace("A sentence.", f"See [this]({gone})."), changelog="A link.")
    assert "Try these links" in page(hers, "/guidance/desk/a-guide/publish/")
    press(hers, "/guidance/desk/a-guide/publish/", kind="edition")
    text = page(his, "/guidance/desk/a-guide/approve/")
    assert "Try these links" in text
    assert f">{gone}</a>: Not there any more, looked up on" in text
