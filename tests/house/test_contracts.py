"""The contracts of the layout hold, and a deliberate break of each is caught."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("embedded", "guidance", "programmes")
LINTER = Path(sys.executable).with_name("lint-imports")

# contract: (file, line added to it); a new file stands for a room that nobody planned
BREAKS = {
    "storeys": ("embedded/pdf.py", "import guidance.catalogue"),
    "errands": ("programmes/logbook/present.py", "import programmes.evidence.reading"),
    "errands-new-room": ("programmes/misc.py", ""),
    "frame": ("embedded/nhsuk/words.py", "import embedded.jobs.models"),
    "frame-new-room": ("embedded/extras.py", ""),
    "circles": ("programmes/measures/period.py", "import programmes.measures.rows"),
    "plain": ("embedded/charts/__init__.py", "import django"),
    "printer": ("guidance/typeset.py", "import weasyprint"),
    "scope": ("programmes/logbook/views.py", "from programmes.models import Activity"),
}


def lint(folder: Path, *more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [LINTER, "--config", "pyproject.toml", "--no-cache", *more],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("house")
    for package in PACKAGES:
        shutil.copytree(ROOT / package, folder / package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def test_contracts_hold() -> None:
    answer = lint(ROOT)
    assert answer.returncode == 0, answer.stdout


@pytest.mark.parametrize("name", BREAKS)
def test_a_deliberate_break_is_caught(copy: Path, name: str) -> None:
    file, line = BREAKS[name]
    path = copy / file
    before = path.read_text() if path.exists() else None
    path.write_text((before or '"""A room."""\n') + f"\n{line}\n")
    try:
        answer = lint(copy, "--contract", name.split("-")[0])
    finally:
        path.unlink() if before is None else path.write_text(before)
    assert answer.returncode != 0, answer.stdout


def test_p3_every_file_that_takes_a_request_stands_under_the_contract_of_scope() -> None:
    """Views, fragments, look-ups, the navigation: none of them may name a record. `access` alone makes the scope."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    held = set(next(one for one in contracts if one["id"] == "scope")["source_modules"])
    asks = re.compile(r"request: \w+Request\b")
    found = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for path in (ROOT / "programmes").rglob("*.py")
        if asks.search(path.read_text())
    }
    assert found - held == {"programmes.access"}
    assert held <= found, "a file of the contract takes no request any more"
