"""The real browser of the tests: Chromium of the system, because the tests download none of their own."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

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
