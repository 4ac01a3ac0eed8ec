"""A real browser for the box in which an organisation is chosen while typing."""

from __future__ import annotations

import shutil
from typing import Any

import pytest

from tests.registers.shipped import register_of_module

__all__ = ["register_of_module"]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Chromium of the system: the tests download no browser of their own."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        pytest.skip("there is no Chromium on this machine: apt-get install chromium")
    return {**browser_type_launch_args, "executable_path": chromium, "args": ["--no-sandbox"]}
