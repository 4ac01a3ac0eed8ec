"""Every page says what it is: a title of its own, one heading, a language; no markup that the policy forbids."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.template import loader as django_loader

from embedded.nhsuk.rendering import jinja

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
JINJA = sorted(TEMPLATES.rglob("*.jinja"))
LAYOUTS = {
    "course/post_form.jinja",
    "errors/base.jinja",
    "layouts/account.jinja",
    "layouts/page.jinja",
    "layouts/question.jinja",
}
TITLE = re.compile(r"{%-?\s*block title\s*-?%}\s*\S")
HEADING = re.compile(r"<h1|page_heading\(|legend_is_heading|isPageHeading")


def name_of(path: Path) -> str:
    return str(path.relative_to(TEMPLATES))


def parent_of(path: Path) -> str:
    found = re.search(r'{%-?\s*extends\s+"([^"]+)"', path.read_text())
    return found[1] if found else ""


PAGES = [path for path in JINJA if parent_of(path) in LAYOUTS and name_of(path) not in LAYOUTS]


def test_there_are_pages_and_nothing_else_extends_something_unknown() -> None:
    assert len(PAGES) > 50
    known = LAYOUTS | {"nhsuk/template.jinja", "paper/base.jinja", ""}
    known |= {"diary/months.jinja"}  # as somebody else has it: the very page, by itself
    assert {parent_of(path) for path in JINJA} <= known


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_every_page_sets_its_title_and_has_one_place_for_its_heading(path: Path) -> None:
    text = path.read_text()
    inherits = parent_of(path) == "errors/base.jinja"  # whose title and heading are the problem's own
    assert inherits or TITLE.search(text), "no title block"
    assert len(re.findall(r"<h1", text)) <= 1


@pytest.mark.parametrize("path", JINJA, ids=name_of)
def test_every_template_can_be_read_and_keeps_to_the_policy(path: Path) -> None:
    jinja().get_template(name_of(path))
    text = path.read_text()
    if not name_of(path).startswith(("emails/", "paper/")):
        assert not re.search(r"<[^>]*\s(style|on[a-z]+)=", text)
    for tag in re.findall(r"<script[^>]*>", text):
        assert "nonce=" in tag
    if not name_of(path).startswith("components/"):  # whose callers hand markup on
        assert "|safe" not in text, "mark markup as such where it is made"


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.html")), ids=name_of)
def test_every_template_of_accounts_can_be_read(path: Path) -> None:
    django_loader.get_template(name_of(path))
    assert not re.search(r"<[^>]*\s(style|on[a-z]+)=", path.read_text())


def test_every_template_is_used() -> None:
    root = TEMPLATES.parent
    sources = [
        *TEMPLATES.rglob("*.*"),
        *(path for room in ("embedded", "guidance", "programmes") for path in (root / room).rglob("*.py")),
    ]
    words = "\n".join(path.read_text() for path in sources)
    letters = {name_of(path) for path in JINJA if name_of(path).startswith(("emails/", "errors/"))}
    left = [name_of(path) for path in JINJA if name_of(path) not in words and name_of(path) not in letters]
    assert not left, "nobody renders these"
