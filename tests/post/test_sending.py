"""Letters leave once; where the mail server leaves it open, twice at the very most (trust.md P46)."""

from __future__ import annotations

from collections import Counter

import pytest
from django.conf import LazySettings

from embedded.jobs.models import Job
from embedded.post import problem_of, sending, write
from embedded.post.models import Letter
from tests.mail_server import MailServer
from tests.workers import Workers, become, ended, run_jobs


def posted(key: str = "hello:1", to: str = "sam@nhs.uk") -> Letter:
    context = {
        "person": "Sam",
        "inviter": "Ada",
        "programme": "Care",
        "role": "Lead",
        "address": "http://localhost/",
    }
    return write(to, "Hello Sam", "invitation", context, key)


def run_all() -> None:
    """Everything, without the waits between tries."""
    while Job.objects.waiting().exists():
        sending._rested_until = 0.0
        Job.objects.update(not_before=None)
        run_jobs()


@pytest.mark.django_db
def test_letter_is_sent_once(mail_server: MailServer, settings: LazySettings) -> None:
    letter = posted()
    run_all()
    letter.refresh_from_db()
    assert (letter.state, letter.tries, letter.sent_at is not None) == ("sent", 1, True)
    (mail,) = mail_server.taken
    assert (mail["To"], mail["Subject"], mail["Reply-To"]) == (
        "sam@nhs.uk",
        "Hello Sam",
        settings.CONTACT_EMAIL,
    )
    assert mail["Auto-Submitted"] == "auto-generated"
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]


@pytest.mark.django_db
def test_letter_is_tried_again_when_the_server_asks_for_patience(mail_server: MailServer) -> None:
    mail_server.orders = ["greeting 421", "recipient 451", "data 421", "letter 452"]
    letter = posted()
    run_jobs()
    assert Job.objects.get().state == "waiting"
    run_all()
    letter.refresh_from_db()
    assert (letter.state, letter.tries, letter.doubts, len(mail_server.taken)) == ("sent", 5, 0, 1)


@pytest.mark.django_db
@pytest.mark.parametrize("how", ["hang at", "hang up at"])
@pytest.mark.parametrize("step", ["greeting", "recipient", "data"])
def test_letter_that_was_not_handed_over_is_tried_again_and_again(
    mail_server: MailServer, settings: LazySettings, how: str, step: str
) -> None:
    """The server hangs, or goes without a word, before it has the letter: no doubt, and none is lost."""
    settings.EMAIL_TIMEOUT = 0.1
    mail_server.orders = [f"{how} {step}"] * 5
    letter = posted()
    run_all()
    letter.refresh_from_db()
    assert (letter.state, letter.tries, letter.doubts, len(mail_server.taken)) == ("sent", 6, 0, 1)


@pytest.mark.django_db
def test_letter_whose_server_hangs_after_it_is_sent_once_more(
    mail_server: MailServer, settings: LazySettings
) -> None:
    settings.EMAIL_TIMEOUT = 0.1
    mail_server.orders = ["hang at letter"]
    letter = posted()
    run_all()
    letter.refresh_from_db()
    assert (letter.state, letter.doubts, len(mail_server.taken)) == ("sent", 1, 2)


@pytest.mark.django_db
def test_letters_arrive_as_they_were_written(mail_server: MailServer) -> None:
    """Lines that begin with a full stop, long lines, and letters that are not English."""
    words = ".\n..\n.hidden\nŵ ŷ – O'Brien 😀\n" + "x" * 2000
    letter = posted()
    Letter.objects.update(text=words, subject="Croeso i Fôn")
    run_all()
    (mail,) = mail_server.taken
    plain = mail.get_body(("plain",))
    assert plain
    assert (plain.get_content().replace("\r\n", "\n").rstrip("\n"), mail["Subject"]) == (
        words,
        "Croeso i Fôn",
    )
    assert mail["Message-ID"].startswith(f"<letter-{letter.pk}@")


@pytest.mark.django_db
def test_server_that_cannot_be_reached_is_left_alone_for_a_moment(
    mail_server: MailServer, settings: LazySettings
) -> None:
    """Or a hundred letters would hold up the workers for ten seconds each, and reports with them."""
    settings.EMAIL_TIMEOUT = 0.1
    mail_server.orders = ["hang at greeting"] * 20
    for number in range(20):
        posted(f"hello:{number}")
    run_jobs()
    assert len(mail_server.orders) == 19
    assert set(Letter.objects.values_list("state", "doubts")) == {("waiting", 0)}
    assert set(Letter.objects.values_list("tries", flat=True)) == {1}
    mail_server.orders = []
    run_all()
    assert len(mail_server.taken) == Letter.objects.filter(state="sent").count() == 20


@pytest.mark.django_db
def test_letter_that_one_server_holds_up_holds_up_nobody_else(
    mail_server: MailServer, settings: LazySettings
) -> None:
    settings.EMAIL_TIMEOUT = 0.1
    rules = {"slow": "hang at recipient", "gone": "recipient 550", "full": "recipient 452"}
    mail_server.rule = lambda address: rules.get(address.partition("@")[0], "")
    for name in ("slow", "gone", "full", "well"):
        posted(name, to=f"{name}@nhs.uk")
    run_jobs()
    assert dict(Letter.objects.values_list("key", "state")) == {
        "slow": "waiting",
        "gone": "failed",
        "full": "waiting",
        "well": "sent",
    }
    assert "code 550" in problem_of("gone")
    assert [problem_of(key) for key in ("slow", "full", "well", "never written")] == [""] * 4


@pytest.mark.django_db
def test_of_many_letters_none_is_lost_and_only_the_doubtful_are_doubled(
    mail_server: MailServer, settings: LazySettings
) -> None:
    """Through a server that fails in every way: one more at most for each letter that it took in silence."""
    settings.EMAIL_TIMEOUT = 0.05
    number = 40
    faults = [
        "greeting 421",
        "recipient 451",
        "data 451",
        "letter 451",
        "hang at greeting",
        "hang at recipient",
    ]
    faults += ["hang at data", "hang up at greeting", "hang up at recipient", "hang up at data", "silent"]
    mail_server.orders = ["" if each % 3 else faults[each // 3 % len(faults)] for each in range(number)]
    doubtful = mail_server.orders.count("silent")
    for each in range(number):
        posted(f"hello:{each}")
    run_all()
    assert Letter.objects.filter(state="sent").count() == number
    sent = Counter(mail["Message-ID"] for mail in mail_server.taken)
    assert (len(sent), sent.total(), max(sent.values())) == (number, number + doubtful, 2)


@pytest.mark.django_db
@pytest.mark.parametrize("order", ["recipient 550", "data 554", "letter 554"])
def test_letter_that_is_refused_fails_without_the_servers_words(mail_server: MailServer, order: str) -> None:
    """The server's words may hold the address."""
    mail_server.orders = [order]
    letter = posted()
    run_all()
    letter.refresh_from_db()
    assert (letter.state, letter.tries, mail_server.taken) == ("failed", 1, [])
    assert order.split()[1] in letter.problem
    assert "@" not in letter.problem


@pytest.mark.django_db
def test_letter_waits_for_a_server_that_cannot_be_reached(
    mail_server: MailServer, settings: LazySettings
) -> None:
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    letter = posted()
    run_jobs()
    letter.refresh_from_db()
    assert (letter.state, letter.tries, letter.doubts) == ("waiting", 1, 0)
    settings.EMAIL_PORT = port
    run_all()
    assert len(mail_server.taken) == 1


@pytest.mark.django_db
def test_letter_fails_when_the_server_stays_away(mail_server: MailServer, settings: LazySettings) -> None:
    settings.EMAIL_PORT = 1
    letter = posted()
    run_all()
    letter.refresh_from_db()
    assert (letter.state, letter.tries) == ("failed", 11)


@pytest.mark.django_db
def test_letter_that_may_have_arrived_is_sent_once_more(mail_server: MailServer) -> None:
    """The server took it and hung up: one more, with the same Message-ID, and never a third."""
    mail_server.orders = ["silent"]
    letter = posted()
    run_all()
    letter.refresh_from_db()
    assert (letter.state, letter.doubts) == ("sent", 1)
    assert len(mail_server.taken) == 2
    assert len({mail["Message-ID"] for mail in mail_server.taken}) == 1


@pytest.mark.django_db
def test_letter_that_may_have_arrived_twice_is_not_sent_a_third_time(mail_server: MailServer) -> None:
    mail_server.orders = ["silent"] * 5
    letter = posted()
    run_all()
    letter.refresh_from_db()
    assert (letter.state, len(mail_server.taken)) == ("failed", 2)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("deaths", "state"), [(1, "sent"), (5, "failed")])
def test_worker_killed_after_the_letter_was_taken_doubles_it_once_at_most(
    workers: Workers, mail_server: MailServer, deaths: int, state: str
) -> None:
    """The window that cannot be closed: taken by the server, and not yet written down by us."""
    left = list(range(deaths))

    def die() -> None:
        if left:
            left.pop()
            for worker in workers.running:
                worker.kill()

    mail_server.on_taken = die
    host, port = mail_server.server_address[:2]
    letter = posted()
    job = Job.objects.get()
    for _ in range(4):
        worker = workers.start(EMAIL_HOST=str(host), EMAIL_PORT=str(port), EMAIL_USE_TLS="False")
        become(lambda worker=worker: worker.child.poll() is not None or ended(job)())  # type: ignore[misc]
        if ended(job)():
            break
    letter.refresh_from_db()
    assert (letter.state, len(mail_server.taken)) == (state, 2)
