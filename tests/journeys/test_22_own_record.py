"""Journey 22: a residency's own record for others: a pack with its names in six presses at the most, and a case study
that is held back until everybody in it agreed, and gone when one takes that back."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

from pypdf import PdfReader

from guidance.actions import load_library
from programmes.models import CaseStudy
from tests.journeys.conftest import Visitor, Way, letter_to, link_in
from tests.journeys.earlier import Earlier, programme_with_manager, running
from tests.workers import run_jobs

MOST_PRESSES = 6
CARER = "carer@home.example"


def test_a_manager_takes_a_pack_with_own_names_away_in_six_presses(
    visit: Callable[..., Visitor], way: Way
) -> None:
    load_library()
    earlier = programme_with_manager()
    running(earlier)
    manager = visit(earlier.manager)
    manager.go(earlier.url())
    manager.keys.press("Make a pack")
    manager.over()
    manager.keys.press("Put the pack together")
    manager.says("Your pack is being put together")
    manager.over()
    run_jobs()
    if way.script:
        manager.page.get_by_text(
            "Only those who may read all of it can open this page"
        ).wait_for()  # the page looks by itself
    else:
        manager.keys.follow("Look now")
    manager.over()
    manager.keys.to("Download (PDF")
    manager.keys.presses += 1
    with manager.page.expect_download() as caught:
        manager.page.keyboard.press("Enter")
    pdf = PdfReader(BytesIO(caught.value.path().read_bytes()))
    told = " ".join(" ".join(page.extract_text() for page in pdf.pages[:3]).split())
    assert earlier.residency.title in told
    assert earlier.host.display_name in told
    assert manager.keys.presses <= MOST_PRESSES


def test_a_case_study_is_held_back_until_consent_and_withdrawn_when_consent_is(
    visit: Callable[..., Visitor], way: Way
) -> None:
    earlier = programme_with_manager()
    running(earlier)
    researcher = visit(earlier.researcher)
    write(researcher, earlier)
    host_agrees(visit)
    case = CaseStudy.objects.get()
    lead = visit(earlier.lead)
    lead.go(case.get_absolute_url())
    lead.says("It cannot be published while the consent of somebody who can be recognised is missing")
    lead.over()
    nobody = visit()
    nobody.go(f"/cases/{case.pk}/")
    nobody.says("Page not found")
    carer = visit()
    carer.go(link_in(letter_to(CARER)))
    carer.says("Do you agree to this?")
    carer.over()
    carer.keys.press("Yes, it may be published")
    carer.says("You said yes on")
    carer.over()
    lead.go(case.get_absolute_url())
    lead.keys.press("Publish it")
    lead.says("Published on")
    run_jobs()
    read_by_everybody(visit, case)
    carer.keys.press("I take my consent back")
    carer.says("It was withdrawn. Nobody can read it any more.")
    carer.over()
    anybody = visit()
    anybody.go(f"/cases/{case.pk}/")
    anybody.says("This case study was withdrawn.")
    assert "was withdrawn" in letter_to(earlier.lead.email)
    assert "was withdrawn" in letter_to(earlier.researcher.email)


def write(researcher: Visitor, earlier: Earlier) -> None:
    """The host is not asked before what was hard and what is not known are said."""
    keys = researcher.keys
    researcher.go(earlier.url())
    keys.follow("Case studies")
    researcher.over()
    keys.press("Write a case study")
    researcher.over()
    keys.press("Save the draft")
    researcher.says("Still to say before the host is asked: what was hard and what is not known.")
    researcher.over()
    keys.press("Change the words")
    keys.type("What was hard", "Nobody had time in winter.")
    keys.type("What is not known", "Whether it lasts.")
    keys.press("Save the draft")
    keys.press("Add somebody")
    researcher.over()
    keys.type("Name", "Ada Carer")
    keys.type("Email address", CARER)
    keys.press("Add")
    researcher.says("Added: Ada Carer")
    researcher.over()
    researcher.page.get_by_role("button", name="Ask the host to check it").focus()
    keys.press("Ask the host to check it")
    researcher.over()
    keys.type("Who at the host checks it?", "manager@host.example")
    keys.press("Send the link")
    researcher.says("The host was asked to check it")
    researcher.over()


def host_agrees(visit: Callable[..., Visitor]) -> None:
    """By link, without signing in, with one press."""
    host = visit()
    host.go(link_in(letter_to("manager@host.example")))
    host.says("May it be told like this?")
    host.over()
    host.keys.press("It may be told like this")
    host.says("Thank you")
    host.over()


def read_by_everybody(visit: Callable[..., Visitor], case: CaseStudy) -> None:
    anybody = visit()
    anybody.go("/cases/")
    anybody.over()
    anybody.keys.follow(case.title)
    anybody.says("checked with the host")
    anybody.says("Nobody had time in winter.")
    anybody.over()
    anybody.keys.to("Download (PDF)")
    with anybody.page.expect_download() as caught:
        anybody.page.keyboard.press("Enter")
    pdf = PdfReader(BytesIO(caught.value.path().read_bytes()))
    assert "Whether it lasts." in " ".join(page.extract_text() for page in pdf.pages)
