"""What a form says when something is wrong (P60), on every form that asks something, for each answer left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from tests.house.addresses import things_in
from tests.house.presses import NAMES, Press, each_press, press_of
from tests.house.tables import WRITTEN_BY_READING, changed, digests
from tests.world import World

BOX = re.compile(r"_(day|month|year)$")
HIDDEN = {"form_key", "version", "rows", "press", "seen"}
# presses without a question, or whose every question may wait
ASK_NOTHING = {
    "accept",
    "access",
    "access_ask",
    "account_sign_in_end",
    "account_sign_out_elsewhere",
    "case",
    "case_check",
    "case_consent",
    "case_host",
    "case_person",
    "api_token_end",
    "calendar_address",
    "calendar_file",
    "closing_task",
    "diary_remove",
    "entry_withdraw",
    "figures",
    "guidance_pack",
    "guidance_ready_pack",
    "guidance_desk_approve",
    "guidance_desk",
    "guidance_desk_begin",
    "guidance_desk_go_on",
    "guidance_desk_newer_file",
    "guidance_desk_put_away",
    "guidance_words_remove",
    "interests",
    "invitation",
    "invitation_accept",
    "invitation_open",
    "job_description_approve",
    "job_description_version",
    "log_copy_week",
    "log_file",
    "log_file_undo",
    "log_remove",
    "log_week",
    "log_repeat",
    "membership_end",
    "nudge_open",
    "nudges",
    "passage_withdraw",
    "peer_set_rules",
    "planning_round",
    "pulse_month",
    "registration_ask_again",
    "registration_check",
    "registration_confirm",
    "registration_page",
    "report",
    "request_answer",
    "request_remove",
    "residency_file",
    "residency_organisation",
    "settling_tick",
    "shelf_remove",
    "use_confirm",
    "weekly_letter",
    "weekly_letter_open",
    "working_agreement",
    "working_agreement_ask",
    "working_agreement_edit",
    "working_agreement_open",
    "working_agreement_person",
}


# forms that change what others may be changing too
VERSIONED = [
    "access_item",
    "access_answer",
    "agreement_edit",
    "approval",
    "bite_edit",
    "case_check",
    "case_consent",
    "case_edit",
    "case_host",
    "case_person_said",
    "closing_task",
    "correct",
    "diary_entry",
    "diary_share",
    "guidance_desk_approve",
    "guidance_desk_edit",
    "guidance_desk_go_on",
    "guidance_desk_publish",
    "guidance_desk_put_away",
    "guidance_desk_send_back",
    "host_rule",
    "job_description_approve",
    "job_description_criterion",
    "job_description_criterion_new",
    "job_description_page",
    "log_entry",
    "log_file_columns",
    "log_person",
    "log_share",
    "log_waiting",
    "part_change",
    "peer_meeting",
    "peer_set_rules",
    "planning_answer",
    "planning_own",
    "planning_table",
    "planning_voice",
    "portfolio_line",
    "post_change",
    "post_end",
    "post_hand_over",
    "programme_edit",
    "project_edit",
    "pulse",
    "pulse_month",
    "registration_check",
    "registration_page",
    "request_change",
    "residency_direction",
    "residency_organisation",
    "residency_organisation_add",
    "steering",
    "supervision_change",
    "working_agreement_edit",
]


def without_each(press: Press) -> Iterator[dict[str, Any]]:
    """What was typed with one answer left out, for each answer; the three boxes of a date are one."""
    names = {BOX.sub("", name.removesuffix("-chosen")) for name in press.typed if name not in HIDDEN}
    for left_out in [*sorted(names), ""]:
        yield {
            name: "" if BOX.sub("", name.removesuffix("-chosen")) == left_out or not left_out else value
            for name, value in press.typed.items()
            if name not in HIDDEN
        } | {name: press.typed[name] for name in HIDDEN & press.typed.keys()}


def sent(press: Press, browser: Client, typed: dict[str, Any]) -> str:
    """The page that says what is wrong; empty when nothing was. Whatever was written is undone."""
    with transaction.atomic():
        before = digests(WRITTEN_BY_READING)
        answer = browser.post(press.address, typed)
        page = answer.content.decode() if answer.status_code == 200 and b"Error: " in answer.content else ""
        if page:
            assert not changed(before, digests(WRITTEN_BY_READING)), "an answer that is refused was written"
        transaction.set_rollback(True)
    return page


def check_summary(page: str) -> None:
    """The title begins with Error, each line of the summary leads to a field that says the same."""
    assert re.search(r"<title>\s*Error: ", page)
    assert len(re.findall(r"<h2[^>]*>\s*There is a problem\s*</h2>", page)) == 1
    summary = page[page.index("nhsuk-error-summary__list") :]
    summary = summary[: summary.index("</ul>")]
    lines = re.findall(r'<a href="#([^"]+)">([^<]+)</a>', summary)
    assert lines, summary
    beside = re.findall(
        r'<span[^>]*class="nhsuk-error-message"[^>]*>\s*(?:<span[^>]*>[^<]*</span>)?([^<]+)', page
    )
    for target, words in lines:
        assert len(re.findall(rf'\sid="{re.escape(target)}"', page)) == 1, target
        assert words.strip() in {one.strip() for one in beside}, words


def check_kept(page: str, typed: dict[str, Any]) -> None:
    """Nothing that was typed is lost."""
    main = unescape(page[page.index("<main") :])
    for name, value in typed.items():
        assert not value or str(value) in main, f"{name} is lost"


@each_press
def test_p60_each_answer_left_out_is_asked_for_and_the_rest_is_kept(world: World, name: str) -> None:
    press = press_of(name, things := things_in(world))
    browser = press.by(things)
    assert ("version" in press.typed) is (name in VERSIONED)
    pages = [(typed, page) for typed in without_each(press) if (page := sent(press, browser, typed))]
    assert bool(pages) is (name not in ASK_NOTHING), f"{name} asks for {len(pages)} answers"
    for typed, page in pages:
        check_summary(page)
        check_kept(page, typed)


def test_the_list_of_forms_without_a_question_names_only_what_there_is() -> None:
    assert set(NAMES) >= ASK_NOTHING


@pytest.mark.parametrize("name", VERSIONED)
def test_p47_what_somebody_changed_meanwhile_is_not_written_over(world: World, name: str) -> None:
    """The page says so and keeps the second one's words; sending it again goes through."""
    press = press_of(name, things := things_in(world))
    browser = press.by(things)
    before = digests(WRITTEN_BY_READING)
    stale = press.typing(version="0")
    answer = stale.send(browser)
    assert answer.status_code == 200
    page = answer.content.decode()
    assert re.search(r"(?i)changed .{0,40}since you opened it", page), page[page.index("<main") :][:1500]
    assert not changed(before, digests(WRITTEN_BY_READING))
    if name != "registration_check":
        check_kept(page, {key: value for key, value in press.typed.items() if key not in HIDDEN})
    again = dict(re.findall(r'name="(version|form_key)" value="([^"]*)"', page))
    assert press.typing(**again).send(browser).status_code == press.lands, "it can never be saved"
