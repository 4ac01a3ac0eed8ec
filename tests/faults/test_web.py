"""The web server killed in the middle of forms, and restarted under visitors (trust.md P40, P51)."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.faults.pressing import Diarist, diarists, nothing_lost_nothing_twice_nothing_half
from tests.faults.serving import Answer, Site, Visitor, visiting
from tests.workers import become
from tests.world import make_world

pytestmark = pytest.mark.django_db(transaction=True)
Times = Callable[[int, int], int]


def until_promised(one: Diarist, entries: int) -> None:
    """Writes so many entries, each again and again until it is acknowledged."""
    while len(one.promised) < entries:
        if one.write().status == 0:
            time.sleep(0.1)


@pytest.mark.parametrize("who", ["worker", "master"])
def test_p40_web_killed_mid_request(site: Site, times: Times, who: str) -> None:
    """Every acknowledged entry is there, none is there by half, and one that was sent again is there once."""
    forms, kills = times(10, 100), times(2, 8)
    every = diarists(make_world(), site.start().port, 5)
    with ThreadPoolExecutor(len(every)) as pool:
        writing = [pool.submit(until_promised, one, forms // len(every)) for one in every]
        for kill in range(1, kills + 1):
            due = forms * kill // (kills + 1)
            become(lambda: sum(len(one.promised) for one in every) >= due)  # noqa: B023 - awaited at once
            if who == "worker":
                os.kill(site.workers()[0], signal.SIGKILL)
            else:
                site.end()
                site.start(wait=False)
        for one in writing:
            one.result()
    assert sum(len(one.promised) for one in every) == forms
    assert {answer.status for one in every for answer in one.answers} <= {0, 302}
    nothing_lost_nothing_twice_nothing_half(every)


def test_p51_restarted_under_visitors(site: Site, times: Times) -> None:
    """HUP starts new workers, which read the code anew, and lets the old ones finish: nobody notices."""
    world = make_world()
    reader = Visitor(site.start().port, world.client("programme_lead"))
    (writer,) = diarists(world, site.port, 1)
    visits: list[Callable[[], Answer]] = [*[lambda: reader.get(world.url())] * 3, writer.write]
    with visiting(*visits, pause=0.2) as answers:
        for _ in range(times(2, 10)):
            before = set(site.workers())
            site.signal(signal.SIGHUP)
            become(lambda: bool(answers) and not before & set(site.workers()))  # noqa: B023 - awaited at once
    assert {answer.status for answer in answers} <= {200, 302}
    assert writer.promised and writer.failures == []
    nothing_lost_nothing_twice_nothing_half([writer])


def test_p51_sigterm_finishes_what_runs(site: Site, times: Times) -> None:
    """Whoever was let in is answered; then it ends by itself."""
    every = diarists(make_world(), site.start().port, 2)
    with visiting(*(one.write for one in every)):
        become(lambda: all(one.promised for one in every))
        site.signal(signal.SIGTERM)
        assert site.child and site.child.wait(30) == 0
    nothing_lost_nothing_twice_nothing_half(every)
    assert {answer.status for one in every for answer in one.failures} <= {0}
