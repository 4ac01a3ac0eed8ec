"""What the README and the pages of docs/ tell people to type exists."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
SCRIPT = re.compile(r"(?<![\w./-])(?:bin|\.ci)/[\w-]+(?![\w/])")
MANAGE = re.compile(r"manage\.py ([a-z_]+)((?: --[a-z-]+)*)")
LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def found(pattern: re.Pattern[str]) -> set[str]:
    return {one.group(0) for path in PAGES for one in pattern.finditer(path.read_text())}


def test_the_pages_speak_of_commands_at_all() -> None:
    assert {"bin/run", "bin/test"} <= found(SCRIPT)
    assert len(found(MANAGE)) >= 3


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_every_script_that_is_named_can_be_started(path: Path) -> None:
    for name in SCRIPT.findall(path.read_text()):
        script = ROOT / name
        assert script.is_file() and os.access(script, os.X_OK), f"{name} is not there or cannot be started"


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_every_command_of_manage_that_is_named_exists_with_its_options(path: Path) -> None:
    for name, options in MANAGE.findall(path.read_text()):
        assert name in get_commands(), f"manage.py {name} does not exist"
        parser = load_command_class(get_commands()[name], name).create_parser("manage.py", name)
        known = {option for action in parser._actions for option in action.option_strings}
        assert set(options.split()) <= known, f"manage.py {name} has no {options}"


READERS = {
    "run": "embedded/local/run.py",
    "test": "bin/test",
    "backup": "embedded/backup/private.py",
    "restore": "embedded/backup/private.py",
    "bare-debian": "bin/bare-debian",
}


@pytest.mark.parametrize("name", READERS)
def test_every_option_of_a_script_that_is_named_is_one_it_takes(name: str) -> None:
    taken = (ROOT / READERS[name]).read_text()
    words = "\n".join(path.read_text() for path in PAGES)
    for line in re.findall(rf"bin/{name}((?: --[a-z-]+(?: [\w/.-]+)?)+)", words):
        for option in re.findall(r"--[a-z-]+", line):
            assert re.search(rf"[\"| =]{option}[\") ]", taken), f"bin/{name} {option}"


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_every_link_within_the_project_leads_somewhere(path: Path) -> None:
    for target in LINK.findall(path.read_text()):
        assert (path.parent / target).exists(), f"{name_of(path)} links to {target}"


def test_every_room_that_the_readme_names_is_there() -> None:
    text = (ROOT / "README.md").read_text()
    for name in re.findall(r"^ {4}(\w+/) ", text, re.MULTILINE):
        assert (ROOT / name).is_dir(), name
    for name in set(re.findall(r"`((?:tests|docs|embedded|guidance|programmes)/[\w/.-]+)`", text)):
        assert (ROOT / name).exists(), name
