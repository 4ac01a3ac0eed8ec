"""The deeds of tokens: made, with which a program may read or log too, and ended."""

from __future__ import annotations

import datetime
import hashlib
import secrets
from typing import Final

from django.db import transaction
from django.utils import timezone

from embedded.accounts.models import Person, User
from embedded.accounts.sessions import ended_everywhere
from embedded.audit import record
from programmes.models import ApiToken

PREFIX: Final = "e1_"  # a letter and a digit: the logs know every token by them (embedded.logs) and mask it
PLACE: Final = "log/programs"


@transaction.atomic
def make_token(
    *, name: str, may_log: bool, days: int, at: datetime.datetime, by: Person
) -> tuple[ApiToken, str]:
    """A new token of 256 random bits, which is said here once and kept nowhere; it lasts so many days, 365 at the
    most."""
    secret = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        person=by,
        name=name,
        sha256=hashed(secret),
        may_log=may_log,
        made_at=at,
        expires_at=at + datetime.timedelta(days=days),
    )
    details = {"may_log": may_log, "days": days}
    record(by=by, deed="api_token.made", what=str(token), place=PLACE, details=details)
    return token, secret


@transaction.atomic
def end_token(*, token: ApiToken, at: datetime.datetime, by: Person | None) -> None:
    """Ends a token now; nothing when it has ended already."""
    if ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=at):
        record(by=by, deed="api_token.ended", what=str(token), place=PLACE)


def end_with_sign_ins(sender: object, user: User, by: Person | None, **rest: object) -> None:
    """Whoever signs out everywhere, or takes another password, shuts programs out too."""
    now = timezone.now()
    for token in ApiToken.objects.filter(person__user=user, revoked_at=None, expires_at__gt=now):
        end_token(token=token, at=now, by=by)


def watch_sign_ins() -> None:
    """Called once, when Django is ready."""
    ended_everywhere.connect(end_with_sign_ins, dispatch_uid="api_tokens_end")


def hashed(secret: str) -> str:
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()
