"""What kind of work is this? One kind a project (V-40); a change of it under way has a note and is told (V-41)."""

from __future__ import annotations

from typing import Any

import pytest

from embedded.audit.models import Event
from embedded.drafts import Changed
from embedded.post.models import Letter
from programmes.coproduction import actions
from programmes.lifecycle import StepRefused
from programmes.models import Classification, ClassificationChange, Project, ResidencyOrganisation
from tests.coproduction.test_projects import TODAY, add, typed
from tests.world import World, join, make_organisation, make_person

NOTE = "The ward asked for a trial arm"
BEFORE = ["prioritise", "fund", "design", "govern"]
UNDER_WAY = ["collect", "analyse", "interpret", "share", "use", "evaluate"]


def change(world: World, project: Project, kind: str = "clinical_audit", **fields: Any) -> Any:
    decided = {} if kind == "not_yet_classified" else {"classified_by_name": "R&D office"}
    sent = typed(classification=kind, stage=project.stage, version=project.version, **(decided | fields))
    response = world.client("researcher").post(world.url(f"projects/{project.pk}/edit/"), sent)
    project.refresh_from_db()
    return response


def begun(world: World, stage: str) -> Project:
    return add(world, stage=stage, classification="research", classified_by_name="R&D office")


def test_page_helps_to_tell_the_four_kinds_apart(world: World) -> None:
    """V-40, and the advice to split what seems to be two kinds."""
    page = world.client("researcher").get(world.url("projects/new/")).content.decode()
    assert "Split it into two projects" in page and "standard that was set beforehand" in page
    assert page.count('type="radio" value=') + page.count('name="classification"') >= 5


def test_project_has_one_kind(world: World) -> None:
    """V-40: of two that are sent, one is kept."""
    project = add(world, classification=["research", "clinical_audit"], classified_by_name="R&D office")
    assert project.classification == "clinical_audit"


@pytest.mark.parametrize("stage", BEFORE)
def test_v40_nothing_is_missing_before_evidence_is_collected(world: World, stage: str) -> None:
    """Below the boundary: a project without a kind is no more than "not decided yet"; the form says what comes."""
    page = world.client("researcher").get(world.url("projects/new/")).content.decode()
    assert "Before “Collecting evidence”, have it decided what kind of work it is" in page
    project = add(world, stage=stage)
    for tail in ("projects/", f"projects/{project.pk}/"):
        page = world.client("rd_office").get(world.url(tail)).content.decode()
        assert "Not decided yet" in page and "Still to record" not in page


@pytest.mark.parametrize("stage", UNDER_WAY)
def test_v40_a_project_under_way_says_what_is_not_on_record(world: World, stage: str) -> None:
    """From the boundary on: it is saved (decision 2), and each page says what is missing until it is there."""
    project = add(world, stage=stage)
    tails = ("projects/", f"projects/{project.pk}/")
    found = {
        "what kind of work it is, who decided that and where it is written": {},
        "where the decision on its kind is written": {"kept_at": ""},
        "": {"kept_at": "Email of 3 May"},
    }
    for words, said in found.items():
        if said:
            change(world, project, "research", classification_kept_at=said["kept_at"])
        for tail in tails:
            page = world.client("rd_office").get(world.url(tail)).content.decode()
            assert ("Still to record" in page) is bool(words) and words in page


@pytest.mark.parametrize("stage", BEFORE)
def test_kind_changes_without_a_note_before_evidence_is_collected(world: World, stage: str) -> None:
    """V-41, below its boundary."""
    project = begun(world, stage)
    assert (
        'name="note"'
        not in world.client("researcher").get(world.url(f"projects/{project.pk}/edit/")).content.decode()
    )
    assert change(world, project).status_code == 302
    assert project.classification == "clinical_audit" and not Letter.objects.exists()
    assert ClassificationChange.objects.get().note == ""


@pytest.mark.parametrize("stage", UNDER_WAY)
def test_kind_changes_with_a_note_once_it_is_under_way_and_the_office_is_told(
    world: World, stage: str
) -> None:
    """V-41, from its boundary on."""
    project = begun(world, stage)
    assert "Enter why the kind of work changes" in change(world, project).content.decode()
    assert project.classification == "research" and not Letter.objects.exists()
    assert change(world, project, note=NOTE).status_code == 302
    assert project.classification == "clinical_audit"
    letter = Letter.objects.get()
    assert letter.to == world.people["rd_office"].email and NOTE in letter.text
    row = ClassificationChange.objects.get()
    assert (row.old, row.new, row.note, row.on) == ("research", "clinical_audit", NOTE, TODAY)
    assert NOTE not in str(Event.objects.get(deed="project.changed").details)


def test_taking_the_kind_back_under_way_needs_a_note_too(world: World) -> None:
    """V-41."""
    project = begun(world, "collect")
    assert "Enter why" in change(world, project, "not_yet_classified").content.decode()
    change(world, project, "not_yet_classified", note=NOTE)
    assert project.classification == Classification.NOT_YET


def test_first_word_on_the_kind_is_no_change(world: World) -> None:
    """V-41: said late, but said for the first time."""
    project = add(world, stage="collect")
    change(world, project)
    assert project.classification == "clinical_audit" and not Letter.objects.exists()


def test_other_changes_under_way_need_no_note(world: World) -> None:
    project = begun(world, "collect")
    change(world, project, "research", title="Another name")
    assert project.title == "Another name" and not ClassificationChange.objects.exists()


def test_deed_asks_for_the_note_too(world: World) -> None:
    """V-41 holds for every way in."""
    project = begun(world, "analyse")
    words = actions.ProjectWords("x", "", "analyse", TODAY, "clinical_audit", "R&D office")
    kept = {"project": project, "by": world.people["researcher"], "on": TODAY}
    with pytest.raises(StepRefused, match="why"):
        actions.change_project(words=words, version=project.version, **kept)
    project.refresh_from_db()
    with pytest.raises(Changed):
        actions.change_project(words=words, version=project.version + 1, **kept)


def test_only_the_research_office_of_the_host_is_told(world: World, other_world: World) -> None:
    join(make_person("Office elsewhere"), "rd_office", world.programme, make_organisation("Second Trust"))
    change(world, begun(world, "collect"), note=NOTE)
    assert [letter.to for letter in Letter.objects.all()] == [world.people["rd_office"].email]


def test_project_page_tells_how_its_kind_has_changed(world: World) -> None:
    project = begun(world, "collect")
    change(world, project, note=NOTE, classification_kept_at="Email of 3 May")
    page = world.client("rd_office").get(world.url(f"projects/{project.pk}/")).content.decode()
    assert NOTE in page and "Email of 3 May" in page and "How the kind of work has changed" in page


# where nobody is named for the research office


@pytest.mark.parametrize("named", [True, False])
def test_v41_lead_is_told_where_nobody_is_named_for_the_office_and_pages_say_so(
    world: World, named: bool
) -> None:
    if not named:
        world.people["rd_office"].memberships.update(end=TODAY)
    project, client = begun(world, "collect"), world.client("researcher")
    for tail in (f"projects/{project.pk}/", f"projects/{project.pk}/edit/"):
        page = client.get(world.url(tail)).content.decode()
        assert ("Nobody is named for the R&amp;D office of Made Up Trust" in page) is not named
    change(world, project, note=NOTE)
    told = {letter.to for letter in Letter.objects.all()}
    if named:
        assert told == {world.people["rd_office"].email}
    else:
        assert told == {world.people[role].email for role in ("programme_lead", "theme_lead")}
        assert all("of Made Up Trust, so this comes to you" in letter.text for letter in Letter.objects.all())


def test_v41_each_host_counts_for_itself(world: World) -> None:
    """One office is told, and the lead of the host that has none."""
    second = make_organisation("Second Trust")
    ResidencyOrganisation.objects.create(residency=world.residency, organisation=second, part="host")
    change(world, begun(world, "collect"), note=NOTE)
    letters = {letter.to: letter.text for letter in Letter.objects.all()}
    assert "so this comes to you" not in letters[world.people["rd_office"].email]
    assert "of Second Trust, so this comes to you" in letters[world.people["programme_lead"].email]


def test_nothing_is_said_of_the_office_before_evidence_is_collected(world: World) -> None:
    """V-41, below its boundary."""
    world.people["rd_office"].memberships.update(end=TODAY)
    project = begun(world, "design")
    page = world.client("researcher").get(world.url(f"projects/{project.pk}/")).content.decode()
    assert "Nobody is named" not in page
