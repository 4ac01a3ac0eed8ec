"""Redis is away, frozen, emptied, full or restarted again and again: nobody at a page notices, nothing asked for is
lost, and the workers find their way back by themselves (trust.md P42)."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from typing import Any
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from django.conf import LazySettings
from django.test import Client
from django.utils import timezone

from embedded.jobs.models import Job
from embedded.local import processes
from embedded.post.models import Letter
from embedded.vault import Sealer
from programmes.entries.words import text_of
from programmes.models import Activity, Report, UseInDecision
from tests.mail_server import MailServer
from tests.reports.drilling import PREPARED, assert_made_once, job_of
from tests.reports.telling import page, press
from tests.workers import DrillRedis, Workers, become, ended
from tests.world import World, client_of, join, make_person

pytestmark = pytest.mark.django_db(transaction=True)

PASSWORD = "plum trumpet gravel"
LONGEST = 3.0  # seconds that a page may take because Redis is away
DRAINED = 90.0  # seconds after its return in which all that was asked for is made


@dataclass
class House:
    """A programme in everyday use: people sign in, log, follow a signed link, ask for reports."""

    world: World
    numbers: Any = field(default_factory=count)
    reports: list[Report] = field(default_factory=list)
    letters: int = 0
    slowest: float = 0.0

    def prepare(self) -> None:
        """Who asks in the outage is there before it, with a link in a letter."""
        user = self.world.people["researcher"].user
        assert user
        user.set_password(PASSWORD)
        user.save()
        EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
        self.askers = [make_person(f"Officer {number}") for number in range(5)]
        for person in self.askers:
            join(person, "programme_officer", self.world.programme)
        self.clients = [client_of(person) for person in self.askers]
        self.researcher = self.world.client("researcher")
        self.researcher.post(self.world.url("uses/new/"), use_typed(confirm_by="chair@trust.example"))
        self.link = re.search(r"http://[^/]+(/confirm/\S+)", Letter.objects.latest("pk").text)

    def visited(self) -> None:
        """Somebody signs in, and somebody follows the link: not too often, or both are asked to wait."""
        number = next(self.numbers)
        visitor = Client(REMOTE_ADDR=f"10.1.0.{number}")
        user = self.world.people["researcher"].user
        assert user
        self.timed(302, visitor.post, "/accounts/login/", {"login": user.email, "password": PASSWORD})
        assert self.link
        self.timed(200, Client().get, self.link.group(1))
        self.timed(200, Client().post, self.link.group(1), {"name": "Priya", "form_key": str(uuid4())})
        assert UseInDecision.objects.earliest("pk").confirmed_by_name == "Priya"

    def logged(self) -> None:
        """The researcher saves an activity."""
        kept, what = Activity.objects.count(), f"Entry {next(self.numbers)}"
        self.timed(302, self.researcher.post, self.world.url("log/"), log_typed(what))
        assert Activity.objects.count() == kept + 1
        assert text_of(Activity.objects.latest("pk"), Sealer(self.world.people["researcher"])) == what

    def asked(self) -> Report:
        """One report more, by the page; whoever asked sees that it is being prepared."""
        number = len(self.reports)
        client = self.clients[number % len(self.clients)]
        programme = self.world.programme
        answer = self.timed(302, press, client, programme, prepared_for=f"Reader {number}")
        found = Report.objects.select_related("job").get(pk=answer["Location"].rstrip("/").rpartition("/")[2])
        self.reports.append(found)
        return found

    def asked_by_letter(self) -> None:
        """Somebody is asked by letter to confirm a use: work for the workers that is quick."""
        self.letters += 1
        typed = use_typed(confirm_by=f"chair{self.letters}@board.nhs.uk")
        self.timed(302, self.researcher.post, self.world.url("uses/new/"), typed)

    def assert_all_is_done(self, mail_server: MailServer) -> None:
        """Each report made once, each letter arrived once."""
        assert_made_once(*self.reports)
        assert self.slowest < LONGEST
        sent = sorted(mail["To"] for mail in mail_server.taken)
        assert sent == sorted(f"chair{number}@board.nhs.uk" for number in range(1, self.letters + 1))

    def timed(self, status: int, do: Callable[..., Any], *words: Any, **named: Any) -> Any:
        """The answer; how long it took is the promise here, so it is read off the clock."""
        begun = time.monotonic()
        answer = do(*words, **named)
        self.slowest = max(self.slowest, time.monotonic() - begun)
        assert answer.status_code == status, answer.content.decode()[:2000]
        return answer


def log_typed(what: str) -> dict[str, Any]:
    today = timezone.localdate()
    date = {"date_day": today.day, "date_month": today.month, "date_year": today.year}
    return {
        "form_key": str(uuid4()),
        "what": what,
        "how_long": "5",
        "kind": "relational",
        "readers": "only_me",
    } | date


def use_typed(**fields: Any) -> dict[str, Any]:
    today = timezone.localdate()
    date = {"decided_on_day": today.day, "decided_on_month": today.month, "decided_on_year": today.year}
    words = {
        "what": "Falls briefing",
        "outcome": "used",
        "decision": "Open on Saturdays",
        "decided_by": "The board",
    }
    return {"form_key": str(uuid4())} | words | date | fields


@pytest.fixture
def house(world: World, settings: LazySettings) -> House:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    house = House(world)
    house.prepare()
    return house


def until(moment: float) -> None:
    """People do not all come at once: they are spread over the outage."""
    time.sleep(max(0.0, moment - time.monotonic()))


def assert_drained() -> None:
    """All that was asked for has ended within the time; says of what has not how it stands."""
    waiting = Job.objects.filter(ended_at=None)
    processes.wait_until(lambda: not waiting.exists(), seconds=DRAINED)
    assert not list(waiting.values_list("kind", "state", "tries", "sent_at", "not_before", "lease_until"))


def go_away(redis: DrillRedis) -> None:
    redis.kill()


def come_back(redis: DrillRedis) -> None:
    redis.start()


def freeze(redis: DrillRedis) -> None:
    redis.hang()


def thaw(redis: DrillRedis) -> None:
    redis.go_on()


def fill(redis: DrillRedis) -> None:
    """It answers, and refuses whatever is written."""
    redis.set_most_memory("1mb")


def make_room(redis: DrillRedis) -> None:
    redis.set_most_memory("0")


@pytest.mark.parametrize(
    ("begin", "end"),
    [
        pytest.param(go_away, come_back, marks=pytest.mark.full),
        (freeze, thaw),
        pytest.param(fill, make_room, marks=pytest.mark.full),
    ],
    ids=["killed", "frozen", "full"],
)
def test_everything_works_while_redis_does_not(
    house: House,
    workers: Workers,
    redis_of_drill: DrillRedis,
    mail_server: MailServer,
    times: Callable[[int, int], int],
    begin: Callable[[DrillRedis], None],
    end: Callable[[DrillRedis], None],
) -> None:
    """A minute without Redis: no page fails or takes 3 seconds, and all 50 things asked for are done after its return:
    10 reports and 40 letters."""
    workers.start(concurrency=2, **mail_server.env())
    become(ended(job_of(house.asked())))
    begin(redis_of_drill)
    begun, long, wanted = time.monotonic(), times(3, 60), times(5, 50)
    for number in range(wanted):
        house.logged()
        if number % 5:
            house.asked_by_letter()
        else:
            house.visited()
            assert PREPARED in page(house.clients[len(house.reports) % 5], house.asked())
        until(begun + (number + 1) * long / wanted)
    end(redis_of_drill)
    assert_drained()
    house.assert_all_is_done(mail_server)


@pytest.mark.full
def test_emptied_again_and_again(
    house: House, workers: Workers, redis_of_drill: DrillRedis, mail_server: MailServer
) -> None:
    """FLUSHALL after each of 50 things asked for: the broker forgets the message, its queue, and what workers hold."""
    workers.start(concurrency=2, **mail_server.env())
    for number in range(50):
        if number % 5 == 0:
            house.asked()
        else:
            house.asked_by_letter()
        redis_of_drill.flush()
    house.visited()
    assert_drained()
    house.assert_all_is_done(mail_server)


def test_restarted_again_and_again(
    house: House, workers: Workers, redis_of_drill: DrillRedis, times: Callable[[int, int], int]
) -> None:
    """The same worker takes up work after each of 5 restarts, and no human touches it."""
    worker = workers.start()
    for _ in range(times(2, 5)):
        redis_of_drill.kill()
        house.visited()
        house.logged()
        report = house.asked()
        redis_of_drill.start()
        become(ended(job_of(report)), seconds=DRAINED)
    assert house.slowest < LONGEST
    assert worker.child.poll() is None
    assert workers.beat and workers.beat.poll() is None
    assert_made_once(*house.reports)
