"""A project in two pages: from its record, 650 words at the most, the same as page, PDF and Word file."""

from __future__ import annotations

import io
from typing import Any
from uuid import uuid4

import docx
import pypdf
import pytest
from django.utils import timezone

from programmes.bite.content import PARTS, count_words, unexplained
from programmes.models import Bite, Contribution, Project
from tests.house.addresses import things_in
from tests.world import World

FULL = {name: f"Said of {name} here" for name in PARTS}


@pytest.fixture
def project(world: World) -> Project:
    things_in(world, "willow")
    Bite.objects.all().delete()
    return Project.objects.get(title="willow project")


def save(world: World, project: Project, role: str = "researcher", version: int = 0, **fields: Any) -> Any:
    typed = {"form_key": str(uuid4()), "version": version} | FULL | fields
    return world.client(role).post(world.url(f"projects/{project.pk}/in-two-pages/change/"), typed)


def shown(world: World, project: Project, tail: str = "", role: str = "researcher") -> Any:
    return world.client(role).get(world.url(f"projects/{project.pk}/in-two-pages/{tail}"))


def test_it_begins_with_the_record_and_with_what_partners_confirmed(world: World, project: Project) -> None:
    form = shown(world, project, "change/").content.decode()
    assert "willow problem" in form
    assert "willow contribution" not in form
    Contribution.objects.update(confirmed_at=timezone.now())
    form = shown(world, project, "change/").content.decode()
    assert "willow contribution" in form
    assert "willow partner" not in form


def test_what_partners_have_not_confirmed_is_told_with_the_way_to_it(world: World, project: Project) -> None:
    Contribution.objects.update(confirmed_at=None)
    told = "1 contribution of partners is recorded but not confirmed yet"
    for tail in ("", "change/"):
        text = shown(world, project, tail).content.decode()
        assert told in text
        assert f'href="{world.url(f"projects/{project.pk}/")}">See them' in text
    Contribution.objects.update(confirmed_at=timezone.now())
    for tail in ("", "change/"):
        assert "not confirmed yet" not in shown(world, project, tail).content.decode()


def test_files_are_named_by_the_number_of_the_project(world: World, project: Project) -> None:
    save(world, project)
    for kind in ("pdf", "docx"):
        named = shown(world, project, f"in-two-pages.{kind}")["Content-Disposition"]
        assert named.endswith(f'-project-{project.pk}-in-two-pages.{kind}"')


def test_names_are_warned_of_once(world: World, project: Project) -> None:
    assert shown(world, project, "change/").content.decode().count("Do not name patients or staff") == 1


def test_page_print_and_word_file_say_the_same(world: World, project: Project) -> None:
    save(world, project)
    page = shown(world, project, role="public_partner").content.decode()
    read = pypdf.PdfReader(io.BytesIO(shown(world, project, "in-two-pages.pdf").content))
    printed = " ".join(" ".join(one.extract_text() for one in read.pages).split())
    written = docx.Document(io.BytesIO(shown(world, project, "in-two-pages.docx").content))
    words = " ".join(one.text for one in written.paragraphs)
    for name, heading in PARTS.items():
        for said in (page, printed, words):
            assert heading in said
            assert FULL[name] in said
    root: Any = read.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]


@pytest.mark.parametrize(("extra", "kept"), [(0, True), (1, False)])
def test_650_words_in_all_are_counted_and_told(
    world: World, project: Project, extra: int, kept: bool
) -> None:
    rest = {name: " ".join(["a"] * 90) for name in list(PARTS)[1:7]}
    last = (
        650 - count_words(project.title, FULL | rest | {"next_step": ""}) - 3 + extra
    )  # its heading has three
    answer = save(world, project, **rest, next_step=" ".join(["a"] * last))
    assert Bite.objects.exists() is kept
    if kept:
        assert "650 of 650 words" in shown(world, project).content.decode()
    else:
        assert "Use 650 words or fewer in all: take out 1, there are 651 now" in answer.content.decode()


def test_a_full_one_fills_two_pages_at_the_most(world: World, project: Project) -> None:
    rest = {name: " ".join(["neighbourhoods"] * 78) for name in list(PARTS)[1:]}
    assert save(world, project, **rest).status_code == 302
    read = pypdf.PdfReader(io.BytesIO(shown(world, project, "in-two-pages.pdf").content))
    assert len(read.pages) <= 2


def test_what_is_missing_is_asked_for_and_abbreviations_are_told(world: World, project: Project) -> None:
    save(world, project, hard="", not_known="", why="The NHS and the MDT of the ICB (Integrated Care Board)")
    page = shown(world, project).content.decode()
    assert "Still to say: what was hard; what we do not know." in page
    assert "with the short form in brackets after it: MDT." in page


def test_abbreviations_beside_their_long_form_are_explained() -> None:
    assert unexplained(["an integrated care board (ICB), then the ICB"]) == []
    assert unexplained(["ARC (applied research collaboration)", "the ARC, the MDT"]) == ["MDT"]


def test_changed_in_between_is_told_and_nothing_is_lost(world: World, project: Project) -> None:
    save(world, project)
    answer = save(world, project, version=0, question="My own question")
    assert "Changed since you opened it" in answer.content.decode()
    assert "My own question" in answer.content.decode()
    assert Bite.objects.get().question == FULL["question"]


def test_who_may(world: World, other_world: World, project: Project) -> None:
    assert shown(world, project, "in-two-pages.pdf").status_code == 404  # nothing is written yet
    assert save(world, project, "public_partner").status_code == 403
    assert save(world, project, "host_manager").status_code == 302
    for tail in ("", "in-two-pages.pdf", "in-two-pages.docx"):
        assert shown(world, project, tail, "public_partner").status_code == 200
        address = world.url(f"projects/{project.pk}/in-two-pages/{tail}")
        assert other_world.client("programme_lead").get(address).status_code == 404
