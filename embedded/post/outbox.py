"""Puts letters into the outbox, once each, and empties them when nobody needs their words any more."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from embedded.jobs import ask
from embedded.jobs.models import Job, JobState
from embedded.post.models import Letter, LetterState

KEPT_FOR: Final = timedelta(days=30)
NOWHERE: Final = (
    ".example",
    ".test",
    ".invalid",
    ".localhost",
)  # names that no real address ends in (RFC 2606)
MADE_UP: Final = ("example.com", "example.net", "example.org")


@transaction.atomic
def post(*, to: str, subject: str, text: str, html: str, key: str) -> Letter:
    """The letter with this key, written now if there is none; sent after the caller's transaction commits."""
    letter, fresh = Letter.objects.get_or_create(
        key=key,
        defaults={
            "to": to,
            "subject": " ".join(subject.split())[:200],
            "text": text,
            "html": html,
            "state": LetterState.WAITING if goes_out(to) else LetterState.KEPT,
            "asked_at": timezone.now(),
        },
    )
    if fresh and letter.state == LetterState.WAITING:
        ask("letter", f"letter:{letter.pk}", {"letter": letter.pk}, asker=None)
    return letter


def goes_out(address: str) -> bool:
    """Never to a made-up address, never from the demonstration, and not without a mail server."""
    domain = address.rpartition("@")[2].lower().rstrip(".")
    made_up = domain in MADE_UP or f".{domain}".endswith(NOWHERE)
    return bool(settings.EMAIL_HOST) and not settings.DEMONSTRATION and not made_up


def purge() -> int:
    """Empties letters older than 30 days that are not waiting; the row stays, as proof that it was written. The
    jobs that sent them go."""
    long_ago = timezone.now() - KEPT_FOR
    Job.objects.filter(kind="letter", state=JobState.DONE, ended_at__lt=long_ago).delete()
    old = Letter.objects.full().filter(asked_at__lt=long_ago)
    return old.exclude(state=LetterState.WAITING).update(text="", html="")


def problem_of(key: str) -> str:
    """Why the letter with this key could not be sent, for the page of whoever had it sent; "" while all is well."""
    failed = Letter.objects.filter(key=key, state=LetterState.FAILED)
    return failed.values_list("problem", flat=True).first() or ""


def problems_of(keys: Sequence[str]) -> dict[str, str]:
    """The same for several letters in one query, by key; without those that are well."""
    failed = Letter.objects.filter(key__in=keys, state=LetterState.FAILED)
    return dict(failed.values_list("key", "problem"))


def written(keys: Sequence[str]) -> set[str]:
    """Those of these keys that have a letter already."""
    return set(Letter.objects.filter(key__in=keys).values_list("key", flat=True))


def written_to(addresses: Sequence[str], on: date) -> set[str]:
    """Those of these addresses to which a letter was written on that day in London, whatever it says."""
    begins = timezone.make_aware(datetime.combine(on, time.min))
    ends = timezone.make_aware(datetime.combine(on + timedelta(days=1), time.min))
    that_day = Letter.objects.filter(asked_at__gte=begins, asked_at__lt=ends)
    told = {to.lower() for to in that_day.values_list("to", flat=True)} if addresses else set()
    return {address for address in addresses if address.lower() in told}


def failed_in_a_day() -> int:
    """Letters of the last day that could not be sent."""
    day_ago = timezone.now() - timedelta(days=1)
    return Letter.objects.filter(state=LetterState.FAILED, asked_at__gt=day_ago).count()
