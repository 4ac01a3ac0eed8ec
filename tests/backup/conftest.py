"""A small programme with one of each thing that a backup must bring back, and a Python to look at the copy with."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings

from embedded import files, links, vault
from embedded.backup.writing import back_up
from embedded.env import ROOT
from embedded.local import environment
from embedded.local.folder import DataFolder
from embedded.local.postgres import Postgres
from programmes.models import Activity
from tests.world import World

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
SECRET = "what nobody else may read: ŵ"
REPORT = b"%PDF-1.7 a report"

LOOK = """
import json, sys, django
django.setup()
from django.db import connection
from embedded import files, links, vault
from embedded.files.models import MadeFile
from programmes.models import Activity, Residency
entry = Activity.objects.select_related("person").get()
try:
    text = vault.open_sealed(entry.person, entry.sealed)
except vault.CannotBeRead:
    text = None
print(json.dumps({
    "note": text,
    "file": files.read(MadeFile.objects.get()).decode(),
    "link": links.find("drill", sys.argv[1]) is not None,
    "residencies": Residency.objects.count(),
}))
"""


@dataclass(frozen=True)
class Kept:
    """What was put in: the token of a signed link that must go on working, and how many residencies there are."""

    token: str
    residencies: int


@pytest.fixture
def kept(transactional_db: None, world: World, settings: LazySettings, tmp_path: Path) -> Kept:
    settings.DATA_DIR = tmp_path / "before"
    researcher = world.people["researcher"]
    Activity.objects.create(
        residency=world.residency,
        person=researcher,
        date=NOW.date(),
        minutes=90,
        kind="relational",
        sealed=vault.seal(researcher, SECRET),
    )
    files.keep(REPORT, "report.pdf", "application/pdf")
    _, token = links.issue("drill", "one thing", expires_in=timedelta(days=28))
    return Kept(token, type(world.residency).objects.count())


@pytest.fixture
def backup(kept: Kept, tmp_path: Path) -> Path:
    return back_up(tmp_path / "backups", at=NOW)


@pytest.fixture
def keys(settings: LazySettings, tmp_path: Path) -> Path:
    """The file that bin/backup --keys writes, here with the keys of the tests."""
    path = tmp_path / "keys"
    path.write_text(f"SECRET_KEY={settings.SECRET_KEY}\nVAULT_KEY={settings.VAULT_KEY}\n")
    return path


def restore(folder: Path, into: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """bin/restore, less the setting up."""
    command = [
        sys.executable,
        "-m",
        "embedded.backup.private",
        "restore",
        "--data",
        str(into),
        *words,
        str(folder),
    ]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.fixture
def look() -> Callable[[Path, str], dict[str, object]]:
    """Opens everything in a restored data folder, in a process of its own, and tells what it found."""

    def looking(data: Path, token: str) -> dict[str, object]:
        place = DataFolder(data)
        server = Postgres(place)
        server.start()
        try:
            command = [sys.executable, "-W", "ignore", "-c", LOOK, token]
            told = subprocess.run(
                command, cwd=ROOT, env=environment.kept(place), capture_output=True, text=True, check=False
            )
        finally:
            server.stop()
        assert told.returncode == 0, told.stderr
        return json.loads(told.stdout)

    return looking
