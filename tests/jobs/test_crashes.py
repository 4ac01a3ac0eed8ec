"""A web process dies between its commit and the message to the workers: nothing asked for is lost (trust.md P43)."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable

import pytest

from embedded.jobs.models import Job
from embedded.post.models import Letter
from programmes.models import UseInDecision
from tests.mail_server import MailServer
from tests.workers import ROOT, Workers, become, ended
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)


def test_killed_between_commit_and_message_or_before_the_commit(
    world: World, workers: Workers, mail_server: MailServer, times: Callable[[int, int], int]
) -> None:
    """Each of 50 letters whose use was saved arrives once; of the 50 that were not saved there is no trace."""
    number = times(5, 50)
    words = [world.url("uses/new/"), str(world.people["researcher"].pk), str(number)]
    env = os.environ | workers.env() | mail_server.env()
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "tests.drill_crash", *words], cwd=ROOT, env=env, check=False
    )
    assert done.returncode == 0
    wanted = sorted(f"kept{each}@board.nhs.uk" for each in range(number))
    assert sorted(Letter.objects.values_list("to", flat=True)) == wanted
    assert UseInDecision.objects.count() == Job.objects.filter(sent_at=None, tries=0).count() == number
    workers.start(**mail_server.env())
    become(ended(*Job.objects.all()))
    assert set(Letter.objects.values_list("state", "tries")) == {("sent", 1)}
    assert sorted(mail["To"] for mail in mail_server.taken) == wanted
