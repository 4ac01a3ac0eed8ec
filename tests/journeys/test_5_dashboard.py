"""Journey 5: the lead's dashboard, in the order of users.md decision 11; each line of it leads to its page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from programmes.models import Condition
from programmes.registration import decisions
from tests.journeys.conftest import Visitor, Way
from tests.journeys.earlier import Earlier, at, day, programme_with_manager, running, sent

ORDER: Final = [
    "Needs attention",
    "What changed in the last 28 days",
    "Used in decisions",
    "Dates ahead",
    "In numbers",
    "What the time went into",
]
MOST_LINES: Final = 10
MOST_PRESSES: Final = 3


def test_the_lead_sees_what_needs_attention_first_and_puts_it_right_in_three_presses(
    visit: Callable[..., Visitor], way: Way
) -> None:
    earlier = needing_attention()
    lead = visit(earlier.lead)
    lead.go("/")
    assert lead.path == earlier.home, "nothing is pressed between signing in and the dashboard"
    lead.over()
    heads = [" ".join(one.split()) for one in lead.page.locator("main h2").all_inner_texts()]
    assert [next((one for one in heads if one.startswith(words)), words) for words in ORDER] == heads
    assert 1 <= lead.page.locator("section[aria-labelledby=attention] .dash-lines li").count() <= MOST_LINES
    put_a_condition_right(lead)
    lead.go(earlier.home)
    lead.says("Changed since your last visit" if "Changed since" in lead.page.content() else "What changed")
    open_every_line(lead, earlier)
    all_figures(lead, earlier)


def needing_attention() -> Earlier:
    """One that runs, one that waits for approval, one with a condition past its day."""
    earlier = programme_with_manager()
    running(earlier)
    sent(earlier, on=-40, title="Waiting for a decision")
    late = sent(earlier, on=-45, title="Past its day")
    asked = decisions.NewCondition("Name the supervisor", "Mira Manager", day(1))
    decisions.approve(residency=late, by=earlier.lead, on=day(-44), at=at(-44), conditions=[asked])
    Condition.objects.update(due=day(-5))  # time has passed
    return earlier


def put_a_condition_right(lead: Visitor) -> None:
    before = lead.keys.presses
    link = lead.page.locator("section[aria-labelledby=attention] a", has_text="Past its day").first
    lead.keys.follow(" ".join((link.text_content() or "").split()))
    lead.over()
    lead.keys.press("Save")
    lead.over()
    assert lead.keys.presses - before <= MOST_PRESSES
    assert Condition.objects.get().met_on == day(0)


def open_every_line(lead: Visitor, earlier: Earlier) -> None:
    links = lead.page.locator(".dash-lines a, .dash-numbers a")
    addresses = {str(one.get_attribute("href")) for one in links.all()}
    assert len(addresses) > 5
    for address in sorted(addresses):
        answer = lead.page.request.get(
            lead.base + (address if address.startswith("/") else earlier.home + address)
        )
        assert answer.status == 200, address


def all_figures(lead: Visitor, earlier: Earlier) -> None:
    lead.go(earlier.home)
    lead.keys.follow("See all figures")
    lead.over()
    lead.says("The rules")
    if lead.way.script:
        lead.page.emulate_media(media="print")
        assert not lead.page.locator(".app-no-print").first.is_visible()
        lead.page.emulate_media(media="screen")
