"""Workers are killed by -9 at random moments and exactly between two steps: every report is made once (P38, P39)."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from random import SystemRandom
from uuid import uuid4

import pytest

from embedded.jobs.models import Job
from embedded.post.models import Letter
from programmes.models import Report
from tests.mail_server import MailServer
from tests.reports.drilling import ASKERS, PREPARED, asked_in_turn, asker_of, assert_made_once, job_of
from tests.reports.telling import page
from tests.workers import Worker, Workers, become, ended
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)

SEAMS = (
    "after the file, before its row",
    "after the row of the report, before the letter",
    "after the commit, before the letter is sent on",
    "after the records are read",
    "after the row of the file",
    "after the letter, before the end",
    "after the end, before the commit",
    "in the letter, before the mail server",
)  # of tests/drill_seams.py, which only workers load

Victims = Callable[[Worker], list[int]]


def its_children(worker: Worker) -> list[int]:
    """P38: as the kernel does when memory runs out."""
    return worker.children()


def all_of_it(worker: Worker) -> list[int]:
    """P39: as when the machine is switched off."""
    return [worker.child.pid, *worker.children()]


@pytest.fixture
def reachable(world: World, mail_server: MailServer) -> World:
    """A world whose askers have addresses that letters really go to."""
    for role in ASKERS:
        world.people[role].email = f"{role.replace('_', '.')}@nhs.uk"
        world.people[role].save()
    return world


@dataclass
class Slaughter:
    """Kills what makes reports, each report's worker once."""

    world: World
    victims: Victims
    longest: float = 0
    reports: list[Report] = field(default_factory=list)
    struck: set[int] = field(default_factory=set)

    def ask(self) -> Report:
        self.reports.append(asked_in_turn(self.world, len(self.reports)))
        return self.reports[-1]

    def begin(self) -> None:
        """One report that nobody disturbs says how long the making takes."""
        first = self.ask()
        become(ended(job_of(first)))
        job = Job.objects.get(pk=first.job_id)
        assert job.started_at and job.ended_at
        self.longest = (job.ended_at - job.started_at).total_seconds()

    def strike(self, worker: Worker) -> bool:
        """Waits for a report to be begun and kills its worker at some moment of its making; False when it was done
        by then. It is held still while we look, so that no kill comes a moment after the end."""
        job = self._begun()
        time.sleep(SystemRandom().uniform(0, self.longest))
        victims = self.victims(worker)
        send(victims, signal.SIGSTOP)
        if not Job.objects.filter(pk=job.pk, lease_token=job.lease_token).exists():
            send(victims, signal.SIGCONT)
            return False
        self.struck.add(job.pk)
        send(victims, signal.SIGKILL)
        return True

    def _begun(self) -> Job:
        fresh = Job.objects.filter(kind="programme_report").exclude(pk__in=self.struck)
        if not fresh.exclude(state="done").exists():
            self.ask()
        become(fresh.filter(state="running").exists)
        return fresh.filter(state="running").first() or self._begun()


def send(processes: Iterable[int], how: signal.Signals) -> None:
    for process in processes:
        os.kill(process, how)


def assert_posted_once(mail_server: MailServer, reports: list[Report]) -> None:
    """What arrived at the mail server, a letter a report."""
    letters = [job.pk for job in Job.objects.filter(kind="letter")]
    assert len(letters) == len(reports)
    become(lambda: not Job.objects.filter(kind="letter", ended_at=None).exists())
    sent = [mail["Message-ID"] for mail in mail_server.taken]
    assert len(sent) == len(set(sent)) == len(reports)


@pytest.mark.parametrize("victims", [its_children, all_of_it])
def test_killed_at_random_moments_every_report_is_made_once(
    reachable: World,
    workers: Workers,
    mail_server: MailServer,
    times: Callable[[int, int], int],
    victims: Victims,
) -> None:
    """P38, P39: 20 kills each; whoever waits for a report that was struck sees that it is being prepared."""
    slaughter = Slaughter(reachable, victims)
    worker = workers.start(**mail_server.env())
    slaughter.begin()
    while len(slaughter.struck) < times(2, 20):
        if not slaughter.strike(worker):
            continue
        if victims is all_of_it:
            worker.kill()
        report = Report.objects.get(job_id=max(slaughter.struck))
        assert PREPARED in page(reachable.client(asker_of(reachable, report)), report)
        if victims is all_of_it:
            worker = workers.start(**mail_server.env())
    become(ended(*map(job_of, slaughter.reports)))
    assert_made_once(*slaughter.reports)
    assert_posted_once(mail_server, slaughter.reports)


@pytest.mark.parametrize(
    "whole_worker", [False, pytest.param(True, marks=pytest.mark.full)], ids=["child", "worker"]
)
def test_killed_between_any_two_steps_every_report_is_made_once(
    reachable: World,
    workers: Workers,
    mail_server: MailServer,
    tmp_path: Path,
    times: Callable[[int, int], int],
    whole_worker: bool,
) -> None:
    """Between file and row, between row and letter, and at each seam beside them: tests/drill_seams.py."""
    marks, seams = tmp_path / "marks", SEAMS[: times(3, len(SEAMS))]
    marks.mkdir()
    env = mail_server.env() | {"DRILL_MARKS": str(marks), "DRILL_SEAMS": "; ".join(seams)}
    if whole_worker:
        env["DRILL_WHOLE_WORKER"] = "1"
    reports = [asked_in_turn(reachable, number) for number in range(len(seams))]

    def all_ended() -> bool:
        return not Job.objects.filter(ended_at=None).exists()

    while not all_ended():
        worker = workers.start(**env)
        become(lambda worker=worker: worker.child.poll() is not None or all_ended())  # type: ignore[misc]
    assert {mark.name for mark in marks.iterdir() if not mark.name.startswith("job ")} == set(seams)
    assert_made_once(*reports)
    assert_posted_once(mail_server, reports)


@pytest.mark.full
def test_report_that_kills_its_worker_three_times_says_so_and_can_be_tried_again(
    world: World, workers: Workers, tmp_path: Path
) -> None:
    """F4: after three tries it is failed, with a plain sentence and a button; pressed, it has three tries anew."""
    workers.start(DRILL_MARKS=str(tmp_path), DRILL_SEAMS=SEAMS[0], DRILL_DEATHS="3")
    report = asked_in_turn(world, 0)
    client = world.client(asker_of(world, report))
    become(ended(job_of(report)))
    assert len(list(tmp_path.glob(f"job {report.job_id}, *"))) == 3
    seen = page(client, report)
    assert "Your report could not be made" in seen
    assert "We tried three times and could not finish this." in seen
    assert "Try again" in seen
    assert client.post(report.get_absolute_url(), {"form_key": str(uuid4())}).status_code == 302
    become(Report.objects.filter(pk=report.pk, made_at__isnull=False).exists)
    become(ended(job_of(report)))
    told = Letter.objects.order_by("pk").values_list("subject", flat=True)
    assert [subject.partition(":")[0] for subject in told] == [
        "Your report could not be made",
        "Your report is ready",
    ]
