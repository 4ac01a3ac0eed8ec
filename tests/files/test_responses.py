"""A file handed to a browser can do nothing but be saved or shown (trust.md P28)."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import LazySettings

from embedded.files import keep, response
from embedded.files.models import MadeFile

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def data_dir(settings: LazySettings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path


def made(media_type: str = "application/pdf") -> MadeFile:
    return keep(b"%PDF-1.7", "report.pdf", media_type)


def test_response_is_saved_and_harmless() -> None:
    answer = response(made(), "Care and Place.pdf")
    assert answer.content == b"%PDF-1.7"
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="Care and Place.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].startswith("sandbox; default-src 'none';")


def test_response_has_the_files_own_name_unless_told() -> None:
    assert 'filename="report.pdf"' in response(made())["Content-Disposition"]


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ('say "hi".pdf', 'filename="say \\"hi\\".pdf"'),
        ("Adroddiad Môn.pdf", "filename*=utf-8''Adroddiad%20M%C3%B4n.pdf"),
        ("a\r\nSet-Cookie: b.pdf", 'filename="aSet-Cookie: b.pdf"'),
        ("../../etc/passwd", 'filename="-..-etc-passwd"'),
        ("fdp.\u202eexe", 'filename="fdp.exe"'),
        ("...", 'filename="file"'),
        ("x" * 500, f'filename="{"x" * 150}"'),
    ],
)
def test_response_names_are_safe(name: str, header: str) -> None:
    assert response(made(), name)["Content-Disposition"] == f"attachment; {header}"


@pytest.mark.parametrize(
    ("media_type", "how"),
    [
        ("application/pdf", "inline"),
        ("image/png", "inline"),
        ("text/html", "attachment"),
        ("image/svg+xml", "attachment"),
    ],
)
def test_response_shows_only_what_cannot_run(media_type: str, how: str) -> None:
    assert response(made(media_type), inline=True)["Content-Disposition"].startswith(how)


@pytest.mark.parametrize(
    ("media_type", "boxed"), [("application/pdf", False), ("image/png", True), ("text/html", True)]
)
def test_response_is_boxed_in_unless_a_browser_could_not_show_it(media_type: str, boxed: bool) -> None:
    policy = response(made(media_type), inline=True)["Content-Security-Policy"]
    assert ("sandbox" in policy, "default-src 'none'" in policy) == (boxed, True)
