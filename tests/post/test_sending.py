"""Letters leave once; where the mail server leaves it open, twice at the very most (trust.md P46)."""

from __future__ import annotations

import pytest
from django.conf import LazySettings

from embedded.jobs.models import Job
from embedded.post import write
from embedded.post.models import Letter
from tests.mail_server import MailServer
from tests.workers import Workers, become, ended, run_jobs


def posted(key: str = "hello:1") -> Letter:
    context = {
        "person": "Sam",
        "inviter": "Ada",
        "programme": "Care",
        "role": "Lead",
        "address": "http://localhost/",
    }
    return write("sam@nhs.uk", "Hello Sam", "invitation", context, key)


def run_all() -> None:
    """Everything, without the waits between tries."""
    while Job.objects.waiting().exists():
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
    mail_server.orders = ["recipient 451", "data 421"]
    letter = posted()
    run_jobs()
    assert Job.objects.get().state == "waiting"
    run_all()
    letter.refresh_from_db()
    assert (letter.state, letter.tries, len(mail_server.taken)) == ("sent", 3, 1)


@pytest.mark.django_db
@pytest.mark.parametrize("order", ["recipient 550", "data 554"])
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
