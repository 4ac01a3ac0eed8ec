"""Readies the database and the static files of a private run: everything that needs Django, in one process."""

from __future__ import annotations

import argparse
import io
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

import django
from django.core.management import call_command

from embedded.env import ROOT
from embedded.local import stamps
from embedded.local.environment import write_privately
from embedded.local.folder import DataFolder

ROOMS: Final = ("embedded", "guidance", "programmes")


def once(place: DataFolder, name: str, sources: Iterable[Path], say: str, deed: Callable[[], object]) -> None:
    """Does a deed unless it was done from the same sources, and says what it does."""
    value = stamps.fingerprint(sources)
    if stamps.is_fresh(place, name, value):
        return
    print(say, flush=True)
    deed()
    stamps.press(place, name, value)


def prepare(place: DataFolder, *, empty: bool) -> str:
    """Everything up to a database that can be served. Returns what to tell the reader: how to sign in."""
    packages = ROOT / "requirements.txt"  # Django and allauth bring tables and static files of their own
    migrations = [each for room in ROOMS for each in sorted((ROOT / room).rglob("migrations"))]
    once(place, "migrations", [packages, *migrations], "Making the tables", _make_tables)
    once(
        place,
        "static",
        [packages, ROOT / "static"],
        "Gathering the static files",
        lambda: _quietly("collectstatic"),
    )
    once(
        place,
        "registers",
        [ROOT / "programmes" / "registers"],
        "Loading the registers of NHS organisations, councils and universities",
        lambda: _quietly("load_registers"),
    )
    once(
        place,
        "guidance",
        [ROOT / "guidance" / "library"],
        "Loading the guidance",
        lambda: _quietly("load_guidance", no_packs=True),  # the worker makes them within the minute
    )
    if empty:
        told = _quietly("first_lead")
        return f"The first programme lead makes an account here: {told}" if told.startswith("http") else told
    once(place, "demonstration", [], "Telling the demonstration", lambda: _quietly("seed_demo"))
    return _quietly("seed_demo", accounts=True)


def _make_tables() -> None:
    _quietly("migrate")
    _quietly("createcachetable")


def _quietly(command: str, **options: object) -> str:
    """Runs a command of manage.py and returns what it would have printed."""
    said = io.StringIO()
    if command in ("migrate", "collectstatic"):
        options |= {"interactive": False}
    call_command(command, stdout=said, verbosity=1, **options)
    return said.getvalue().strip()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--note", type=Path, required=True, help="where to write how to sign in")
    parser.add_argument("--empty", action="store_true")
    chosen = parser.parse_args()
    django.setup()
    write_privately(chosen.note, prepare(DataFolder(chosen.data), empty=chosen.empty) + "\n")
