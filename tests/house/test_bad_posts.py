"""Forms that no browser of ours would send (§4.2): forged keys, other types, broken bodies, other methods."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from django.test import Client

from embedded.drafts.models import FormKey
from tests.house import tables
from tests.house.addresses import things_in
from tests.house.hostile import GOOD_NAMES, encoded
from tests.house.pages import Page
from tests.house.presses import NAMES, PRESSES, Press, each_press, press_of
from tests.house.trying import FORM, SENSIBLE, watching
from tests.world import World

Times = Callable[[int, int], int]
METHODS = ["HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND", "MKCOL", "LOCK", "BREW"]
MULTIPART = "multipart/form-data; boundary=x"
PART = b'--x\r\nContent-Disposition: form-data; name="title"'
FILE = b'--x\r\nContent-Disposition: form-data; name="f"; filename='
ELSE_THAN_A_FORM: dict[str, tuple[bytes, str]] = {
    "JSON": (b'{"title": "x", "form_key": {"a": [1]}}', "application/json"),
    "JSON that says it is a form": (b'{"title": "x"}', FORM),
    "a deep JSON": (b"[" * 100_000, "application/json"),
    "XML": (b"<a>&b;</a>", "text/xml"),
    "plain text": (b"title=x", "text/plain"),
    "no type": (b"title=x", ""),
    "a type of its own": (b"title=x", "a/b; c=\xff"),
    "a charset that nobody knows": (b"title=x", f"{FORM}; charset=bogus"),
    "UTF-16": ("title=x".encode("utf-16"), f"{FORM}; charset=utf-16"),
    "UTF-7": (b"title=+ADw-script+AD4-", f"{FORM}; charset=utf-7"),
    "only signs": (b"&&&===&;;%", FORM),
    "half an escape": (b"title=%&title=%G1&%=%", FORM),
    "nothing": (b"", FORM),
    "multipart without boundary": (PART + b"\r\n\r\nx\r\n--x--", "multipart/form-data"),
    "multipart with an empty boundary": (PART, "multipart/form-data; boundary="),
    "multipart that ends early": (PART, MULTIPART),
    "multipart without a name": (b"--x\r\nContent-Disposition: form-data\r\n\r\nx\r\n--x--", MULTIPART),
    "multipart in base64 that is none": (
        PART + b"\r\nContent-Transfer-Encoding: base64\r\n\r\n\xff=\r\n--x--",
        MULTIPART,
    ),
    "a file where words are asked": (FILE + b'"a"\r\n\r\nx\r\n--x--', MULTIPART),
    "a file with a path": (FILE + b'"../../x"\r\n\r\nx\r\n--x--', MULTIPART),
    "a file with a long name": (FILE + b'"' + b"a" * 4_000 + b'"\r\n\r\nx\r\n--x--', MULTIPART),
    "a file without an end": (FILE + b'"a"\r\n\r\n' + b"x" * 9_000, MULTIPART),
    "10,000 parts": ((PART + b"\r\n\r\nx\r\n") * 10_000 + b"--x--", MULTIPART),
    "10,000 fields": (b"&".join(b"f%d=x" % number for number in range(10_000)), FORM),
    "6 MB": (b"title=" + b"x" * 6_000_000, FORM),
    "form data with a forged length": (b"title=x", FORM),
}
FORGED: dict[str, dict[str, Any]] = {
    "no key": {"form_key": []},
    "an empty key": {"form_key": ""},
    "a key that is none": {"form_key": "x' OR 1=1"},
    "a key with NUL": {"form_key": "\x00"},
    "a long key": {"form_key": "a" * 100_000},
    "two keys": {"form_key": ["1", "2"]},
    "a nested key": {"form_key[id]": "1", "title[]": "x", "a[b][c]": "1", "__proto__": "x", "self": "x"},
    "no version": {"version": []},
    "an empty version": {"version": ""},
    "a version below nought": {"version": "-1"},
    "a version in words": {"version": "two"},
    "a huge version": {"version": "9" * 5_000},
    "a version beyond an integer": {"version": "2147483648"},
    "a version in Arabic": {"version": "١"},
    "a fraction of a version": {"version": "1.0"},
    "rows": {"rows": "1000000000", "TOTAL_FORMS": "1000000000", "form-TOTAL_FORMS": "-1"},
    "rows in words": {"rows": "x" * 1000},
    "rows as a superscript": {"rows": "²", "form-0-id": "1"},
    "forged numbers": {"placement": "9" * 5_000, "at": "-1", "remove": "9" * 5_000, "person": "9" * 30},
    "numbers with NUL": {
        "placement": "\x00",
        "at": "\x00",
        "remove": "1\x00",
        "person": "\x00",
        "press": "\x00",
    },
    "strange numbers": {"placement": "²", "remove": "²", "person": "²", "seen": "\x00" * 9, "partner": "-0"},
    "numbers of others": {"placement": "1", "remove": "1", "partner": "1", "project": "1", "theme": "1"},
    "an unknown button": {"press": "<script>", "add": "x", "later": "x", "another": "x"},
    "a strange then": {"then": "//evil.example", "next": "//evil.example"},
    "a choice of nothing": {"host-chosen": "own:\x00", "host-offered": "a" * 9_000, "seen": "own:X,own:Y"},
    "a choice without a scheme": {"host-chosen": ":", "organisation-chosen": "own:", "same_as": "new:"},
    "another's token": {"csrfmiddlewaretoken": "a" * 9_000},
}


def tried(browser: Client, send: Callable[[], Any]) -> str:
    """What is wrong with the answer; whatever was written is undone."""
    with transaction.atomic():
        try:
            answer = send()
            wrong = "" if answer.status_code in SENSIBLE else f"status {answer.status_code}"
            if answer.get("Content-Type", "").startswith("text/html"):
                wrong += "".join(Page(answer.content.decode()).foreign)
            if not wrong and answer.status_code == 302 and not answer["Location"].startswith(("/", "?")):
                wrong = f"leads to {answer['Location'][:80]}"
        except Exception as error:  # noqa: BLE001 (whatever it is, it would be a 500)
            wrong = f"broke: {error!r}"[:300]
        transaction.set_rollback(True)
    return wrong


def some(cases: dict[str, Any], name: str, most: int) -> list[tuple[str, Any]]:
    """The same few each day, others for each form."""
    return random.Random(name).sample(sorted(cases.items()), min(most, len(cases)))  # noqa: S311 (no secret)


def all_tried(press: Press, browser: Client, forged: dict[str, Callable[[], Any]]) -> None:
    cookies = browser.cookies.output()
    wrong = {}
    for what, send in forged.items():
        if found := tried(browser, send):
            wrong[what] = found
        browser.cookies.load(cookies.replace("Set-Cookie: ", ""))
    assert not wrong, "\n".join(f"{what}: {found}" for what, found in wrong.items())


@each_press
def test_bad_keys_versions_and_hidden_fields(world: World, walk: Times, name: str) -> None:
    press = press_of(name, things := things_in(world))
    browser, typed = press.by(things), {key: str(value) for key, value in press.typed.items()}
    forged = {
        what: lambda more=more: browser.post(press.address, encoded(typed | more), content_type=FORM)  # type: ignore[misc]
        for what, more in some(FORGED, name, walk(5, 100))
    }
    all_tried(press, browser, forged)


@each_press
def test_what_is_no_form_at_all(world: World, walk: Times, name: str) -> None:
    press = press_of(name, things := things_in(world))
    browser = press.by(things, raise_request_exception=False)
    forged = {
        what: lambda body=body, kind=kind: browser.generic("POST", press.address, body, content_type=kind)  # type: ignore[misc]
        for what, (body, kind) in some(ELSE_THAN_A_FORM, name, walk(5, 100))
    }
    all_tried(press, browser, forged)


@each_press
def test_other_methods_write_nothing_and_do_not_break(world: World, name: str) -> None:
    press = press_of(name, things := things_in(world))
    browser = press.by(things)
    body = encoded({key: str(value) for key, value in press.typed.items()})
    before = tables.digests(tables.WRITTEN_BY_READING)
    for method in METHODS:
        answer = browser.generic(method, press.address, body, content_type=FORM)
        assert answer.status_code in SENSIBLE, method
    assert not tables.changed(before, tables.digests(tables.WRITTEN_BY_READING))


def test_the_key_of_somebody_else_counts_as_a_new_one(world: World) -> None:
    """What they sent is neither shown nor taken for mine."""
    press = press_of("use_new", things := things_in(world))
    mine, theirs = press.by(things), world.client("host_manager")
    key = press.typed["form_key"]
    assert press.send(mine).status_code == press.lands
    assert FormKey.objects.filter(key=UUID(key)).count() == 1
    answer = theirs.post(world.url("uses/new/"), press.typed)
    assert answer.status_code in (302, 403, 404)
    led = {row.person_id for row in FormKey.objects.filter(key=UUID(key))}
    assert world.people["researcher"].pk in led


NAMED = {
    "account_details": "display_name",
    "adopt": "researcher_name",
    "appoint": "name",
    "first_lead_open": "name",
    "invite": "name",
    "partner_add": "name",
    "project_new": "classified_by_name",
    "registration_copy": "title",
    "steering": "sponsor_name",
    "use_confirm": "name",
}


@pytest.mark.parametrize("name", NAMED)
def test_every_name_that_people_have_is_taken_as_it_is(world: World, walk: Times, name: str) -> None:
    press = PRESSES[name](things := things_in(world))
    if name == "project_new":
        press = press.typing(classification="research")
    browser = press.by(things)
    start = sorted(NAMED).index(name)
    for called in (GOOD_NAMES[start::10] * 10)[: walk(4, 0)] or GOOD_NAMES:
        with transaction.atomic(), watching() as seen:
            answer = press.typing(**{NAMED[name]: called}).send(browser)
            assert answer.status_code == press.lands, f"{called}: {[form.errors for form in seen.refused]}"
            assert seen.wrote(called), f"{called} was not kept as typed"
            transaction.set_rollback(True)


def test_there_are_enough_of_each() -> None:
    assert len(GOOD_NAMES) == len(set(GOOD_NAMES)) >= 40
    assert len(ELSE_THAN_A_FORM) + len(FORGED) + len(METHODS) > 60
    assert set(NAMED) <= set(NAMES)
