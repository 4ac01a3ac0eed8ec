"""What a job description holds: made from the residency, six groups, sixteen lines, V-110, and never the factors."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest

from programmes.models import AccessItem, PostVariant, Seniority
from programmes.recruitment import bank
from programmes.recruitment.content import GROUPS, HEADINGS, MOST_LINES, Content, Criterion, Duty
from programmes.recruitment.document import PROPOSED, document_of, grade_words, words_of
from programmes.recruitment.drafting import draft
from tests.recruitment.begun import approve, begin
from tests.world import World

EVERY = [(variant, seniority) for variant in PostVariant.values for seniority in Seniority.values]
# the sixteen factors of NHS job evaluation, which a job description must not be headed by
FACTORS = (
    "communication and relationship skills|knowledge, training and experience|analytical and judgemental skills|"
    "planning and organisational skills|physical skills|responsibilities for patient/client care|"
    "responsibilities for policy and service development implementation|"
    "responsibilities for financial and physical resources|responsibilities for human resources|"
    "responsibilities for information resources|responsibilities for research and development|freedom to act|"
    "physical effort|mental effort|emotional effort|working conditions"
).split("|")
NAMES = {
    name: f"the {name}"
    for name in ("host", "home", "employer", "programme", "residency", "researcher", "researchers")
}


def filled(world: World) -> World:
    residency = world.residency
    residency.problem = "People come back within a month"
    residency.decision = "Whether to keep the falls team at weekends"
    residency.difference = "Fewer come back."
    residency.host_manager_name = "Priya Nair"
    residency.academic_supervisor_name = "Professor Idris Vaughan"
    residency.days_a_week = Decimal("3.0")
    residency.planned_start = datetime.date(2027, 3, 1)
    residency.planned_end = datetime.date(2029, 2, 28)
    residency.site = "North wing"
    residency.save()
    world.programme.researcher_word = "scholar in residence"
    world.programme.save()
    residency.programme = world.programme
    return world


def test_a_draft_is_made_from_what_is_recorded(world: World) -> None:
    texts = draft(filled(world).residency, "university", "early").texts
    said = " ".join(texts.values())
    for words in (
        "People come back within a month.",
        "whether to keep the falls team at weekends.",
        "Priya Nair, Made Up Trust",
        "Professor Idris Vaughan, Made Up University",
        "3 days a week (0.60 of full time)",
        "Fixed term, from 1 March 2027 to 28 February 2029",
        "North wing, Made Up Trust",
        "As a scholar in residence",
    ):
        assert words in said
    assert texts["employer"] == "Made Up University"
    assert draft(world.residency, "nhs", "early").texts["employer"] == "Made Up Trust"
    assert (
        "22.5 hours, where full time is 37.5 hours" in draft(world.residency, "nhs", "early").texts["hours"]
    )


def test_a_draft_of_an_idea_says_what_is_to_be_confirmed(world: World) -> None:
    world.residency.organisations.filter(part="academic_home").delete()
    world.residency.planned_start = world.residency.planned_end = None
    texts = draft(type(world.residency).objects.get(pk=world.residency.pk), "university", "early").texts
    assert texts["hours"] == "To be confirmed"
    assert "Host manager at Made Up Trust (to be confirmed)" in texts["reports_to"]
    assert "the university" in texts["supervised_by"]


def test_checks_are_those_of_the_access_list(world: World) -> None:
    usual = draft(world.residency, "university", "early").texts["checks"]
    assert "letter of access" in usual
    for kind, state in (("badge", "required"), ("work_health_assessment", "not_required")):
        AccessItem.objects.create(
            placement=world.placement, host=world.host, kind=kind, state=state, reason="x"
        )
    assert draft(world.residency, "university", "early").texts["checks"] == "Badge"


@pytest.mark.parametrize(("variant", "seniority"), EVERY)
def test_every_draft_of_the_bank_is_fit_to_approve(world: World, variant: str, seniority: str) -> None:
    """Six groups, at most sixteen lines, and each essential criterion from a duty (V-110); no gap left open."""
    content = draft(world.residency, variant, seniority)
    assert {duty.group for duty in content.duties} == set(GROUPS)
    assert len(content.duties) <= MOST_LINES and not content.has_many_lines
    assert {one.heading for one in content.criteria} == set(HEADINGS)
    assert content.untied() == []
    assert all(one.duties and one.by for one in content.criteria)
    said = words_of(document_of(begin(world, variant, seniority)))
    assert not [words for words in said if "{" in words or "}" in words or not words.strip()]


@pytest.mark.parametrize(("variant", "seniority"), EVERY)
def test_the_factors_of_job_evaluation_head_nothing(world: World, variant: str, seniority: str) -> None:
    document = document_of(begin(world, variant, seniority))
    headings = [section.heading.lower() for section in document.sections]
    assert not set(headings) & set(FACTORS)
    said = " ".join(words_of(document)).lower()
    assert not [factor for factor in FACTORS if factor in said]


def test_the_bank_has_its_own_words_for_each_seniority() -> None:
    """Every line in three wordings; nothing refers to a duty that is not there."""
    by_seniority = [bank.duties(seniority, NAMES) for seniority in Seniority.values]
    keys = {line.key for lines in by_seniority[0].values() for line in lines}
    for group in GROUPS:
        for three in zip(*(lines[group] for lines in by_seniority), strict=True):
            assert len({line.words for line in three}) == 3, three
    for seniority in Seniority.values:
        assert all(set(one.duties) <= keys for one in bank.criteria(seniority, NAMES))


def test_a_band_is_never_printed_as_decided() -> None:
    assert grade_words("nhs", "Band 7") == f"Band 7 ({PROPOSED})"
    assert grade_words("nhs", "") == f"To be {PROPOSED}"
    assert grade_words("nhs", f"Band 7, {PROPOSED}") == f"Band 7, {PROPOSED}"
    assert grade_words("university", "Grade 8") == "Grade 8"


def duties(*words: str) -> tuple[Duty, ...]:
    return tuple(Duty(number, "relational", line) for number, line in enumerate(words, 1))


def test_a_duty_keeps_its_criteria_when_its_words_or_its_place_change() -> None:
    tied = Criterion(1, "skills", "Listens", True, duties=(2,))
    content = Content(duties=duties("One", "Two", "Three"), criteria=(tied,))
    reworded = content.with_duties({"relational": ["One", "Two, said better", "Three"]})
    assert reworded.criteria[0].duties == (2,) and reworded.untied() == []
    moved = content.with_duties({"relational": ["Two", "Three", "One"]})
    assert [duty.id for duty in moved.duties] == [2, 3, 1]
    assert moved.numbered()[2] == 1


def test_v110_a_criterion_whose_duty_is_gone_is_untied() -> None:
    tied = Criterion(1, "skills", "Listens", True, duties=(2,))
    content = Content(duties=duties("One", "Two"), criteria=(tied,))
    assert content.untied() == []
    assert content.with_duties({"relational": ["One"]}).untied()[0].id == 1
    desirable = Criterion(1, "skills", "Listens", False, duties=(2,))
    assert Content(duties=duties("One", "Two"), criteria=(desirable,)).with_duties({}).untied() == []


def test_sixteen_lines_are_no_reason_to_warn_and_seventeen_are() -> None:
    assert not Content(duties=duties(*(f"Line {number}" for number in range(16)))).has_many_lines
    assert Content(duties=duties(*(f"Line {number}" for number in range(17)))).has_many_lines


def test_v11_an_approved_version_counts_and_a_draft_does_not(world: World) -> None:
    from programmes.registration.missing import at_approval

    def rules() -> set[str]:
        return {lack.rule for lack in at_approval(world.residency)}

    world.residency.researcher_name = ""
    assert "V-11" in rules()
    description = begin(world)
    assert "V-11" in rules()
    approve(world, description)
    assert "V-11" not in rules()


def test_v11_a_person_who_is_known_counts_too(world: World) -> None:
    from programmes.registration.missing import at_approval

    world.residency.researcher_name = "Dr Leila Haddad"
    assert "V-11" not in {lack.rule for lack in at_approval(world.residency)}


def test_an_nhs_post_has_the_checks_of_an_employer_whatever_the_access_list_asks_for(world: World) -> None:
    AccessItem.objects.create(placement=world.placement, host=world.host, kind="badge", state="required")
    checks = draft(world.residency, "nhs", "early").texts["checks"]
    for words in ("right to work", "references", "criminal record check (DBS)", "occupational health"):
        assert words in checks
    assert "Badge" not in checks and "etter of access" not in checks
    assert draft(world.residency, "university", "early").texts["checks"] == "Badge"


def test_the_purpose_is_written_in_sentences(world: World) -> None:
    world.residency.difference, world.residency.fairer_for = "Fewer are missed", "People in care homes"
    purpose = draft(world.residency, "nhs", "early").texts["purpose"]
    assert "We hope to see this within a year: fewer are missed." in purpose
    assert "people in care homes." in purpose
    assert "What should be different" not in purpose and "Whose health" not in purpose


@pytest.mark.parametrize(("variant", "warned"), [("nhs", True), ("university", False)])
def test_another_employer_than_the_one_of_the_post_is_pointed_out(
    world: World, variant: str, warned: bool
) -> None:
    world.placement.employer = world.university
    world.placement.save()
    begin(world, variant)
    shown = world.client("host_manager").get(world.url("job-description/")).content.decode()
    assert ("Who employs?" in shown) is warned
    assert (f"The post is recorded with {world.university.display_name}" in shown) is warned
