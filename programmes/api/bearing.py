"""Who sends a request: the person whose token stands in its header. No cookie is asked, so none can be misused."""

from __future__ import annotations

import datetime
from typing import Any, Final

from django.http import HttpRequest
from django.utils import timezone
from ninja.errors import HttpError
from ninja.security import HttpBearer

from embedded.accounts.throttles import Limit, take
from embedded.errors import TooMany
from embedded.nhsuk.addresses import is_number
from programmes.api import reading

LARGEST_BODY: Final = 64 * 1024  # bytes
REQUESTS: Final = Limit("requests of a program", 120, datetime.timedelta(minutes=1))


class Bearer(HttpBearer):
    """Puts the token's person on the request, in place of whoever its cookies may name."""

    def __init__(self, *, to_log: bool = False) -> None:
        super().__init__()
        self.to_log = to_log

    def authenticate(self, request: HttpRequest, token: str) -> object | None:
        """None for a token that does not work; raises for too many requests (429), for logging with a token that may
        read alone (403), and for too much at once (413)."""
        found = reading.live_token(token.strip(), timezone.now())
        if found is None:
            return None
        if wait := take([(REQUESTS, str(found.pk))]).wait:
            raise TooMany(f"Wait {wait} seconds: a token may ask {REQUESTS.times} times a minute", wait)
        if self.to_log and not found.may_log:
            raise HttpError(403, "Make a token that may log too: this one may only read")
        if _sent(request.META) > LARGEST_BODY:
            raise HttpError(413, "Send less than 64 kB, one entry at a time")
        reading.note_use(found, timezone.localdate())
        request.person = found.person  # type: ignore[attr-defined]
        return found


def _sent(meta: dict[str, Any]) -> int:
    """Bytes of the body, as its header says."""
    said = str(meta.get("CONTENT_LENGTH") or "0")
    return int(said) if is_number(said) else 0
