"""Gives signed links out, finds them again by their token, and ends them."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Final

from django.db import connection, transaction
from django.utils import timezone

from embedded.accounts.models import Person
from embedded.errors import TooMany
from embedded.links.models import SignedLink

PREFIX: Final = "k1_"  # a letter and a digit: the logs know every token by them (embedded.logs) and mask it
FOUR_WEEKS: Final = timedelta(days=28)
AN_HOUR: Final = timedelta(hours=1)
TRIES_A_MINUTE: Final = 30


def issue(
    purpose: str,
    subject: str,
    expires_in: timedelta = FOUR_WEEKS,
    by: Person | None = None,
    secret: str = "",
) -> tuple[SignedLink, str]:
    """A new link and its token of 256 random bits, which is said here once and kept nowhere; or of a `secret` as long
    that the caller can work out again."""
    token = PREFIX + (secret or secrets.token_urlsafe(32))
    now = timezone.now()
    link = SignedLink.objects.create(
        purpose=purpose,
        subject=subject,
        token_sha256=_hashed(token),
        made_at=now,
        made_by=by,
        expires_at=now + expires_in,
    )
    return link, token


def opens(token: str, link: SignedLink) -> bool:
    """Whether it is the token of that link; counts as no try."""
    return secrets.compare_digest(link.token_sha256, _hashed(token))


def find(purpose: str, token: str) -> SignedLink | None:
    """The live link of that purpose, used or not. None alike for never existed, expired, revoked and
    another purpose. Changes nothing but the count of tries; raises TooMany (429) above 30 within a minute.
    """
    now = timezone.now()
    link = SignedLink.objects.live(now).filter(purpose=purpose, token_sha256=_hashed(token)).first()
    if link is not None and _count_try(link, now) > TRIES_A_MINUTE:
        raise TooMany("This link was opened too often. Wait a minute, then try again.")
    return link


def use(link: SignedLink) -> bool:
    """Marks a link as used, inside the deed that it allows. True for the first to come only, and only
    while it is live: of two presses at once the second waits and gets False.
    """
    now = timezone.now()
    first = SignedLink.objects.live(now).filter(pk=link.pk, used_at=None).update(used_at=now) == 1
    link.refresh_from_db()
    return first


def revoke(link: SignedLink) -> None:
    """Ends a link now. Ending it twice keeps the first moment."""
    SignedLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=timezone.now())
    link.refresh_from_db()


def end_all(purpose: str, subject: str) -> None:
    """Ends every link about one thing that still works."""
    now = timezone.now()
    SignedLink.objects.about(purpose, subject).live(now).update(revoked_at=now)


def subject_for(number: int, address: str) -> str:
    """The subject of a link about one thing that goes to one address: with another address it is another subject, so
    that the link of whoever is no longer asked is found no more."""
    return f"{number}:{_hashed(address.strip().casefold())[:32]}"


def number_in(link: SignedLink) -> int:
    """The number of the thing in a subject that `subject_for` made."""
    return int(link.subject.partition(":")[0])


def lapsed(purpose: str, token: str) -> SignedLink | None:
    """A link of that purpose that was given out and works no more, so that whoever holds it may ask for a new one,
    which goes to the address that had the old one. None for what we never gave out, for what still works, and within
    an hour of the newest link about the same thing: nobody's mailbox is filled by pressing.
    """
    now = timezone.now()
    link = SignedLink.objects.filter(purpose=purpose, token_sha256=_hashed(token)).first()
    if link is None or SignedLink.objects.live(now).filter(pk=link.pk).exists():
        return None
    newest = SignedLink.objects.about(purpose, link.subject).filter(made_at__gt=now - AN_HOUR)
    return None if newest.exists() else link


@transaction.atomic
def renew(
    link: SignedLink, expires_in: timedelta = FOUR_WEEKS, by: Person | None = None
) -> tuple[SignedLink, str]:
    """A fresh link for the same thing in place of one that was lost or has expired; the old one ends."""
    revoke(link)
    return issue(link.purpose, link.subject, expires_in, by)


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def _count_try(link: SignedLink, now: datetime) -> int:
    """How many times this link was opened in the running minute, this one included. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO links_linktries AS tries (link_id, since, times) VALUES (%(link)s, %(now)s, 1)
            ON CONFLICT (link_id) DO UPDATE SET
                times = CASE WHEN tries.since > %(minute_ago)s THEN tries.times + 1 ELSE 1 END,
                since = CASE WHEN tries.since > %(minute_ago)s THEN tries.since ELSE excluded.since END
            RETURNING times
            """,
            {"link": link.pk, "now": now, "minute_ago": now - timedelta(minutes=1)},
        )
        return int(cursor.fetchone()[0])
