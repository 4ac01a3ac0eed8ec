"""The real browser of the tests: Chromium of the system, because the tests download none of their own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from playwright.sync_api import Browser

BUILT = Path(__file__).resolve().parent.parent / "static" / "built" / "nhsuk"


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """How Chromium is started; without it, or without the built front end, tests in a browser are left out."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        pytest.skip("there is no Chromium on this machine: apt-get install chromium")
    if not BUILT.exists():
        pytest.skip("static/built is not there: npm run build")
    return {**browser_type_launch_args, "executable_path": chromium, "args": ["--no-sandbox"]}


@pytest.fixture(scope="session")
def browser(browser: Browser) -> Iterator[Browser]:
    """One browser for all. While it is open, Playwright's loop gives this thread database connections of its own.
    They are closed before the loop ends: nobody could reach them afterwards, and the database could not be dropped."""
    yield browser
    connections.close_all()
