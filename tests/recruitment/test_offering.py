"""What one press adds to a job description: duties and criteria of the bank, and limits that were planned together."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.test import Client

from programmes.models import JobDescription, Role, Seniority
from programmes.recruitment import offering
from programmes.recruitment.asking import PAGES
from programmes.recruitment.content import MOST_CRITERIA, Content, lines_of
from tests.planning.table import sat_together
from tests.recruitment.begun import approve, begin, content_of, key, typed_criterion
from tests.world import World

AT = "job-description/"
DUTIES = f"{AT}change/duties/"
NEW = f"{AT}criteria/new/"


def shown(client: Client, world: World, tail: str, typed: dict[str, object] | None = None) -> str:
    answer = client.post(world.url(tail), typed) if typed else client.get(world.url(tail))
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def offered(page: str) -> list[str]:
    """What the buttons of a page would add."""
    return re.findall(r'name="add" value="([^"]+)"', page)


def in_box(page: str, name: str) -> list[str]:
    return lines_of(page.split(f'name="{name}"', 1)[1].split(">", 1)[1].split("</textarea>", 1)[0])


def sent(description: JobDescription, **typed: object) -> dict[str, object]:
    """The page of duties as it is, with what somebody typed."""
    content = content_of(description)
    groups = {one.group: "\n".join(d.words for d in content.in_group(one.group)) for one in content.duties}
    return groups | {"version": str(description.version), "form_key": key()} | typed


@pytest.mark.parametrize("seniority", Seniority.values)
def test_lines_of_each_seniority_are_offered_and_those_of_the_post_first(
    world: World, seniority: str
) -> None:
    page = shown(world.client("host_manager"), world, DUTIES) if begin(world, seniority=seniority) else ""
    found = offered(page)
    assert len(found) == len(set(found)) > 20
    assert {one.partition(".")[0] for one in found} == set(Seniority.values)
    relational = page.index("From the bank of wording: relational")
    first = page.index("Worded for", relational)
    assert page.startswith(f"Worded for {seniority} posts, as this one", first)


def test_one_press_adds_a_duty_and_nothing_typed_is_lost(world: World) -> None:
    description = begin(world)
    client = world.client("host_manager")
    typed = sent(description, relational="Mine, not saved yet", add="experienced.coach_others")
    page = shown(client, world, DUTIES, typed)
    assert in_box(page, "relational") == ["Mine, not saved yet"]
    added = in_box(page, "educational")[-1]
    assert added.startswith("Coach one or two colleagues")
    assert f"Added as the last line: “{added}”" in page and "There is a problem" not in page
    assert "experienced.coach_others" not in offered(page)
    assert added not in [duty.words for duty in content_of(description).duties]
    names = [one.name for one in PAGES["duties"].asked]
    saved = {name: "\n".join(in_box(page, name)) for name in names} | {"version": "1", "form_key": key()}
    assert client.post(world.url(DUTIES), saved).status_code == 302
    words = [duty.words for duty in content_of(description).duties]
    assert added in words and "Mine, not saved yet" in words


def test_a_press_keeps_the_version_that_the_page_was_made_from(world: World) -> None:
    """So that saving afterwards still tells that somebody else saved in between."""
    description = begin(world)
    JobDescription.objects.update(version=5)
    page = shown(
        world.client("host_manager"), world, DUTIES, sent(description, version="1", add="early.coach_others")
    )
    assert 'name="version" value="1"' in page


def test_a_line_that_nobody_offers_adds_nothing(world: World) -> None:
    description = begin(world)
    for value in ("early.nothing", "", "x" * 5000, "planning.1.0"):
        answer = world.client("host_manager").post(world.url(DUTIES), sent(description, add=value))
        assert answer.status_code == 302
        description.refresh_from_db()


def test_one_press_adds_a_criterion_tied_to_its_duties(world: World) -> None:
    """V-110: each of the bank comes from a duty that still stands."""
    description = begin(world, seniority="early")
    client = world.client("host_manager")
    before = content_of(description)
    assert "take one from the bank of wording" in shown(client, world, NEW)
    mine = typed_criterion(words="Mine, not saved yet", by=["interview"])
    pressed = mine | {"version": "1", "form_key": key(), "add": "senior.applied_research"}
    page = shown(client, world, NEW, pressed)
    assert "Added: “Has led applied research" in page and in_box(page, "words") == ["Mine, not saved yet"]
    assert "There is a problem" not in page and "senior.applied_research" not in offered(page)
    after = content_of(description)
    new = after.criteria[-1]
    assert len(after.criteria) == len(before.criteria) + 1
    assert (new.heading, new.essential) == ("experience", True) and new.duties and after.untied() == []
    client.post(world.url(NEW), pressed)
    assert len(content_of(description).criteria) == len(after.criteria), "pressed twice is added once"
    assert client.post(world.url(NEW), mine | {"version": "2", "form_key": key()}).status_code == 302


def test_a_criterion_whose_duty_is_gone_says_so(world: World) -> None:
    """V-110: it is added, and the page asks for a duty until there is one."""
    description = begin(world)
    description.content["duties"] = description.content["duties"][:1]
    description.content["criteria"] = []
    description.save()
    client = world.client("host_manager")
    shown(client, world, NEW, {"version": "1", "form_key": key(), "add": "early.applied_research"})
    assert len(content_of(description).untied()) == 1
    assert "Essential criteria without a duty" in shown(client, world, AT)


def test_the_bank_adds_to_an_approved_version_as_a_new_draft(world: World) -> None:
    first = approve(world, begin(world))
    shown(world.client("hr"), world, NEW, {"version": "2", "form_key": key(), "add": "early.methods"})
    assert world.residency.job_descriptions.count() == 2
    assert (
        len(content_of(first).criteria)
        == len(content_of(world.residency.job_descriptions.first()).criteria) - 1
    )


@pytest.mark.parametrize(("there", "taken"), [(MOST_CRITERIA - 1, True), (MOST_CRITERIA, False)])
def test_the_bank_adds_no_more_than_there_is_room_for(world: World, there: int, taken: bool) -> None:
    description = begin(world)
    one = description.content["criteria"][0]
    description.content["criteria"] = [
        one | {"id": n, "words": f"Criterion {n}"} for n in range(1, there + 1)
    ]
    description.save()
    page = shown(world.client("hr"), world, NEW, {"version": "1", "form_key": key(), "add": "early.methods"})
    assert ("Added: “" in page) is taken
    assert ("Remove one before you add another" in page) is not taken


# what was planned together


def test_limits_that_were_planned_together_are_offered_sentence_by_sentence(world: World) -> None:
    """T7 and T9 (domain.md 5.4): what is not the job, and how critical to be in which room."""
    begin(world)
    client = world.client("host_manager")
    assert offered(shown(client, world, f"{AT}change/terms/")) == []
    said = "Mostly the falls pathway. Not a spare analyst.\nNo rota duties"
    sat_together(world, activities=(said, ""))
    page = shown(client, world, f"{AT}change/terms/")
    values = offered(page)
    assert len(values) == 3 and "What is the time for, and what is not the job? (said on" in page
    typed = {"version": "1", "form_key": key(), "scope": "Mine", "support": "Also mine", "add": values[1]}
    page = shown(client, world, f"{AT}change/terms/", typed)
    assert in_box(page, "scope") == ["Mine", "Not a spare analyst."] and in_box(page, "support") == [
        "Also mine"
    ]
    assert offered(page) == [values[0], values[2]]


def test_what_was_planned_is_offered_to_those_only_who_may_read_the_plan(world: World) -> None:
    begin(world)
    sat_together(world, relational_role=("Says it in the room first.", ""))
    assert len(offered(shown(world.client("academic_supervisor"), world, f"{AT}change/terms/"))) == 1
    page = shown(world.client(Role.HR), world, f"{AT}change/terms/")
    assert offered(page) == [] and "Says it in the room first" not in page


def test_sentences_are_lines_of_their_own() -> None:
    assert offering.sentences("One. Two!  Three;\nfour\n\n") == ["One.", "Two!", "Three;", "four"]
    assert offering.sentences("  ") == []


def test_every_criterion_of_the_bank_can_be_taken(world: World) -> None:
    description = begin(world)
    shelves = offering.criteria(world.residency, description, Content())
    assert sum(len(shelf.offers) for shelf in shelves) >= 40
    assert all(one.criterion for shelf in shelves for one in shelf.offers)
