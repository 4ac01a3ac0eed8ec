"""Journey 3: a researcher accepts, sees what access is missing, and logs what was done, with a note for one reader."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import pytest
from django.conf import settings as django_settings
from playwright.sync_api import expect

from embedded.drafts.models import Draft
from embedded.vault import open_sealed
from programmes.entries import people_met
from programmes.models import Activity, Contact, Placement, Readers
from tests.journeys.conftest import PHONE, WIDE, Visitor, Way, letter_to, link_in
from tests.journeys.earlier import Earlier, appointed, bring_in, day, programme_with_manager, running
from tests.world import make_person

KEYS_TO_LOG: Final = 5
KEYS_FOR_FIVE_DAYS: Final = 45
CONTROLS_IN_SIGHT: Final = 4
MOST_TAPS: Final = 4


def test_a_researcher_accepts_and_sees_what_is_missing(visit: Callable[..., Visitor], way: Way) -> None:
    earlier = programme_with_manager()
    appointed(earlier)
    researcher = visit(earlier.researcher)
    researcher.go(link_in(letter_to(earlier.researcher.email)))
    researcher.over()
    researcher.keys.press("Accept")
    researcher.says("Accept the post")
    researcher.over()
    researcher.keys.press("Accept the post")
    assert Placement.objects.get().accepted_on
    researcher.says("Letter of access")
    researcher.over()
    if "access" not in researcher.path:
        researcher.keys.press("See what access is missing")
        researcher.over()
    researcher.says("missing")


def test_an_activity_is_logged_in_five_keys(visit: Callable[..., Visitor], way: Way) -> None:
    """`n`, what, Tab, how long, Tab, kind, Ctrl and Enter; without JavaScript by the link and the button."""
    earlier = with_everybody()
    researcher = visit(earlier.researcher)
    researcher.go(earlier.url())
    researcher.over()
    pressed = open_the_log(researcher, earlier)
    assert researcher.page.evaluate("() => document.activeElement.labels[0].innerText") == "What did you do?"
    if way.script:
        pressed += log_by_keys(researcher)
        assert pressed <= KEYS_TO_LOG
    else:
        researcher.keys.type("What did you do?", "Met the ward sisters")
        researcher.keys.type("How long did it take?", "90")
        researcher.keys.choose("Meeting and connecting people", "Kind of work")
        researcher.keys.press("Save")
    researcher.says("Saved: 1 h 30 min, meeting and connecting people, today")
    researcher.over()
    activity = Activity.objects.get()
    assert (activity.minutes, activity.kind, activity.host) == (90, "relational", earlier.host)
    assert len(controls_in_sight(researcher)) == CONTROLS_IN_SIGHT, controls_in_sight(researcher)


def open_the_log(researcher: Visitor, earlier: Earlier) -> int:
    if not researcher.way.script:
        researcher.keys.follow("Log")
        return 1
    with researcher.page.expect_navigation(url=f"**{earlier.url('log/')}"):
        researcher.page.keyboard.press("n")
    researcher.over()
    return 1


def log_the_least(researcher: Visitor) -> None:
    researcher.page.get_by_label("How long did it take?").fill("90")
    researcher.page.get_by_label("Meeting and connecting people").check()


def log_by_keys(researcher: Visitor, words: str = "Met the ward sisters") -> int:
    keyboard = researcher.page.keyboard
    keyboard.press("Control+End")
    keyboard.type(words)
    keyboard.press("Tab")
    keyboard.type("90")
    keyboard.press("Tab")
    keyboard.press("Space")  # the first kind; an arrow would choose another
    with researcher.page.expect_navigation():
        keyboard.press("Control+Enter")
    return 4


@pytest.mark.parametrize("way", [WIDE], indirect=True, ids=["wide"])
def test_the_lengths_are_reached_by_arrow_and_cost_no_stop(visit: Callable[..., Visitor], way: Way) -> None:
    earlier = with_everybody()
    researcher = visit(earlier.researcher)
    researcher.go(earlier.url("log/"))
    researcher.keys.to("How long did it take?")
    for key in ("ArrowDown", "ArrowRight", "Enter"):
        researcher.page.keyboard.press(key)
    stop = researcher.keys.stop()
    assert stop and (stop.name, stop.value) == ("How long did it take?", "60")
    researcher.page.get_by_text("That is 1 h", exact=True).wait_for()
    researcher.keys.type("How long did it take?", "1,5h")
    researcher.page.get_by_text("That is 1 h 30 min", exact=True).wait_for()
    researcher.keys.type("How long did it take?", "2")
    researcher.page.get_by_text("That is 2 min. Did you mean 2 h?").wait_for()
    researcher.over()
    for key in ("ArrowDown", "Enter"):
        researcher.page.keyboard.press(key)
    researcher.page.get_by_text("That is 2 h", exact=True).wait_for()
    researcher.page.keyboard.press("Tab")
    stop = researcher.keys.stop()
    assert stop and stop.group == "Kind of work"


def controls_in_sight(researcher: Visitor) -> list[str]:
    """What is asked and the button, without what is folded away; a group of radios is one."""
    found: list[str] = researcher.page.evaluate(
        """() => {
          const form = document.querySelector("form.app-log");
          const groups = [...form.querySelectorAll(".nhsuk-form-group")].filter((one) => !one.closest("details")
            && !one.parentElement.closest(".nhsuk-form-group"));
          return groups.map((one) => one.querySelector("legend, label").innerText.trim())
            .concat([...form.querySelectorAll("button[type=submit], button:not([type])")].map((one) => one.innerText));
        }"""
    )
    return found


def test_words_name_their_reader_and_the_rest_is_behind_add_detail(
    visit: Callable[..., Visitor], way: Way
) -> None:
    earlier = with_everybody()
    supervisor = make_person("Sol Supervisor")
    bring_in(earlier, supervisor, "academic_supervisor", earlier.residency)
    researcher = visit(earlier.researcher)
    researcher.go(earlier.url("log/"))
    keys = researcher.keys
    keys.type("What did you do?", "Walked the old wing. The stairs are worse than they say")
    keys.type("How long did it take?", "half a day")
    keys.choose("Finding, making or feeding back evidence", "Kind of work")
    keys.to("Only you read this", tag="summary", back=True)
    researcher.page.keyboard.press("Enter")
    researcher.says("Only me")
    researcher.over()
    keys.choose("Sol Supervisor, academic supervisor", "Who can read what you did?")
    keys.press("Save")
    researcher.says("Sol Supervisor can read it")
    researcher.over()
    entry = Activity.objects.get()
    assert entry.readers == Readers.PEOPLE
    assert [str(one) for one in entry.named_readers.all()] == ["Sol Supervisor"]
    reader = visit(supervisor)
    reader.go(earlier.url("notes/"))
    reader.says("The stairs are worse than they say")
    reader.over()
    manager = visit(earlier.manager)
    manager.go(earlier.url("notes/"))
    manager.look.over(axe=False)
    assert "worse" not in manager.page.content()


def test_what_only_i_may_read_is_sealed_and_what_others_see_is_shown(
    visit: Callable[..., Visitor], way: Way
) -> None:
    earlier = with_everybody()
    researcher = visit(earlier.researcher)
    researcher.go(earlier.url("log/"))
    keys = researcher.keys
    keys.type("What did you do?", "A worry of mine")
    keys.type("How long did it take?", "1 h")
    keys.choose("Supervision, peers and thinking time", "Kind of work")
    keys.press("Save")
    entry = Activity.objects.get()
    assert entry.what == ""
    assert open_sealed(earlier.researcher, bytes(entry.sealed or b"")) == "A worry of mine"
    keys.follow("See what your host and your lead see")
    researcher.over()
    assert "worry" not in researcher.page.content()


@pytest.mark.parametrize("way", [PHONE], indirect=True, ids=["phone"])
def test_the_telephone_needs_four_taps(visit: Callable[..., Visitor], way: Way) -> None:
    """Log, half an hour, a kind, Save; the words are typed where the focus already is."""
    earlier = with_everybody()
    researcher = visit(earlier.researcher)
    researcher.go(earlier.url())
    page, taps = researcher.page, 0
    for tap in (
        lambda: page.get_by_role("link", name="Log what you did").click(),
        lambda: page.get_by_role("button", name="½ h").click(),
        lambda: page.get_by_label("Answering a question").check(),
        lambda: page.get_by_role("button", name="Save").click(),
    ):
        tap()
        taps += 1
        if taps == 1:
            page.wait_for_url("**/log/")
            page.keyboard.type("Answered the matron")
    researcher.says("Saved: 30 min, answering a question, today")
    assert taps <= MOST_TAPS


@pytest.mark.parametrize("way", [WIDE], indirect=True, ids=["wide"])
def test_five_past_days_take_sixty_keys(visit: Callable[..., Visitor], way: Way) -> None:
    """The words aside: how long, then the day by its arrow; after each the cursor is back in the box, and that
    day stays."""
    earlier = with_everybody()
    researcher = visit(earlier.researcher)
    researcher.go(earlier.url())
    hands, pressed = researcher.page.keyboard, open_the_log(researcher, earlier)
    for back in range(1, 6):
        hands.type(f"Day {back}")
        keys = ["Tab", "9", "0", "Tab", *(["Space"] if back == 1 else [])]
        keys += ["Tab", *(["Enter"] if back == 1 else []), "Tab", "ArrowDown"]
        for key in keys:
            hands.press(key)
        with researcher.page.expect_navigation():
            hands.press("Control+Enter")
        researcher.page.get_by_text("Saved: 1 h 30 min").wait_for()
        pressed += len(keys) + 1
    assert pressed <= KEYS_FOR_FIVE_DAYS, pressed
    days = [(day(0) - one.date).days for one in Activity.objects.order_by("pk")]
    assert days == [1, 2, 3, 4, 5]
    researcher.over()


@pytest.mark.parametrize("way", [WIDE, PHONE], indirect=True, ids=["wide", "phone"])
def test_what_was_saved_is_undone_with_one_press(visit: Callable[..., Visitor], way: Way) -> None:
    earlier = with_everybody()
    researcher = visit(earlier.researcher)
    researcher.go(earlier.url("log/"))
    log_by_keys(researcher)
    researcher.over()
    for told in ("Saved: 1 h 30 min", "Undo"):
        expect(researcher.page.get_by_text(told)).to_be_in_viewport(ratio=1)
    assert researcher.page.evaluate("() => document.activeElement.name") == "what"
    researcher.keys.press("Undo")
    researcher.says("Removed from your log")
    assert not Activity.objects.exists()


@pytest.mark.parametrize("way", [WIDE], indirect=True, ids=["wide"])
def test_whoever_was_there_is_found_by_three_letters_or_added(
    visit: Callable[..., Visitor], way: Way
) -> None:
    earlier = with_everybody()
    people_met.add(person=earlier.researcher, name="Ada Bell")
    researcher = visit(earlier.researcher)
    asked: list[str] = []
    researcher.page.on("request", lambda request: asked.append(request.url))
    researcher.go(earlier.url("log/"))
    log_the_least(researcher)
    researcher.keys.unfold("Add detail")
    box, hands = researcher.page.get_by_label("Who was with you?"), researcher.page.keyboard
    box.focus()
    for letters, offered in (("bel", "Ada Bell"), ("Bo Cole", "Add Bo Cole")):
        hands.type(letters)
        researcher.page.get_by_role("option", name=offered).wait_for()
        hands.press("ArrowDown")
        hands.press("Enter")
    assert box.input_value() == "Ada Bell, Bo Cole, "
    researcher.over()
    with researcher.page.expect_navigation():
        hands.press("Control+Enter")
    assert Activity.objects.get().met.count() == Contact.objects.count() == 2
    assert not [one for one in asked if "bel" in one.lower()]


@pytest.mark.parametrize("way", [WIDE], indirect=True, ids=["wide"])
def test_two_tabs_keep_two_drafts_and_neither_is_lost(visit: Callable[..., Visitor], way: Way) -> None:
    earlier = with_everybody()
    researcher = visit(earlier.researcher)
    tabs = [researcher.page, researcher.page.context.new_page()]
    for number, tab in enumerate(tabs):
        tab.goto(researcher.base + earlier.url("log/"))
        tab.get_by_label("What did you do?").fill(f"Tab {number}")
        with tab.expect_response("**/drafts/save/") as kept:
            tab.get_by_label("How long did it take?").focus()
        assert kept.value.status == 204
    tabs[1].close()
    researcher.go(earlier.url("log/"))
    researcher.says("Tab 0")
    researcher.says("Tab 1")
    researcher.over()
    researcher.page.get_by_role("link", name="Go on with it").first.click()
    box = researcher.page.get_by_label("What did you do?")
    assert box.input_value() == "Tab 1"
    box.focus()
    log_by_keys(researcher, words=" and more")
    entry = Activity.objects.get()
    assert open_sealed(earlier.researcher, bytes(entry.sealed or b"")) == "Tab 1 and more"
    researcher.says("Tab 0")
    assert Draft.objects.count() == 1


@pytest.mark.parametrize("way", [WIDE], indirect=True, ids=["wide"])
def test_signed_out_meanwhile_the_page_says_so_and_keeps_the_box(
    visit: Callable[..., Visitor], way: Way
) -> None:
    earlier = with_everybody()
    researcher = visit(earlier.researcher)
    researcher.go(earlier.url("log/"))
    researcher.page.context.clear_cookies(name=django_settings.SESSION_COOKIE_NAME)
    box = researcher.page.get_by_label("What did you do?")
    box.fill("Half a sentence")
    researcher.page.get_by_label("How long did it take?").focus()
    researcher.page.get_by_text("You have been signed out").wait_for()
    assert box.input_value() == "Half a sentence"
    researcher.over()


@pytest.mark.parametrize("way", [WIDE], indirect=True, ids=["wide"])
def test_a_question_mark_shows_the_keys(visit: Callable[..., Visitor], way: Way) -> None:
    earlier = with_everybody()
    researcher = visit(earlier.researcher)
    researcher.go(earlier.url())
    researcher.page.keyboard.press("?")
    dialog = researcher.page.get_by_role("dialog", name="Keys")
    dialog.wait_for()
    researcher.over()
    researcher.page.keyboard.press("Escape")
    dialog.wait_for(state="detached")
    researcher.go("/keys/")
    researcher.over()


@pytest.mark.parametrize("way", [WIDE], indirect=True, ids=["wide"])
def test_the_single_key_can_be_switched_off(visit: Callable[..., Visitor], way: Way) -> None:
    """WCAG 2.1.4: a single key can be switched off, and does nothing while somebody types."""
    earlier = with_everybody()
    researcher = visit(earlier.researcher)
    researcher.go("/account/")
    researcher.over()
    researcher.keys.choose("Single keys: n opens the log")
    researcher.go(earlier.url())
    researcher.page.keyboard.press("n")
    researcher.page.wait_for_timeout(300)
    assert researcher.path == earlier.url()
    researcher.go("/account/")
    researcher.keys.choose("Single keys: n opens the log")
    researcher.go(earlier.url("projects/new/"))
    researcher.keys.type("What is the projec", "night and noon")
    assert researcher.path == earlier.url("projects/new/")


def with_everybody() -> Earlier:
    earlier = programme_with_manager()
    running(earlier)
    return earlier
