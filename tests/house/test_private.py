"""The canary drill (P6, P7, P54): a diary, and whatever else is sealed, is nowhere but with its writer."""

from __future__ import annotations

import base64
import gzip
import hashlib
import logging
import re
import subprocess
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO, StringIO
from itertools import product
from pathlib import Path
from typing import Any
from uuid import uuid4
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
import redis
from django.conf import settings
from django.db import connection
from django.http import QueryDict
from django.test import Client

from embedded.audit.models import Event
from embedded.backup.writing import back_up
from embedded.drafts import led_before
from embedded.drafts.models import FormKey, ParkedPost
from embedded.jobs.models import Job
from embedded.post.models import Letter
from programmes.diary import actions as diary_actions
from programmes.entries import writing
from programmes.models import Activity, DiaryEntry, MonthlyPulse, PulseAnswer, Report
from programmes.reflection.strategies import KEYS
from programmes.reports.actions import ask_for_report
from programmes.reports.build import make
from tests.conftest import POSTGRES
from tests.house.addresses import Things, address_of, our_names, things_in
from tests.house.crawling import SECRET_NOTE, SECRET_WHAT, WRITER, Crawl, filled
from tests.house.presses import press_of
from tests.house.sealed import DRAFT, FILE, every_file, held_by, plant, sealed_columns, word_of
from tests.reports.telling import last_twelve
from tests.world import World, make_world

SECRETS = (SECRET_WHAT, SECRET_NOTE)
TYPED = "quagga-typed-7788"  # into the diary, by its page
SOUGHT = "quagga-sought-1234"  # among the words of the diary
PLANTED = {word_of(model, column) for model, column, _ in sealed_columns()} | {DRAFT, FILE}
# the least that is planted; the others are columns that no thing of these tests fills
WORDS = {
    "activity-sealed",
    "contact-name",
    "diaryentry-text",
    "firstdaysline-text",
    "logfilerow-said",
    "plannedentry-text",
    "request-what",
}


@pytest.mark.django_db
def test_p6_nobody_but_the_writer_reads_it_anywhere(crawl: Crawl) -> None:
    """Every address, every principal; PDFs, Word files and workbooks opened."""
    for secret in (*SECRETS, *sorted(PLANTED)):
        found = crawl.holding(secret)
        assert [one for one in found if f"to {WRITER}:" not in one] == [], secret
    for secret in (*SECRETS, word_of(DiaryEntry, "text")):
        assert any(f"to {WRITER}:" in one for one in crawl.holding(secret)), "the drill looks at nothing"


def test_p6_there_is_a_word_in_every_kind_of_thing(world: World) -> None:
    planted = plant(things_in(world))
    assert {f"quagga-{word}-6021" for word in WORDS} | {DRAFT, FILE} <= planted <= PLANTED


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
    """Words through the pages: saved, refused with an error, sent after the sign-in ran out, looked for, and nearly
    shared."""
    log = press_of("log", things).typing(what=f"{SECRET_WHAT}\n{SECRET_NOTE}")
    browser = log.by(things)
    assert log.send(browser).status_code == 302
    assert log.send(browser, how_long="a while", form_key=str(uuid4())).status_code == 200
    assert "/drafts/continue/" in log.send(Client())["Location"]
    diary = press_of("diary", things).typing(text=TYPED)
    assert diary.send(browser).status_code == 302
    assert diary.send(browser, on_day="40", form_key=str(uuid4())).status_code == 200
    assert "/drafts/continue/" in diary.send(Client(), form_key=str(uuid4()))["Location"]
    assert browser.post("/diary/find/", {"words": SOUGHT, "form_key": str(uuid4())}).status_code == 200
    share = press_of("diary_share", things)
    assert "Share this?" in share.send(browser, press="").content.decode()


@pytest.mark.django_db(transaction=True)
def test_p7_dump_backup_files_broker_logs_letters_and_trail_hold_none_of_it(
    settings: Any, tmp_path: Path
) -> None:
    """Written, read, reported and sent, with the work really handed to the broker; then a backup is made."""
    settings.DATA_DIR = tmp_path / "data"
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
    assert Letter.objects.exists() and ParkedPost.objects.count() == 2 and DiaryEntry.objects.count() == 2
    rows = {model: str(list(model._base_manager.values())) for model in (Event, Job, Letter, Report)}
    saved = back_up(tmp_path / "backups", at=things.use.recorded_at)
    kept = {str(path): content for path, content in every_file(tmp_path)}
    assert any("/data/files/" in path for path in kept), "the drill keeps no file"
    kept |= {"the backup, opened": opened(saved), "the dump": database}
    assert b"canary residency" in kept["the backup, opened"], "the drill opens no backup"
    kept |= {"the broker": on_broker.encode(), "the logs": logged.encode()}
    kept |= {model.__name__: text.encode() for model, text in rows.items()}
    words = [*SECRETS, *sorted(PLANTED), TYPED, SOUGHT]
    assert {place: found for place, content in kept.items() if (found := held_by(content, words))} == {}
    assert Activity.objects.filter(sealed__isnull=False, what="").count() == Activity.objects.count() == 2


@pytest.mark.django_db
def test_p7_whoever_has_the_rows_alone_cannot_try_all_27_pulses_until_one_fits(world: World) -> None:
    """Neither by what is kept of a form that was sent, nor by how long it is where it is encrypted."""
    things, long, person = things_in(world), set(), world.people["researcher"]
    for answers in product(PulseAnswer.values, repeat=len(KEYS)):
        MonthlyPulse.objects.all().delete()
        press = press_of("pulse", things).typing(**dict(zip(KEYS, answers, strict=True)))
        assert press.send(press.by(things)).status_code == 302
        assert "/drafts/continue/" in press.send(Client())["Location"]
        typed = QueryDict(mutable=True)
        typed.update(press.typed)
        assert led_before(typed["form_key"], by=person, content=typed), "the drill tries what was not sent"
        for guess in (typed.urlencode(), f"{person.pk}{typed.urlencode()}", *answers):
            assert hashlib.sha256(guess.encode()).hexdigest() not in str(list(FormKey.objects.values()))
        long.add(len(MonthlyPulse.objects.get().answers))
    assert len(long) == len({len(one.ciphertext) for one in ParkedPost.objects.all()}) == 1


def opened(backup: Path) -> bytes:
    """The statements that PostgreSQL's own pg_restore would run."""
    packed = next(path for path, content in every_file(backup) if content.startswith(b"PGDMP"))
    program = Path(POSTGRES.binaries["pg_dump"]).with_name("pg_restore")
    return subprocess.run([program, "-f", "-", str(packed)], capture_output=True, check=True).stdout


@pytest.mark.parametrize("before", ["", "x", "xy"])
def test_the_drill_finds_a_word_in_every_shape(before: str) -> None:
    """And looks at nothing when it does not."""
    clear = f"{before}{TYPED} and more".encode()
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as file:
        file.writestr("words", clear)
    for content in (
        clear,
        clear.hex().encode(),
        base64.b64encode(clear),
        gzip.compress(clear),
        zlib.compress(clear),
        packed.getvalue(),
    ):
        assert held_by(content, [TYPED, SOUGHT]) == [TYPED]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "box", "room", "deed"),
    [
        ("log", "what", writing, "log_activity"),
        ("diary", "text", diary_actions, "write_entry"),
        ("diary_entry", "text", diary_actions, "change_entry"),
    ],
)
def test_p6_the_report_of_an_error_holds_none_of_it(
    monkeypatch: pytest.MonkeyPatch, name: str, box: str, room: Any, deed: str
) -> None:
    """The deed breaks while it has the words in its hands: neither the lines of the log nor the page say any."""
    things = things_in(make_world())
    press = press_of(name, things).typing(**{box: f"{SECRET_WHAT}\n{SECRET_NOTE}"})
    browser = press.by(things, raise_request_exception=False)

    def broken(**given: Any) -> None:
        raise RuntimeError("The disk is on fire")

    monkeypatch.setattr(room, deed, broken)
    with logs_kept() as logs:
        answer = press.send(browser)
    assert answer.status_code == 500
    assert "The disk is on fire" in logs.getvalue(), "the drill breaks nothing"
    for secret in SECRETS:
        assert secret not in logs.getvalue()
        assert secret not in answer.content.decode()
