"""The private PostgreSQL: starts, stops, and gets up again by itself after every way of being killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from embedded.local import binaries, privileges, processes
from embedded.local.folder import LONGEST_SOCKET, DataFolder
from embedded.local.postgres import Postgres
from embedded.local.trouble import CannotStart

pytestmark = pytest.mark.usefixtures("nothing_left")


@pytest.fixture
def server(place: DataFolder) -> Iterator[Postgres]:
    made = Postgres(place)
    yield made
    made.stop()


def write(server: Postgres, word: str) -> None:
    with psycopg.connect(server.url()) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS kept (word text)")
        connection.execute("INSERT INTO kept VALUES (%s)", [word])


def words(server: Postgres) -> list[str]:
    with psycopg.connect(server.url()) as connection:
        return [word for (word,) in connection.execute("SELECT word FROM kept ORDER BY word")]


@pytest.mark.parametrize("version", sorted({each.version for each in binaries.installed()}))
def test_server_of_each_version_starts_stops_and_keeps_what_was_written(
    place: DataFolder, version: int, nothing_left: Callable[[], dict[int, str]]
) -> None:
    server = Postgres(place, version=version)
    server.start()
    write(server, "Ŵylfa")
    server.stop()
    assert nothing_left() == {}
    again = Postgres(place)
    again.start()
    assert words(again) == ["Ŵylfa"]
    assert again.binaries.version == version
    again.stop()


def test_only_its_owner_can_look_into_the_folder_or_reach_the_socket(server: Postgres) -> None:
    server.start()
    for folder in (server.place.path, server.place.sockets, server.socket, server.data):
        assert folder.stat().st_mode & 0o077 == 0, folder


def test_server_listens_on_no_network(server: Postgres) -> None:
    server.start()
    with psycopg.connect(server.url()) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)


def test_killed_server_loses_nothing_and_starts_again(server: Postgres) -> None:
    server.start()
    write(server, "committed")
    assert server.child
    os.kill(server.child.pid, signal.SIGKILL)
    server.child.wait()
    server.start()
    assert words(server) == ["committed"]


@pytest.mark.parametrize("whose", ["of a stranger", "of nobody", "nonsense"])
def test_stale_pid_file_does_not_keep_the_server_from_starting(server: Postgres, whose: str) -> None:
    server.start()
    server.stop()
    pid = {"of a stranger": str(os.getpid()), "of nobody": "4194303", "nonsense": ""}[whose]
    (server.data / "postmaster.pid").write_text(f"{pid}\n{server.data}\n1\n5432\n{server.socket}\n\n")
    server.start()
    assert server.is_ready()


def test_server_that_outlived_its_run_is_stopped_and_started_afresh(
    place: DataFolder, server: Postgres
) -> None:
    server.start()
    assert server.child
    leftover = server.child
    next_run = Postgres(place)
    next_run.start()
    assert leftover.wait(timeout=10) == 0
    assert next_run.is_ready()
    next_run.stop()


def test_half_made_database_is_made_again(server: Postgres) -> None:
    half = server.place.path / "postgres.new"
    half.mkdir()
    (half / "PG_VERSION").write_text("15\n")
    server.start()
    assert server.is_ready()


def test_server_dies_with_a_parent_that_is_killed(
    place: DataFolder, nothing_left: Callable[[], dict[int, str]]
) -> None:
    script = (
        "import sys, time; from pathlib import Path; from embedded.local.folder import DataFolder; "
        "from embedded.local.postgres import Postgres; "
        "server = Postgres(DataFolder(Path(sys.argv[1]))); server.start(); print('up', flush=True); time.sleep(60)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(place.path)], stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout
        assert parent.stdout.readline() == "up\n"
        parent.kill()
    assert processes.wait_until(lambda: not nothing_left(), seconds=10)


def test_deep_data_folder_has_its_sockets_elsewhere_and_private(tmp_path: Path) -> None:
    place = DataFolder(tmp_path / ("deep" * 20) / "folder with a space & more")
    place.prepare()
    server = Postgres(place)
    server.start()
    try:
        assert len(os.fsencode(server.socket / ".s.PGSQL.5432.lock")) <= LONGEST_SOCKET
        assert not place.sockets.is_relative_to(place.path)
        assert place.sockets.stat().st_mode & 0o077 == 0
        write(server, "deep")
        assert words(server) == ["deep"]
    finally:
        server.stop()
        server.socket.rmdir()
        place.sockets.rmdir()


def test_socket_folder_of_somebody_else_is_refused(tmp_path: Path) -> None:
    place = DataFolder(tmp_path / ("deep" * 20))
    place.sockets.symlink_to(tmp_path)
    try:
        with pytest.raises(CannotStart, match="belongs to somebody else"):
            place.make_sockets()
    finally:
        place.sockets.unlink()


def test_two_servers_at_once_do_not_disturb_each_other(server: Postgres, tmp_path: Path) -> None:
    other_place = DataFolder(tmp_path / "other")
    other_place.prepare()
    other = Postgres(other_place)
    server.start()
    other.start()
    write(server, "one")
    write(other, "other")
    server.stop()
    assert words(other) == ["other"]
    other.stop()


def test_database_of_a_version_that_is_gone_is_refused_in_one_sentence(server: Postgres) -> None:
    server.data.mkdir()
    (server.data / "PG_VERSION").write_text("9\n")
    with pytest.raises(CannotStart, match=r"made by PostgreSQL 9.*apt-get install postgresql-9"):
        server.start()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has to step down")
def test_root_without_namespaces_steps_down_and_finds_its_way_back(
    place: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(privileges, "NAMESPACE", ("false",))
    privileges.before_command.cache_clear()
    try:
        if not binaries.installed():
            pytest.skip("the programs of PostgreSQL lie in a folder that only root can enter")
        server = Postgres(place)
        server.start()
        assert server.data.stat().st_uid == privileges.NOBODY
        write(server, "stepped down")
        server.stop()
    finally:
        monkeypatch.undo()
        privileges.before_command.cache_clear()
    again = Postgres(place)
    again.start()
    assert words(again) == ["stepped down"]
    again.stop()
