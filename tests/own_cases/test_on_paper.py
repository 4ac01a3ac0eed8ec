"""What people type of their own stays words on paper: on the sheet, tagged, and with nothing fetched or run."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from programmes.bite.content import PARTS as BITE_PARTS
from programmes.bite.document import printed as bite_printed
from programmes.cases.build import printed as case_printed
from programmes.cases.content import GLANCE, PARTS
from programmes.models import Bite, Project
from tests.house.addresses import things_in
from tests.own_cases.telling import write
from tests.packs.test_own_packs import made
from tests.pdf.checking import faults
from tests.pdf.laying import untidiness
from tests.pdf.papers import everything_in, read
from tests.world import World

LONG = "Unabbreviatedneighbourhoodrehabilitationpartnershipagreement" * 4
MARKUP = "<script>alert(1)</script> <img src='http://elsewhere.example/a.png'> {{ 7919*7907 }} [x](javascript:alert(2))"
WORDS = [LONG, MARKUP, "Plain words, said once."]


@pytest.fixture(params=WORDS, ids=["long", "markup", "plain"])
def words(request: pytest.FixtureRequest) -> str:
    said: str = request.param
    return said


def look(content: bytes, words: str) -> None:
    """Sound, tidy, and the words are all there and do nothing."""
    assert faults(content) == []
    assert untidiness(content) == []
    pdf = read(content)
    told = "".join("".join(page.extract_text() for page in pdf.pages).split())
    assert "".join(words.split()) in told
    held = everything_in(pdf)
    assert b"/JavaScript" not in held
    assert b"/URI (http://elsewhere" not in held
    assert "62615533" not in told


def test_a_case_study_on_paper(world: World, words: str) -> None:
    case = write(world, **{name: words for name in (*GLANCE, *PARTS) if name != "period"}, title=words[:160])
    case.published_on = timezone.localdate()
    look(bytes(case_printed(case)), words)


def test_a_project_in_two_pages_on_paper(world: World, words: str) -> None:
    things_in(world, "willow")
    project = Project.objects.get(title="willow project")
    project.title = words[:150]
    writer = world.people["researcher"]
    texts: dict[str, Any] = dict.fromkeys(BITE_PARTS, words)
    bite = Bite(project=project, saved_by=writer, saved_at=timezone.now(), **texts)
    look(bytes(bite_printed(bite)), words)


def test_a_pack_with_own_names_on_paper(world: World, words: str) -> None:
    things_in(world, "willow")
    world.residency.title = words[:150]
    world.residency.problem = words
    world.residency.save()
    pack = made(world, "registration")
    assert pack.pdf is not None
    answer: Any = world.client("researcher").get(f"{pack.get_absolute_url()}pack.pdf")
    look(b"".join(answer) if answer.streaming else answer.content, words)
