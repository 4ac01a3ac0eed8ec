"""Gives every test run a PostgreSQL and a Redis of its own, and takes them away at the end, however it ends."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import django
import pytest
import pytest_django
from django.db import connection

from embedded.local.folder import DataFolder
from embedded.local.postgres import Postgres
from embedded.local.redis import Redis

pytest_plugins = ["tests.browser", "tests.world"]

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")
FOLDER = os.environ.get("EMBEDDED_TEST_FOLDER") if WORKER else tempfile.mkdtemp(prefix="embedded-tests-")
if FOLDER is None:
    raise RuntimeError("A test worker was started without the folder of its services.")
if not WORKER:
    atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)

PLACE = DataFolder(Path(FOLDER))
POSTGRES = Postgres(PLACE, quick=True, version=int(os.environ.get("EMBEDDED_TEST_POSTGRES", 0)) or None)
REDIS = Redis(PLACE)

for name in [name for name in os.environ if name.startswith("PG")]:
    del os.environ[name]  # libpq would follow them to somebody else's server

# Any test module may import a model, so Django is set up at once; the servers need to run only for the tests.
os.environ.update(
    EMBEDDED_TEST_FOLDER=FOLDER,
    EMBEDDED_MODE="test",
    EMBEDDED_BASE_URL="http://localhost:8000",
    EMBEDDED_DATA_DIR=str(PLACE.path / "data" / (WORKER or "alone")),
    DATABASE_URL=POSTGRES.url(),
    REDIS_URL=REDIS.url(1 + int(WORKER.removeprefix("gw") or 0)),
    DJANGO_ALLOW_ASYNC_UNSAFE="1",  # Playwright keeps an event loop beside the tests
    DJANGO_SETTINGS_MODULE="embedded.settings",
)
django.setup()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--full", action="store_true", help="every drill, with its full count: takes an hour")
    parser.addoption(
        "--every", action="store_true", help="every bad input on every form and address: overnight"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Starts the servers once, in the process that leads the workers."""
    config.addinivalue_line(
        "markers", "full: only with --full, as bin/test --all says; too long for every day"
    )
    Path(os.environ["EMBEDDED_DATA_DIR"]).mkdir(parents=True, exist_ok=True)
    (PLACE.path / "data" / "static").mkdir(exist_ok=True)  # WhiteNoise warns about a folder that is not there
    if WORKER or config.option.collectonly or config.option.help:
        return
    PLACE.prepare()
    atexit.register(_stop)
    POSTGRES.start()
    REDIS.start()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes() -> None:
    """Workers inherit our environment. They must not read the settings before this file, run again in each of them,
    has said which folder and which Redis number are theirs."""
    os.environ.pop("DJANGO_SETTINGS_MODULE", None)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leaves out what is only for the full run."""
    if config.option.full:
        return
    full = [item for item in items if item.get_closest_marker("full")]
    config.hook.pytest_deselected(items=full)
    items[:] = [item for item in items if not item.get_closest_marker("full")]


@pytest.fixture
def times(request: pytest.FixtureRequest) -> Callable[[int, int], int]:
    """How often a drill is done: `times(2, 20)` is 2 every day and 20 in the full run."""
    return lambda quick, full: full if request.config.option.full else quick


@pytest.fixture
def walk(request: pytest.FixtureRequest) -> Callable[[int, int], int]:
    """How many of a long list are tried: `walk(6, 150)` is 6 every day, others for each form, and all with --every."""
    return lambda quick, every: every if request.config.option.every else quick


def pytest_unconfigure() -> None:
    if not WORKER:
        _stop()


def _stop() -> None:
    REDIS.stop()
    POSTGRES.stop()


@pytest.fixture(autouse=True)
def nothing_handed_out() -> None:
    """No test is answered with the file of another that had the same address."""
    from embedded.files import again

    again.forget()


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker
) -> Iterator[None]:
    """Ends whatever session a thread of the browser's server has left open: the test database is dropped next."""
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
