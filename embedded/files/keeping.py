"""Keeps made files and their rows in step: bytes first, then the row; bytes without a row are swept."""

from __future__ import annotations

import time
from datetime import timedelta
from pathlib import Path
from typing import Final

import structlog
from django.db import connection, transaction
from django.utils import timezone

from embedded.files import disk
from embedded.files.models import MadeFile

log = structlog.get_logger(__name__)

ORPHAN_AFTER: Final = timedelta(days=1)
SWEEPING: Final = (
    0x456D6246  # the advisory lock that keeps the sweep away from files whose rows are being written
)


@transaction.atomic
def keep(content: bytes, name: str, media_type: str) -> MadeFile:
    """Keeps the bytes on disk and a row for them; `name` is what a download is called. Raises disk.NoRoom."""
    _lock("pg_advisory_xact_lock_shared")
    sha256 = disk.write(content)
    return MadeFile.objects.create(
        sha256=sha256, name=name, size=len(content), media_type=media_type, made_at=timezone.now()
    )


def read(made: MadeFile) -> bytes:
    """The bytes as they were kept; raises disk.Damaged if they are not."""
    return disk.read(made.sha256)


@transaction.atomic
def sweep_orphans() -> int:
    """Removes files older than a day that no row names; returns how many. Steps aside while one is being kept."""
    if not _lock("pg_try_advisory_xact_lock"):
        return 0
    old = list(disk.older_than(time.time() - ORPHAN_AFTER.total_seconds()))
    gone = [path for path in old if not _is_wanted(path)]
    for path in gone:
        path.unlink(missing_ok=True)
    if gone:
        log.info("orphan_files_swept", files=len(gone))
    return len(gone)


def _is_wanted(path: Path) -> bool:
    return MadeFile.objects.filter(sha256=path.name).exists()


def _lock(function: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s)", [SWEEPING])  # one of the two names above
        return bool(cursor.fetchone()[0])
