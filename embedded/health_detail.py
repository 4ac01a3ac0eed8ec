"""Tells whoever watches over the house what stands still: for a holder of the token, and a 404 for all others."""

from __future__ import annotations

import datetime
import shutil
from dataclasses import asdict, dataclass
from hmac import compare_digest
from typing import Final

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError
from django.http import Http404, HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from embedded.database import patience
from embedded.jobs import pulse
from embedded.post import outbox

LONGEST_WAIT: Final = datetime.timedelta(minutes=5)
LONGEST_SILENCE: Final = datetime.timedelta(minutes=3)
LEAST_ROOM: Final = 10.0  # percent of the disk that made files are on
WAIT_FOR_DATABASE: Final = 1.0  # seconds for each answer


@dataclass(frozen=True)
class Signs:
    """Whole seconds; None for never or nothing. The numbers of a day are there to be looked at: they ring no bell."""

    oldest_wait: int | None
    beat_silence: int | None
    disk_free_percent: float
    jobs_failed_in_a_day: int
    letters_failed_in_a_day: int

    def problems(self) -> list[str]:
        """What stands still, in words for people."""
        found = []
        if self.oldest_wait is not None and self.oldest_wait > LONGEST_WAIT.total_seconds():
            found.append("work waits")
        if self.beat_silence is None or self.beat_silence > LONGEST_SILENCE.total_seconds():
            found.append("beat is silent")
        if self.disk_free_percent < LEAST_ROOM:
            found.append("disk is filling up")
        return found


@login_not_required
@never_cache
@require_safe
def health_detail(request: HttpRequest) -> JsonResponse:
    """200 while all goes on, else 503, to `Authorization: Bearer <HEALTH_TOKEN>`; without a token a 404."""
    if not _may_see(request):
        raise Http404
    try:
        with patience.at_most(WAIT_FOR_DATABASE):
            signs = read()
    except DatabaseError:
        return JsonResponse({"problems": ["no database"]}, status=503)
    problems = signs.problems()
    return JsonResponse({"problems": problems} | asdict(signs), status=503 if problems else 200)


def read() -> Signs:
    return Signs(
        oldest_wait=_seconds(pulse.oldest_wait()),
        beat_silence=_seconds(pulse.silence()),
        disk_free_percent=_room(),
        jobs_failed_in_a_day=pulse.failed_in_a_day(),
        letters_failed_in_a_day=outbox.failed_in_a_day(),
    )


def _may_see(request: HttpRequest) -> bool:
    """Compared in the same time whatever is sent, so that nobody finds the token letter by letter."""
    given = request.headers.get("Authorization", "").encode()
    return bool(settings.HEALTH_TOKEN) and compare_digest(given, f"Bearer {settings.HEALTH_TOKEN}".encode())


def _seconds(length: datetime.timedelta | None) -> int | None:
    return None if length is None else int(length.total_seconds())


def _room() -> float:
    """Percent that is free where made files are kept, or where they will be."""
    folder = next(path for path in (settings.DATA_DIR, *settings.DATA_DIR.parents) if path.exists())
    disk = shutil.disk_usage(folder)
    return round(100 * disk.free / disk.total, 1)
