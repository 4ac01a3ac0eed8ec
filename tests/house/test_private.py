"""The canary drill (P6, P7, P54): an "only me" words of an entry are nowhere but with their writer."""

from __future__ import annotations

import base64
import logging
import re
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import StringIO
from typing import Any
from uuid import uuid4

import pytest
import redis
from django.conf import settings
from django.db import connection
from django.test import Client

from embedded.audit.models import Event
from embedded.drafts.models import ParkedPost
from embedded.jobs.models import Job
from embedded.post.models import Letter
from programmes.entries import writing
from programmes.models import Activity, Report
from programmes.reports.actions import ask_for_report
from programmes.reports.build import make
from tests.conftest import POSTGRES
from tests.house.addresses import Things, address_of, our_names, things_in
from tests.house.crawling import SECRET_NOTE, SECRET_WHAT, WRITER, Crawl, filled
from tests.house.presses import press_of
from tests.reports.telling import last_twelve
from tests.world import make_world

SECRETS = (SECRET_WHAT, SECRET_NOTE)


@pytest.mark.django_db
@pytest.mark.parametrize("secret", SECRETS)
def test_p6_nobody_but_the_writer_reads_it_anywhere(crawl: Crawl, secret: str) -> None:
    found = crawl.holding(secret)
    assert any(f"to {WRITER}:" in one for one in found), "the drill looks at nothing"
    assert [one for one in found if f"to {WRITER}:" not in one] == []


@pytest.mark.django_db
def test_p6_the_report_and_its_pdf_were_read_by_the_drill(crawl: Crawl) -> None:
    made = {one.name: one for one in crawl.answers if one.who == "programme_lead" and one.status == 200}
    assert "programme report" in made["report_pdf"].words
    assert "The board" in made["report_pdf"].words and "The board" in made["report"].words


def dump() -> bytes:
    """The whole database as PostgreSQL's own pg_dump writes it."""
    done = subprocess.run(
        [
            POSTGRES.binaries["pg_dump"],
            *("-h", str(POSTGRES.socket), "-U", "embedded", "--inserts"),
            *("-d", connection.settings_dict["NAME"]),
        ],
        capture_output=True,
        check=True,
    )
    return done.stdout


def broker_words() -> str:
    """Every key and value on the Redis of the tests, and what is packed in the bodies of messages."""
    line = redis.Redis.from_url(settings.REDIS_URL)
    readers: dict[bytes, Callable[[bytes], Any]] = {
        b"string": line.get,
        b"list": lambda key: line.lrange(key, 0, -1),
        b"hash": line.hgetall,
        b"set": line.smembers,
        b"zset": lambda key: line.zrange(key, 0, -1),
    }
    values = [(key, readers[line.type(key)](key)) for key in line.scan_iter()]  # type: ignore[index]
    packed = re.findall(r'"body": "([\w+/=]+)"', str(values))
    return str(values) + "".join(base64.b64decode(body).decode() for body in packed)


@contextmanager
def logs_kept() -> Iterator[StringIO]:
    """What our own handler writes, every line from INFO up, as production has it."""
    root = logging.getLogger()
    ours: Any = next(one for one in root.handlers if one.name == "lines")
    level, kept = root.level, StringIO()
    before = ours.setStream(kept)
    root.setLevel(logging.INFO)
    try:
        yield kept
    finally:
        root.setLevel(level)
        ours.setStream(before)


def type_it(things: Things) -> None:
    """The same words through the page: saved, refused with an error, and sent after the sign-in ran out."""
    press = press_of("log", things).typing(what=f"{SECRET_WHAT}\n{SECRET_NOTE}")
    browser = press.by(things)
    assert press.send(browser).status_code == 302
    assert press.send(browser, how_long="a while", form_key=str(uuid4())).status_code == 200
    assert "/drafts/continue/" in press.send(Client())["Location"]


@pytest.mark.django_db(transaction=True)
def test_p7_dump_broker_logs_letters_and_trail_hold_none_of_it() -> None:
    """Written, read, reported and sent, with the work really handed to the broker."""
    world = make_world()
    with logs_kept() as logs:
        things = filled(world)
        for who in (WRITER, "programme_lead"):
            browser = world.client(who)
            for name in our_names():
                browser.get(address_of(name, things))
        type_it(things)
        asked = {"theme": None, "period": last_twelve(), "prepared_for": "", "at": things.use.recorded_at}
        report = ask_for_report(programme=world.programme, by=world.people["programme_lead"], **asked)
        make(report, lambda step, done, of: None)
    on_broker, logged, database = broker_words(), logs.getvalue(), dump()
    assert f'"job_id": {report.job_id}' in on_broker, "the drill sends nothing"
    assert '"event": "request_finished"' in logged, "the drill logs nothing"
    assert b"canary residency" in database, "the drill dumps nothing"
    assert Letter.objects.exists()
    for secret in SECRETS:
        assert secret not in on_broker
        assert secret not in logged
        for rows in (Event, Job, Letter, Report):
            assert secret not in str(list(rows.objects.values())), rows
    assert Activity.objects.filter(sealed__isnull=False, what="").count() == Activity.objects.count() == 2
    assert ParkedPost.objects.exists()
    for secret in SECRETS:
        for hidden in (secret.encode(), secret.encode().hex().encode()):
            assert hidden not in database


@pytest.mark.django_db
def test_p6_the_report_of_an_error_holds_none_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """The deed breaks while it has the words in its hands: neither the lines of the log nor the page say any."""
    things = things_in(make_world())
    press = press_of("log", things).typing(what=f"{SECRET_WHAT}\n{SECRET_NOTE}")
    browser = press.by(things, raise_request_exception=False)

    def broken(**given: Any) -> None:
        raise RuntimeError("The disk is on fire")

    monkeypatch.setattr(writing, "log_activity", broken)
    with logs_kept() as logs:
        answer = press.send(browser)
    assert answer.status_code == 500
    assert "The disk is on fire" in logs.getvalue(), "the drill breaks nothing"
    for secret in SECRETS:
        assert secret not in logs.getvalue()
        assert secret not in answer.content.decode()
