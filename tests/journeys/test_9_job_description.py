"""Journey 9: a manager drafts a job description and changes it, a lead approves it, a later change is a new version."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from programmes.models import JobDescription
from tests.journeys.conftest import Visitor, Way
from tests.journeys.earlier import programme_with_manager, sent
from tests.recruitment.begun import word_file

MOST_PRESSES_TO_DRAFT: Final = 5  # write one, two answers, make a draft


def test_a_job_description_is_drafted_changed_approved_and_changed_again(
    visit: Callable[..., Visitor], way: Way
) -> None:
    earlier = programme_with_manager()
    earlier.residency = sent(earlier)
    manager, lead = visit(earlier.manager), visit(earlier.lead)
    manager.go(earlier.url())
    manager.keys.follow("Job description")
    draft(manager)
    change(manager)
    lead.go(earlier.url("job-description/"))
    lead.keys.press("Approve version 1")
    lead.says("An approved version stays as it is")
    lead.over()
    lead.keys.press("Approve version 1")
    lead.says("Approved: version 1 of the job description")
    lead.over()
    change_again(manager)
    hand_in(manager)


def draft(manager: Visitor) -> None:
    manager.says("There is no job description and person specification yet")
    manager.over()
    keys = manager.keys
    keys.presses = 0
    keys.press("Write one")
    manager.over()
    keys.choose("An NHS or care organisation employs", "Who will employ the person?")
    keys.choose("Experienced", "How experienced should the person be?")
    keys.press("Make a draft")
    assert keys.presses <= MOST_PRESSES_TO_DRAFT
    for words in ("Marsh End Hospitals", "proposed, subject to job evaluation", "People fall on the stairs"):
        manager.says(words)
    manager.over()


def change(manager: Visitor) -> None:
    keys = manager.keys
    keys.follow("Main duties")
    manager.says("At most 16 in all is best")
    manager.over()
    keys.type("Educational", "Run a journal club for the night staff")
    keys.unfold("From the bank of wording: educational")
    keys.press("Add: Coach one or two colleagues")
    manager.says("Added as the last line: “Coach one or two colleagues")
    manager.over()
    keys.press("Save")
    manager.says("Run a journal club for the night staff")
    manager.says("Coach one or two colleagues")
    keys.follow("Post details")
    manager.over()
    keys.type("Grade or band", "Band 7")
    keys.press("Save")
    manager.says("Band 7 (proposed, subject to job evaluation)")
    manager.go(manager.path + "criteria/new/")
    keys.press("Save")
    manager.says("There is a problem")
    manager.over()
    keys.select("Heading", "Skills")
    keys.type("What is asked for?", "Explains a finding to a night shift")
    keys.choose("Essential", "Is it essential?")
    keys.press("Save")
    manager.says("Select at least one duty that it comes from")
    keys.to("1. ")
    manager.page.keyboard.press("Space")
    keys.press("Save")
    manager.says("Explains a finding to a night shift")
    manager.over()
    manager.go(manager.path + "criteria/new/")
    keys.unfold("Worded for early posts")
    keys.press("Add: Has carried out a piece of applied research")
    manager.says("Added: “Has carried out a piece of applied research")
    manager.over()
    manager.go(manager.path.removesuffix("criteria/new/"))


def change_again(manager: Visitor) -> None:
    manager.go(manager.path)
    manager.says("What you change becomes version 2, a draft")
    manager.keys.follow("Purpose and people")
    manager.over()
    manager.keys.type("About the host", "Two hospitals by the sea.")
    manager.keys.press("Save")
    manager.says("Version 2, a draft")
    manager.keys.follow("Version 1")
    manager.says("Version 1, approved on")
    manager.over()
    assert [one.number for one in JobDescription.objects.approved()] == [1]


def hand_in(manager: Visitor) -> None:
    manager.keys.follow("Attach HR’s own form as a new version")
    manager.over()
    picture = {"name": "form.docx", "mimeType": "image/png", "buffer": b"\x89PNG\r\n\x1a\n"}
    form = {"name": "form.docx", "mimeType": "application/octet-stream", "buffer": word_file()}
    box = manager.page.locator("input[type=file]")
    box.set_input_files(picture)  # type: ignore[arg-type]
    manager.keys.press("Upload")
    manager.says("The selected file must be a PDF or DOCX")
    manager.over()
    box.set_input_files(form)  # type: ignore[arg-type]
    manager.keys.press("Upload")
    manager.says("HR’s own form")
    manager.over()
