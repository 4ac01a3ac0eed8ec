"""Journey 10: a contract is recorded and its file kept; the working agreement is agreed by link and by account, and a
new version asks again."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import FilePayload

from programmes.models import Agreement, WorkingAgreement, WorkingAgreementPerson
from tests.agreements.telling import PDF
from tests.journeys.conftest import Visitor, Way, letter_to, link_in
from tests.journeys.earlier import UNIVERSITY, Earlier, day, programme_with_manager, running

CLAUSE = "The University may publish 30 days after telling the Trust."


def test_a_contract_is_recorded_and_a_working_agreement_is_agreed_and_asked_again(
    visit: Callable[..., Visitor], way: Way
) -> None:
    earlier = programme_with_manager()
    running(earlier)
    manager = visit(earlier.manager)
    manager.go(earlier.url())
    manager.keys.follow("Agreements")
    manager.says("None is recorded yet")
    manager.over()
    record(manager)
    hand_in(manager)
    manager.go(earlier.url("agreements/"))
    manager.says("Ends in 30 days")
    manager.over()
    write(manager)
    agree(visit, earlier)
    ask_again(visit, manager, earlier)


def record(manager: Visitor) -> None:
    """One answer is left out first: everything else that was typed is still there."""
    keys = manager.keys
    keys.press("Record an agreement")
    manager.over()
    keys.select("What kind of agreement is it?", "Hosting agreement")
    keys.choose(UNIVERSITY, "Who signed it?")  # the host is ticked already
    keys.date("When was it signed?", day(-300))
    keys.date("What is its last day?", day(30))
    for part in ("Supervision", "Publication", "Data", "How it can be ended"):
        keys.choose(part, "What does it cover?")
    keys.choose("Yes", "Does it let the findings be published?")
    keys.type("What it says on publishing", CLAUSE)
    keys.press("Save")
    manager.says("Enter where it is kept")
    assert manager.page.get_by_label("What it says on publishing").input_value() == CLAUSE
    manager.over()
    keys.type("Where is it kept?", "Contracts office, folder 12")
    keys.press("Save")
    manager.says("Saved: the agreement is recorded")
    manager.says(CLAUSE)
    manager.over()


def hand_in(manager: Visitor) -> None:
    """A picture that calls itself a PDF is refused; the PDF is taken."""
    manager.keys.press("Add the file")
    manager.over()
    box = manager.page.locator("input[type=file]")
    box.set_input_files(
        FilePayload(name="signed.pdf", mimeType="application/pdf", buffer=b"\x89PNG\r\n\x1a\n")
    )
    manager.keys.press("Keep the file")
    manager.says("The selected file must be a PDF or DOCX")
    manager.over()
    assert Agreement.objects.get().file is None
    box.set_input_files(FilePayload(name="signed.pdf", mimeType="application/pdf", buffer=PDF))
    manager.keys.press("Keep the file")
    manager.says("Saved: the file is kept")
    manager.over()


def write(manager: Visitor) -> None:
    keys = manager.keys
    keys.press("Write the working agreement")
    manager.says("This is a first draft from what is known")
    manager.over()
    keys.type("What is left alone", "- Covering shifts")
    keys.press("Save the draft")
    manager.says("Nobody has been asked yet")
    manager.says("This is not a contract")
    manager.over()
    keys.press("Ask everybody to agree")
    manager.over()
    keys.press("Ask them now")
    manager.says("Everybody has been asked to agree")
    manager.over()


def agree(visit: Callable[..., Visitor], earlier: Earlier) -> None:
    """The researcher by the link in the letter, without signing in; the manager signed in."""
    guest = visit()
    guest.go(link_in(letter_to(earlier.researcher.email)))
    guest.says("Do you agree to this?")
    guest.says("The log is not a timesheet")
    guest.over()
    guest.keys.press("I agree to this")
    guest.says("Thank you")
    guest.over()
    manager = visit(earlier.manager)
    manager.go(earlier.url("working-agreement/"))
    manager.keys.press("I agree to this")
    manager.says("You have agreed to the working agreement")
    hows = WorkingAgreementPerson.objects.filter(agreed_at__isnull=False).values_list("agreed_how", flat=True)
    assert sorted(hows) == ["account", "link"]


def ask_again(visit: Callable[..., Visitor], manager: Visitor, earlier: Earlier) -> None:
    """Of a new version everybody is asked again, and shown what has changed."""
    manager.go(earlier.url("working-agreement/"))
    keys = manager.keys
    keys.press("Change the words")
    keys.type("How it ends", "With a talk and a cake.")
    keys.press("Save the draft")
    manager.says("Version 1 stands until")
    keys.press("Ask everybody to agree")
    keys.press("Ask them now")
    assert WorkingAgreement.objects.get(number=2).people.filter(agreed_at__isnull=False).count() == 0
    guest = visit()
    guest.go(link_in(letter_to(earlier.researcher.email)))
    guest.says("What has changed since version 1")
    guest.says("With a talk and a cake.")
    guest.over()
