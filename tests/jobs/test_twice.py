"""Every task and every kind of work, done twice in turn, at once, and again after success, is done once (P44)."""

from __future__ import annotations

import hashlib
import os
import time
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import LazySettings
from django.core.management import call_command
from django.utils import timezone

from embedded.audit.models import Event
from embedded.celery import app
from embedded.drafts.models import Draft
from embedded.files import disk
from embedded.jobs import ask, handlers, tasks
from embedded.jobs.models import Job, Pulse
from embedded.post.models import Letter
from programmes.calendars import actions as calendars
from programmes.intake import actions as intake
from programmes.interchange import actions as interchange
from programmes.models import (
    AccessItem,
    ActivityKind,
    Interest,
    LogFile,
    ProgrammeMonth,
    Residency,
    ResidencyFile,
)
from tests.agreements.telling import ask as ask_to_agree
from tests.calendars.files import event, ics
from tests.intake.building import many, table
from tests.interchange.building import table as log_table
from tests.jobs import library
from tests.jobs.library import asked
from tests.mail_server import MailServer
from tests.recruitment.begun import approve, begin
from tests.reports.telling import ask as ask_report
from tests.workers import DrillRedis, at_once
from tests.world import make_person, make_residency, make_world

assert tasks  # names them to Celery, as its workers do
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("redis_of_drill", "here")]

LONG_AGO = timedelta(days=100)


@pytest.fixture
def here(settings: LazySettings, tmp_path: Path, mail_server: MailServer) -> None:
    settings.DATA_DIR = tmp_path
    settings.LINKS_ARE_CHECKED = True


def letter() -> Job:
    Letter.objects.create(to="sam@nhs.uk", subject="Hello", key="1", state="waiting", asked_at=timezone.now())
    return ask("letter", "letter:1", {"letter": Letter.objects.get().pk}, None)


def programme_report() -> Job:
    return asked(ask_report(make_world()).job)


def old_draft() -> Job:
    then = timezone.now() - LONG_AGO
    Draft.objects.create(person=make_person(), purpose="somewhere", payload=b"sealed", updated_at=then)
    return ask("drafts.sweep", "drafts.sweep:now", {}, None)


def orphan_file() -> Job:
    path = disk.place(disk.write(b"nobody wants it"))
    os.utime(path, (time.time() - LONG_AGO.total_seconds(),) * 2)
    return ask("files.sweep_orphans", "files.sweep_orphans:now", {}, None)


def old_letter() -> Job:
    then = timezone.now() - LONG_AGO
    Letter.objects.create(to="sam@nhs.uk", subject="Old", text="Words", key="1", state="kept", asked_at=then)
    return ask("post.purge", "post.purge:now", {}, None)


def old_interest() -> Job:
    Interest.objects.create(
        programme=make_world().programme,
        organisation_name="A trust",
        problem="Falls",
        name="Ruth",
        email="ruth@trust.example",
        registered_on=(timezone.now() - 4 * LONG_AGO).date(),
    )
    return ask("interests.purge", "interests.purge:now", {}, None)


def months_to_fold() -> Job:
    programme = make_world().programme
    for entries in (2, -1):
        kinds = dict.fromkeys(ActivityKind.values, 30 * entries)
        ProgrammeMonth.objects.create(programme=programme, month="2026-03-01", entries=entries, **kinds)
    return ask("measures.fold_months", "measures.fold_months:now", {}, None)


def job_description() -> Job:
    world = make_world()
    return asked(approve(world, begin(world)).job)


def working_agreement() -> Job:
    world = make_world()
    return asked(ask_to_agree(world.client("host_manager"), world).job)


def file_to_check(at: datetime | None = None) -> Job:
    world = make_world()
    lead = world.people["programme_lead"]
    content, when = table(*many(2)), at or timezone.now()
    file = intake.hand_in(programme=world.programme, content=content, name="two.csv", by=lead, at=when)
    return asked(file.job)


def file_to_bring_in() -> Job:
    run(file_to_check())
    file = ResidencyFile.objects.latest("pk")
    assert intake.ask_to_bring_in(file=file, by=file.asked_by)
    return asked(ResidencyFile.objects.get(pk=file.pk).importing)


def old_file() -> Job:
    run(file_to_check(timezone.now() - LONG_AGO))
    return ask("residency_files.purge", "residency_files.purge:now", {}, None)


def log_to_check(at: datetime | None = None) -> Job:
    content = log_table([str(timezone.localdate()), "30", "Ward round", "Teaching and coaching"])
    person = make_world().people["researcher"]
    return asked(interchange.hand_in(content=content, by=person, at=at or timezone.now()).job)


def log_to_bring_in() -> Job:
    run(log_to_check())
    file = LogFile.objects.latest("pk")
    interchange.choose_columns(
        file=file,
        columns={"at": {"date": 0, "how_long": 1, "what": 2, "kind": 3}, "kind": "", "dates": "day"},
        head=["Date", "Minutes", "What", "Kind"],
        unit="minutes",
        late_reason="copied",
        residency=Residency.objects.latest("pk"),
        version=1,
        by=file.person,
    )
    run(asked(LogFile.objects.get(pk=file.pk).job))
    assert interchange.ask_to_bring_in(file=file, by=file.person)
    return asked(LogFile.objects.get(pk=file.pk).importing)


def old_log() -> Job:
    run(log_to_check(timezone.now() - LONG_AGO))
    return ask("log_files.purge", "log_files.purge:now", {}, None)


def calendar_to_read() -> Job:
    day = f"{timezone.localdate():%Y%m%d}"
    meeting = event(f"DTSTART:{day}T100000Z", "DURATION:PT1H")
    person = make_world().people["researcher"]
    return asked(calendars.hand_in(content=ics(meeting), by=person, at=timezone.now()).job)


def quiet_log() -> Job:
    make_world()
    return ask("nudges.look", "nudges.look:now", {}, None)


def access_due() -> Job:
    world = make_world()
    kept = {"placement": world.placement, "host": world.host, "owner_email": "jo@nhs.uk"}
    AccessItem.objects.create(kind="badge", due=timezone.localdate(), **kept)
    AccessItem.objects.create(kind="desk", due=timezone.localdate() - LONG_AGO, **kept)
    return ask("access.remind", "access.remind:now", {}, None)


def what_lasted() -> Job:
    ended = timezone.localdate() - 2 * LONG_AGO
    made = {"ended_on": ended, "host_manager_email": "jo@nhs.uk", "planned_end": ended, "started_on": None}
    make_residency(make_world().programme, None, "ended", planned_start=None, **made)
    return ask("looking_back.ask", "looking_back.ask:now", {}, None)


KINDS: dict[str, Callable[[], Job]] = {
    "letter": letter,
    "job_description": job_description,
    "programme_report": programme_report,
    "calendar_read": calendar_to_read,
    "log_file_check": log_to_check,
    "log_file_import": log_to_bring_in,
    "residency_file_check": file_to_check,
    "residency_file_import": file_to_bring_in,
    "working_agreement": working_agreement,
    "access.remind": access_due,
    "drafts.sweep": old_draft,
    "files.sweep_orphans": orphan_file,
    "interests.purge": old_interest,
    "log_files.purge": old_log,
    "looking_back.ask": what_lasted,
    "measures.fold_months": months_to_fold,
    "nudges.look": quiet_log,
    "post.purge": old_letter,
    "residency_files.purge": old_file,
} | library.KINDS

OURS = [model for model in apps.get_models() if not model._meta.label.startswith(("auth.", "contenttypes."))]


def run(job: Job) -> None:
    app.tasks["jobs.run"](job_id=job.pk)


def sum_of_all() -> str:
    """Of every row of every table but the sweeper's pulse, and of every file."""
    rows: list[Any] = [
        sorted(map(str, model._base_manager.values_list()))
        for model in apps.get_models()
        if model is not Pulse
    ]
    files = sorted(str(path) for path in disk.older_than(time.time() + 60))
    return hashlib.sha256(repr([rows, files]).encode()).hexdigest()


def counted() -> dict[str, Any]:
    """The same without what differs from run to run, like names of made-up people and moments."""
    return {model._meta.label: model._base_manager.count() for model in OURS} | {
        "jobs": Counter(Job.objects.values_list("kind", "state", "tries", "error")),
        "letters": Counter(Letter.objects.values_list("state", "tries", "doubts")),
        "events": Counter(Event.objects.values_list("deed", flat=True)),
        "files": len(list(disk.older_than(time.time() + 60))),
    }


def test_nothing_is_left_out(settings: LazySettings) -> None:
    """A new task or kind of work fails this until it is in the lists of this file."""
    ours = {name for name in app.tasks if not name.startswith("celery.")}
    assert ours == {"jobs.run", "jobs.sweep"}
    handlers._load.__wrapped__(tuple(settings.JOB_HANDLERS))
    practised = {kind for kind, work in handlers._known.items() if work.do.__module__.startswith("tests.")}
    assert set(handlers._known) - practised == set(KINDS)


def empty_house() -> None:
    """What migrations have written goes too, so that two beginnings are alike."""
    call_command("flush", interactive=False, verbosity=0)
    for path in disk.older_than(time.time() + 60):
        path.unlink()


@pytest.mark.parametrize("kind", KINDS)
def test_done_again_after_success_changes_nothing(kind: str, mail_server: MailServer) -> None:
    job = KINDS[kind]()
    before = sum_of_all()
    run(job)
    once, posted = sum_of_all(), len(mail_server.taken)
    assert once != before
    for _ in range(2):
        run(job)
    assert (sum_of_all(), len(mail_server.taken)) == (once, posted)
    assert Job.objects.get(pk=job.pk).state == "done"


@pytest.mark.parametrize("kind", KINDS)
def test_done_by_four_at_once_is_done_once(kind: str, mail_server: MailServer) -> None:
    empty_house()
    run(KINDS[kind]())
    alone, posted = counted(), len(mail_server.taken)
    empty_house()
    job = KINDS[kind]()
    at_once(*[lambda: run(job)] * 4)
    run(job)
    together = counted()
    assert {name: (alone[name], together[name]) for name in alone if alone[name] != together[name]} == {}
    assert len(mail_server.taken) == 2 * posted


def test_swept_by_four_at_once_each_round_is_asked_for_once(
    redis_of_drill: DrillRedis, settings: LazySettings
) -> None:
    waiting = letter()
    at_once(*[app.tasks["jobs.sweep"]] * 4)
    rounds = set(Job.objects.exclude(pk=waiting.pk).values_list("kind", flat=True))
    assert (rounds, Job.objects.count()) == (set(settings.JOB_ROUNDS), len(settings.JOB_ROUNDS) + 1)
    once = sum_of_all()
    app.tasks["jobs.sweep"]()
    assert sum_of_all() == once
