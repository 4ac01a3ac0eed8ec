"""Sends one letter by SMTP: surely once if the mail server is clear about it, never more than twice."""

from __future__ import annotations

import smtplib
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from typing import Final
from urllib.parse import urlsplit

import structlog
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.smtp import EmailBackend
from django.core.mail.message import sanitize_address
from django.utils import timezone

from embedded.jobs import Progress, handler
from embedded.jobs.models import Job
from embedded.post.models import Letter, LetterState

log = structlog.get_logger(__name__)

MOST_TRIES: Final = 11  # with waits of 1, 2, 4 … minutes between them, 17 hours in all
MOST_DOUBTS: Final = 2  # so that a letter that did arrive unnoticed is doubled once at most
REST: Final = (
    30.0  # seconds; a server that cannot be reached is left alone for so long, and holds up nobody else
)
AWAY: Final = "The mail server could not be reached."
DOUBTFUL: Final = "The mail server broke off. The letter may have arrived."
_rested_until = 0.0


def _gave_up(job: Job) -> None:
    _fail(Letter.objects.get(pk=job.payload["letter"]), DOUBTFUL)


@handler("letter", failed=_gave_up)
def send(job: Job, progress: Progress) -> timedelta | None:
    """Sends the letter of `job.payload["letter"]`, or says how long to wait for the next try.

    `job.tries` counts the starts since the last clear answer, so every start but this one is a worker that
    died, perhaps after the server had taken the letter: those are doubts like a line that breaks off.
    """
    letter = Letter.objects.select_for_update().get(pk=job.payload["letter"])
    if letter.state != LetterState.WAITING:
        return None
    letter.doubts += job.tries - 1
    if letter.doubts >= MOST_DOUBTS:
        return _fail(letter, DOUBTFUL)
    letter.tries += 1
    if time.monotonic() < _rested_until:
        return _again(letter, AWAY)
    try:
        _deliver(letter)
    except smtplib.SMTPResponseException as refused:
        return _refused(letter, refused.smtp_code)
    except NotReached:
        return _again(letter, AWAY)
    except (OSError, smtplib.SMTPException):
        letter.doubts += 1
        return _again(letter, DOUBTFUL)
    letter.state, letter.sent_at, letter.problem = LetterState.SENT, timezone.now(), ""
    letter.save()
    log.info("letter_sent", letter_id=letter.pk, tries=letter.tries)
    return None


class NotReached(Exception):
    """The talk ended before the whole letter was handed over: it has surely not arrived."""


def _deliver(letter: Letter) -> None:
    """Raises smtplib.SMTPResponseException for a refusal, NotReached when it has surely not arrived, and any other
    error when the line broke after the last full stop, so that nobody knows."""
    message = _message(letter)
    with _line() as smtp:
        try:
            smtp.ehlo_or_helo_if_needed()
            _agreed(smtp.mail(sanitize_address(message.from_email, "utf-8")), 250)
            _agreed(smtp.rcpt(sanitize_address(letter.to, "utf-8")), 250, 251)
            _agreed(smtp.docmd("DATA"), 354)
            smtp.send(_words(message))
        except smtplib.SMTPResponseException:
            raise
        except (OSError, smtplib.SMTPException) as problem:
            raise NotReached from problem
        _agreed(smtp.getreply(), 250)


@contextmanager
def _line() -> Iterator[smtplib.SMTP]:
    """A connection to the mail server, signed in; raises NotReached, and lets the server rest then."""
    global _rested_until  # one memory a process of when the server last failed
    line = EmailBackend()
    try:
        line.open()
    except (OSError, smtplib.SMTPException) as problem:
        _rested_until = time.monotonic() + REST
        raise NotReached from problem
    if line.connection is None:
        raise NotReached
    try:
        yield line.connection
    finally:
        with suppress(OSError, smtplib.SMTPException):
            line.close()


def _agreed(reply: tuple[int, bytes], *wanted: int) -> None:
    if reply[0] not in wanted:
        raise smtplib.SMTPResponseException(*reply)


def _words(message: EmailMultiAlternatives) -> bytes:
    """As it goes over the line: a full stop alone ends it, so every line that begins with one gets another."""
    lines = message.message().as_bytes().splitlines()
    return b"".join((b"." if line.startswith(b".") else b"") + line + b"\r\n" for line in lines) + b".\r\n"


def _message(letter: Letter) -> EmailMultiAlternatives:
    """The Message-ID stays the same when a letter is sent again, so that mail readers can see it is one."""
    host = urlsplit(settings.BASE_URL).hostname or "localhost"
    message = EmailMultiAlternatives(
        letter.subject,
        letter.text,
        settings.DEFAULT_FROM_EMAIL,
        [letter.to],
        reply_to=[settings.CONTACT_EMAIL],
        headers={"Message-ID": f"<letter-{letter.pk}@{host}>", "Auto-Submitted": "auto-generated"},
    )
    if letter.html:
        message.attach_alternative(letter.html, "text/html")
    return message


def _refused(letter: Letter, code: int) -> timedelta | None:
    """A 4xx asks for patience; a 5xx is for good. Only the code is kept: the server's words may hold the address."""
    if code < 500:
        return _again(letter, f"The mail server asked for patience (code {code}).")
    return _fail(letter, f"The mail server refused the letter (code {code}).")


def _again(letter: Letter, problem: str) -> timedelta | None:
    if letter.tries >= MOST_TRIES or letter.doubts >= MOST_DOUBTS:
        return _fail(letter, problem)
    letter.problem = problem
    letter.save()
    return timedelta(minutes=2 ** (letter.tries - 1))


def _fail(letter: Letter, problem: str) -> timedelta | None:
    """None, as there is no other time."""
    letter.state, letter.problem = LetterState.FAILED, problem
    letter.save()
    log.warning("letter_failed", letter_id=letter.pk, tries=letter.tries, doubts=letter.doubts)
    return None
