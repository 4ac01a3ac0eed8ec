"""Every deed that leaves an event about a residency has a sentence in its history, or is named here as not told."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from html import unescape
from pathlib import Path
from typing import Any, Final

import pytest
from django.conf import settings
from django.utils import timezone

from embedded import audit
from embedded.audit.models import Event
from programmes.agreements import actions as agreements
from programmes.course import trail
from programmes.lifecycle import STEPS
from programmes.models import (
    AccessItem,
    AccessKind,
    AccessState,
    AgreementKind,
    Project,
    ResidencyOrganisation,
    WorkingAgreement,
    WorkingAgreementPerson,
)
from programmes.onboarding import clearing
from programmes.registration import shelf
from tests.registration.filled import TODAY
from tests.world import World

SOURCE: Final = Path(trail.__file__).parents[1]
# A dated row tells of these: a step, an end that moved, a post or a part that changed.
BY_A_ROW: Final = {
    *(f"residency.{name}" for name in STEPS),
    "residency.idea_saved",
    "residency.submitted",
    "residency.approved",
    "residency.approved_with_conditions",
    "residency.returned",
    "residency.declined",
    "residency.started",
    "residency.end_moved",
    "residency.corrected",
    "post.changed",
    "post.ended",
    "post.handed_over",
    "part.changed",
}
OF_A_CASE: Final = "the steps to a case study are told on its own page, to those who may read the draft"
NOT_TOLD: Final = {
    **{
        f"case.{what}": OF_A_CASE
        for what in (
            "asked_again",
            "begun",
            "changed",
            "consent_answered",
            "host_agreed",
            "host_asked",
            "link_copied",
            "person_added",
            "person_taken_off",
            "returned",
            "taken_back",
            "withdrawn",
        )
    },
    "case.printed": "what was published is told; printing it is the machine's",
    "activity.logged": "the log is the researcher's own",
    "activity.changed": "the log is the researcher's own",
    "activity.removed": "the log is the researcher's own",
    "activity.withdrawn": "what the researcher withdraws, and when, is their own",
    "planned_entry.made": "what waits for the log is the researcher's own",
    "planned_entry.changed": "what waits for the log is the researcher's own",
    "planned_entry.left_out": "what waits for the log is the researcher's own",
    "comment.made": "what was said to the researcher's own words, or to a month, stands with it",
    "passage.shared": "what the researcher shares, and when, is between them and its readers",
    "passage.withdrawn": "what the researcher withdraws, and when, is their own",
    "first_days.added": "what somebody means to do first is their own list",
    "first_days.removed": "what somebody means to do first is their own list",
    "first_days.ticked": "what somebody means to do first is their own list",
    "pulse.answered": "how it is going is the researcher's own",
    "pulse.shared": "whom they share it with is the researcher's own",
    "pulse.taken_back": "whom they share it with is the researcher's own",
    "request.answered": "what somebody was asked for is their own",
    "request.changed": "what somebody was asked for is their own",
    "request.noted": "what somebody was asked for is their own",
    "request.removed": "what somebody was asked for is their own",
    "request.told": "what somebody was asked for is their own",
    "job_description.files_asked": "what was approved is told; printing it is the machine's",
    "job_description.files_made": "what was approved is told; printing it is the machine's",
    "working_agreement.printed": "what was asked is told; printing it is the machine's",
    "working_agreement.pdf_tried_again": "what was asked is told; printing it is the machine's",
}
# Events of a programme, a register or a person: their place is no residency's.
ELSEWHERE: Final = {
    "access_round",
    "api_token",
    "away",
    "calendar",
    "calendar_feed",
    "contact",
    "demonstration",
    "diary_entry",
    "first_lead",
    "host_rule",
    "interest",
    "invitation.kept_apart",
    "log_file",
    "log_reminder",
    "membership",
    "organisation",
    "peer_set",
    "portfolio",
    "programme",
    "register",
    "report",
    "residency_file",
    "weekly_letter",
}
NO_DEEDS: Final = set(settings.JOB_ROUNDS)
WHOLE: Final = re.compile(r"[a-z_]+\.[a-z_]+")
OPENING: Final = re.compile(r"[a-z_]+\.[a-z_]*")
ENDINGS: Final = (
    "bin",
    "csv",
    "docx",
    "jinja",
    "json",
    "pdf",
    "sql",
    "txt",
    "urls",
    "xlsx",
    "zip",
    "css",
    "html",
    "md",
)
OPEN: Final = {
    "residency.": {f"residency.{name}" for name in STEPS},
    "residency.organisation_": {
        f"residency.organisation_{what}" for what in ("added", "changed", "leads", "removed")
    },
    "access.": {f"access.{state}" for state in AccessState.values},
}


def deeds_in(source: str) -> Iterator[str]:
    """Each text of a program that reads like a deed: whole ones, and those that end in what a choice puts in."""
    tree = ast.parse(source)
    inside = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr) and isinstance(first := node.values[0], ast.Constant):
            if len(node.values) == 2 and (opening := OPENING.fullmatch(str(first.value))):
                yield from OPEN.get(opening[0], {f"{opening[0]}?"})
        elif isinstance(node, ast.Constant) and id(node) not in inside and _is_deed(node.value):
            yield str(node.value)


def _is_deed(value: object) -> bool:
    return isinstance(value, str) and bool(WHOLE.fullmatch(value)) and not value.endswith(ENDINGS)


def written() -> set[str]:
    found: set[str] = set()
    for file in sorted(SOURCE.rglob("*.py")):
        if not {"migrations", "demo", "management", "models"} & set(file.relative_to(SOURCE).parts):
            found |= set(deeds_in(file.read_text()))
    return found


def unexplained(deeds: set[str]) -> list[str]:
    known = trail.DEEDS.keys() | BY_A_ROW | NOT_TOLD.keys() | NO_DEEDS
    return sorted(
        one for one in deeds if one not in known and not {one, one.split(".")[0]} & ELSEWHERE and "." in one
    )


def test_every_deed_about_a_residency_has_a_sentence_or_is_named_as_not_told() -> None:
    found = written()
    assert unexplained(found) == []
    assert not trail.DEEDS.keys() - found, "these sentences tell of deeds that nobody does"
    assert not (NOT_TOLD.keys() | BY_A_ROW - {f"residency.{name}" for name in STEPS}) - found


@pytest.mark.parametrize(
    "source", ["record(by, 'residency.sold', 'x')", "record(by, f'residency_sale.{state}', 'x')"]
)
def test_a_deed_without_a_sentence_is_seen(source: str) -> None:
    assert unexplained(set(deeds_in(source)))


@pytest.mark.parametrize("deed", sorted(trail.DEEDS))
def test_every_sentence_is_whole_with_and_without_facts(deed: str) -> None:
    """Events are kept for years: one that holds fewer facts, or none, still reads as a sentence."""
    facts: list[dict[str, Any]] = [
        {},
        {"number": 2, "people": 3, "public": 2, "on": "2026-05-03", "themes": ["x"]},
    ]
    for details in facts:
        if deed == "closing.recorded":
            details = details | {"kind": "work"}
        event = Event(who="Mary", deed=deed, what="Working agreement 2, EXA-2026-001", details=details)
        event.at = timezone.now()
        words = trail.event(event, {}).words
        assert words.startswith("Mary ") and words.endswith(".") and "None" not in words and "{" not in words


def told_to(world: World, role: str) -> str:
    return world.client(role).get(world.url("history/")).content.decode()


def test_contract_that_was_corrected_is_told_from_what_to_what_to_those_who_see_contracts(
    world: World,
) -> None:
    parties = tuple(
        row.organisation for row in ResidencyOrganisation.objects.filter(residency=world.residency)
    )
    words = agreements.AgreementWords(
        kind=AgreementKind.HOSTING, signed_on=TODAY, kept_at="A drawer", publication="free", parties=parties
    )
    by = world.people["host_manager"]
    made = agreements.record_agreement(residency=world.residency, words=words, by=by, at=timezone.now())
    changed = replace(words, publication="host_approval")
    agreements.change_agreement(agreement=made, words=changed, version=made.version, by=by)
    told = told_to(world, "host_manager")
    assert "Host manager recorded a contract (hosting agreement): signed on" in told
    assert "what it says of publishing from “yes, freely” to “only if the host approves”" in told
    assert "hosting agreement" not in told_to(world, "public_partner")


def test_access_is_told_from_what_to_what(world: World) -> None:
    item = AccessItem.objects.create(placement=world.placement, host=world.host, kind=AccessKind.DESK)
    for version, state in enumerate(("requested", "in_place"), start=1):
        clearing.record_item(
            item=item, standing=clearing.Standing(state), by=world.people["host_manager"], version=version
        )
    told = told_to(world, "researcher")
    whose = f"{world.placement.person} at {world.host}"
    assert f"recorded desk for {whose}: asked for (it was: needed)" in told
    assert f"recorded desk for {whose}: in place (it was: asked for)" in told


def test_what_was_done_by_link_says_whose_link_it_was(world: World) -> None:
    item = AccessItem.objects.create(
        placement=world.placement, host=world.host, kind=AccessKind.DESK, owner_name="Jo Hart"
    )
    clearing.answer(item=item, standing=clearing.Standing("in_place"), version=1)
    written = WorkingAgreement.objects.create(
        residency=world.residency, number=1, made_by=world.people["host_manager"], made_at=timezone.now()
    )
    one = WorkingAgreementPerson.objects.create(agreement=written, name="Ada Academic")
    facts = {"how": "link", "number": one.pk}
    audit.record(None, "working_agreement.agreed", str(written), world.url().strip("/"), details=facts)
    told = told_to(world, "host_manager")
    assert f"Jo Hart, by link, recorded desk for {world.placement.person} at {world.host}: in place" in told
    assert "Ada Academic, by link, agreed to version 1 of the working agreement" in told
    others = told_to(world, "public_partner")
    assert "Jo Hart" not in others and "Ada Academic" not in others


def test_things_are_named_to_those_who_may_see_them(world: World) -> None:
    by = world.people["host_manager"]
    project = Project.objects.create(
        residency=world.residency, title="Falls at night", added_by=by, started_on=TODAY
    )
    record = partial(audit.record, by, place=world.url().strip("/"))
    record("project.added", f"Project {project.pk}")
    shelf.add_link(residency=world.residency, title="Minutes", address="https://trust.example/m", by=by)
    record("residency.person_named", "x", details={"placement": world.placement.pk})
    told = unescape(told_to(world, "researcher"))
    for words in (
        "added the project “Falls at night”",
        "put the link “Minutes” on the shelf",
        f"made a post for {world.placement.person}",
    ):
        assert words in told, words
    others = unescape(told_to(world, "public_partner"))
    assert "added a project" in others and "Falls at night" not in others


@pytest.mark.parametrize(
    ("role", "plan", "contract"),
    [
        ("researcher", True, True),
        ("public_partner", True, False),
        ("hr", False, True),
        ("programme_lead", True, True),
    ],
)
def test_papers_are_told_to_those_who_may_read_them(
    world: World, role: str, plan: bool, contract: bool
) -> None:
    place, by = world.url().strip("/"), world.people["host_manager"]
    facts = {"number": 1, "on": TODAY, "themes": ["power", "scale"], "people": 4, "public": 2}
    audit.record(by, "plan.saved", "Plan", place, details=facts)
    audit.record(by, "working_agreement.asked", "Working agreement 2, X", place, details={"people": 3})
    audit.record(by, "job_description.approved", "x", place, details={"number": 3})
    told = told_to(world, role)
    assert ("wrote down what was planned together" in told) == plan
    assert ("2 of 10 questions; 4 at the table, 2 of them members of the public" in told) == plan
    assert ("asked 3 people to agree to version 2 of the working agreement" in told) == contract
    assert "approved version 3 of the job description" in told
