"""No words of anybody become markup (P23): stored everywhere, shown everywhere; typed into every form; sent out."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from embedded.pdf import print_pdf
from embedded.post import outbox
from embedded.post.models import Letter
from embedded.post.writing import as_html
from programmes.entries.words import Words
from programmes.entries.writing import Entry, log_activity
from programmes.models import Organisation, Residency
from programmes.reports.build import compose, paper
from tests.house.addresses import Things, address_of, our_names, things_in
from tests.house.crawling import text_of_pdf
from tests.house.hostile import MARK, encoded
from tests.house.live import live_links
from tests.house.pages import Page
from tests.house.payloads import PAYLOADS, POLYGLOT
from tests.house.presses import PRESSES
from tests.house.presses_more import MORE
from tests.house.storing import columns, store
from tests.house.trying import FORM, watching
from tests.reports.telling import ask
from tests.world import World

Times = Callable[[int, int], int]
READERS = [
    "programme_lead",
    "researcher",
    "host_manager",
    "rd_office",
    "academic_supervisor",
    "public_partner",
]
FORMS = PRESSES | MORE
WORDS = ("TextField", "TextAreaField")


def looks(things: Things, readers: list[str]) -> Iterator[tuple[str, str, Client]]:
    """Every address by each of the readers, and what signed links open."""
    browsers = {who: things.world.client(who) for who in readers}
    for name in our_names():
        for who, browser in browsers.items():
            yield f"{name} to {who}", address_of(name, things), browser
    for name, address in live_links(things).items():
        yield f"{name}, by link", address, Client()


def words_for_all(things: Things) -> None:
    """Words of the kind that is kept in clear."""
    entry = Entry(date=timezone.localdate(), minutes=5, kind="relational", words=Words("x", "residency"))
    log_activity(residency=things.world.residency, entry=entry, by=things.world.people["researcher"])


def came_out(answer: Any) -> tuple[bool, list[str]]:
    """Whether somebody's words are in the answer, and what is wrong with how they are."""
    content = b"".join(answer) if answer.streaming else answer.content
    kind = answer.get("Content-Type", "")
    if MARK in str(answer.headers):
        return True, [f"in a header: {answer.headers}"]
    if kind.startswith("text/html"):
        text = content.decode()
        return MARK in text, Page(text).foreign
    if kind.startswith("text/csv"):
        cells = [cell for row in csv.reader(io.StringIO(content.decode("utf-8-sig"))) for cell in row]
        return MARK.encode() in content, [
            one for one in cells if one.strip()[:1] in tuple("=+-@") and MARK in one
        ]
    return MARK.encode() in content, []


def test_p23_whatever_is_stored_is_shown_as_words(world: World, walk: Times, settings: Any) -> None:
    settings.DEMONSTRATION = True  # where letters can be read, too
    things = things_in(world)
    words_for_all(things)
    outbox.post(to="x@y.example", subject="x", text="x", html="x", key="a letter")
    every = list(looks(things, READERS[: walk(2, 6)]))
    seen: dict[str, tuple[str, Client]] = {}
    wrong = []
    for turn in range(walk(1, len(PAYLOADS))):
        store(PAYLOADS, turn)
        for name, address, browser in every if turn == 0 else [(key, *value) for key, value in seen.items()]:
            answer = browser.get(address)
            there, found = came_out(answer)
            if there:
                seen[name] = (address, browser)
            wrong += [f"{name}, turn {turn}: {one}" for one in found]
            if answer.status_code >= 500:
                wrong.append(f"{name}, turn {turn}: status {answer.status_code}")
    assert not wrong, "\n".join(dict.fromkeys(wrong[:60]))
    assert len(seen) > 40, f"words were seen on {len(seen)} pages only"


@pytest.mark.parametrize("name", sorted(FORMS))
def test_p23_whatever_is_typed_is_said_back_as_words(world: World, walk: Times, name: str) -> None:
    """In the boxes, in messages, in titles, on the page that follows and in the letters that are written."""
    things = things_in(world)
    press = FORMS[name](things)
    browser = press.by(things)
    with watching() as seen:
        typed = {key: str(value) for key, value in press.typed.items()}
        with transaction.atomic():
            press.send(browser)
            transaction.set_rollback(True)
    boxes = {
        key: field.max_length or 10_000
        for form in seen.forms
        for key, field in form.fields.items()
        if type(field).__name__ in WORDS
    }
    start = sorted(FORMS).index(name)
    wrong = []
    for payload in (PAYLOADS[start:] + PAYLOADS)[: walk(1, len(PAYLOADS))]:
        hostile = {key: payload if len(payload) <= most else f"<{MARK}>" for key, most in boxes.items()}
        wrong += [f"{payload}: {one}" for one in said_back(browser, press.address, typed | hostile)]
    assert not wrong, "\n".join(wrong[:60])


def said_back(browser: Client, address: str, typed: dict[str, Any]) -> list[str]:
    cookies = deepcopy(browser.cookies)
    with transaction.atomic():
        Letter.objects.all().delete()
        answer = browser.post(address, encoded(typed), content_type=FORM, follow=True)
        wrong = came_out(answer)[1]
        for letter in Letter.objects.all():
            wrong += [f"in a letter: {one}" for one in Page(letter.html).foreign]
            wrong += ["in a subject, more than a line"] if len(letter.subject.splitlines()) > 1 else []
        transaction.set_rollback(True)
    browser.cookies = cookies
    return wrong


def test_p23_letters_say_words_as_words() -> None:
    for payload in PAYLOADS:
        page = Page(
            as_html(payload, f"{payload}\n\n- {payload}\n- x {payload}\n\nhttps://x.example/{payload}")
        )
        assert page.foreign == [], payload


def test_p23_what_the_box_for_organisations_gets_is_data(world: World, walk: Times) -> None:
    browser = world.client("programme_lead")
    for payload in PAYLOADS[:: walk(30, 1)]:
        Organisation.objects.filter(pk=world.host.pk).update(display_name=f"Falls {payload}"[:250])
        answer = browser.get(
            "/organisations/", {"q": world.host.code}, headers={"accept": "application/json"}
        )
        assert answer["Content-Type"] == "application/json" and answer["X-Content-Type-Options"] == "nosniff"
        assert json.loads(answer.content)["results"]


def test_p23_a_report_prints_words_as_words(world: World, walk: Times) -> None:
    """Whatever is typed stands in the print as it is: nothing to press, nothing that runs."""
    things_in(world)
    report = ask(world)
    for turn in range(0, len(PAYLOADS), walk(len(PAYLOADS), 40)):
        store(PAYLOADS, turn)
        report.refresh_from_db()
        html = paper(compose(report))
        assert Page(re.sub(r"<style>.*?</style>", "", html, flags=re.S)).foreign == []
        printed = bytes(print_pdf(html, POLYGLOT))
        assert b"/JavaScript" not in printed and b"/Launch" not in printed and b"/EmbeddedFile" not in printed
        assert MARK in text_of_pdf(printed)


def test_the_drill_sees_what_comes_out_unescaped(world: World) -> None:
    """What makes the tests above worth something: each payload that is markup is found when it is not escaped."""
    loud = [
        one for one in PAYLOADS if one.startswith("<") and not one.startswith(("<!", "<svg><style", "<math"))
    ]
    assert sum(bool(Page(one + ">").foreign) for one in loud) > 0.8 * len(loud) > 40
    for broken in (
        f'<a href="{PAYLOADS[0]}">',
        f"<p>{PAYLOADS[0]}</p>",
        f"<p title=x onclick={MARK}()>",
        f"<!--{MARK}-->",
    ):
        assert Page(broken).foreign
    assert len(set(PAYLOADS)) >= 120 and len(columns()) > 60
    assert Residency._meta.get_field("title") in [column for _, column in columns()]
