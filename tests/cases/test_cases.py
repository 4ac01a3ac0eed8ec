"""The twelve published cases (C1 to C12) told as they were, and read back true. Names that no source gives are roles;
days that no source gives are the first of a month."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from django.utils import timezone

from programmes import founding, posts
from programmes.course.actions import change_part
from programmes.entries.words import Words
from programmes.entries.writing import Entry, log_activity
from programmes.evidence import actions as evidence
from programmes.models import AccessKind, AccessState, OrganisationPart, Residency, Stage
from programmes.onboarding import actions as onboarding
from programmes.onboarding import clearing
from programmes.onboarding.actions import without_permission
from programmes.registration import actions as registration
from programmes.registration import decisions, parties, steps
from tests.cases.telling import MONTH, Telling, at, told
from tests.world import client_of, make_organisation

__all__ = ["told"]
UCL = {"display_name": "University College London", "legal_name": "University College London"}


def test_c1_east_london_nine_hosts_two_years_plus_one_and_another_researcher(told: Telling) -> None:
    hosts = [make_organisation("Barts Health NHS Trust")]
    hosts += [make_organisation(f"WEL council {n}", "local_authority") for n in range(1, 4)]
    hosts += [make_organisation(f"WEL commissioner {n}", "icb") for n in range(1, 4)]
    hosts += [make_organisation(f"WEL provider {n}") for n in range(1, 3)]
    ucl, last = make_organisation("University College London", "hei"), date(2017, 8, 31)
    one = told.running(
        "Integrated care in East London",
        hosts[0],
        ucl,
        date(2014, 9, 1),
        date(2016, 8, 31),
        "The social scientist",
        "Social scientist",
        further_hosts=hosts[1:],
    )
    told.part(one, "academic_supervisor", "A senior academic", date(2014, 9, 1))
    told.answer(one, "money", money_who_pays="The nine NHS and council partners", money_confirmed="yes")
    why = {"why": "More to learn at the front line", "approved_by": "The nine partners"}
    steps.move_end(residency=one, new_end=last, by=told.lead, on=date(2016, 5, 1), **why)
    posts.hand_over(
        placement=one.placements.get(),
        name="Another researcher",
        email="",
        wte=one.placements.get().wte,
        employer=ucl,
        on=date(2016, 9, 1),
        by=told.lead,
        today=date(2016, 8, 1),
        at=at(date(2016, 8, 1)),
        version=0,
        role="Researcher",
    )
    told.ends(one, last)

    page, history, team = told.read(one), told.read(one, "history/"), told.read(one, "posts/")
    again = Residency.objects.get(pk=one.pk)
    assert len(again.hosts) == 9 and again.lead_host == hosts[0] and again.academic_homes == [ucl]
    assert all(str(host) in page for host in hosts)
    assert again.end_changes.values_list("old_end", "new_end").get() == (date(2016, 8, 31), last)
    assert "moved the end from 31 August 2016 to 31 August 2017. The nine partners approved it" in history
    assert (
        "handed the post of The social scientist over to Another researcher from 1 September 2016" in history
    )
    assert "Social scientist, employed by University College London. 1.00 of full time" in team
    assert "from 1 September 2014 to 1 September 2016. Handed over to Another researcher" in team
    assert "from 1 September 2016 to 31 August 2017" in team
    assert told.team_on(one, date(2015, 6, 1)) == [("Social scientist", "1.00")]
    assert told.team_on(one, date(2017, 6, 1)) == [("Researcher", "1.00")]
    assert again.stage == Stage.ENDED and again.academic_supervisor_name == "A senior academic"


def test_c2_uclh_a_team_of_two_full_time_becomes_five_part_time(told: Telling) -> None:
    trust, ucl = make_organisation("UCLH", "nhs_foundation_trust"), make_organisation("UCL", "hei")
    start, turn, end = date(2015, 1, 1), date(2016, 7, 1), date(2017, 12, 31)
    one = told.running("Embedded research team", trust, ucl, start, end, "First", "Anthropologist")
    told.post(one, "Second", "Operational researcher", start, end, "1.00", ucl)
    told.answer(one, "money", money_who_pays="NIHR Research Capability Funding", money_held_by="The trust")
    for number in ("one", "two", "three"):
        told.join(one, f"Senior supervisor {number}", "academic_supervisor", start)
    before = told.team_on(one, date(2016, 1, 1))
    for placement in one.placements.all():
        told.change(placement, "0.50", turn)
    for who, role in (("Third", "Anthropologist"), ("Fourth", "Operational researcher")):
        told.post(one, who, role, turn, end, "0.40", ucl)
    told.post(one, "Fifth", "Health economist", turn, end, "0.20", ucl)

    assert before == [("Anthropologist", "1.00"), ("Operational researcher", "1.00")]
    now = told.team_on(one, turn)
    assert [role for role, _ in now] == [
        *["Anthropologist"] * 2,
        "Health economist",
        *["Operational researcher"] * 2,
    ]
    assert all(share < "1.00" for _, share in now)
    history = told.read(one, "history/")
    assert "changed the post of First: the share of full time from 1.00 to 0.50" in history
    assert one.memberships.filter(role="academic_supervisor", end=None).count() == 3
    answers = told.read(one, "registration/")
    assert "NIHR Research Capability Funding" in answers and "The trust" in answers


def test_c3_bristol_pairs_both_ways_on_two_year_contracts_in_a_life_of_three(told: Telling) -> None:
    commissioner, start, end = make_organisation("A commissioner", "icb"), date(2013, 9, 1), date(2016, 8, 31)
    primary_care = make_organisation("Academic primary care", "hei")
    one = told.running(
        "Knowledge mobilisation team",
        commissioner,
        primary_care,
        start,
        end,
        "Academic 1",
        "Researcher in commissioning",
        "1",
    )
    parties.set_direction(residency=one, direction="two_way", by=told.lead, version=one.version)
    one.refresh_from_db()
    first, later = (start, date(2015, 8, 31)), (date(2014, 9, 1), end)
    told.change(one.placements.get(), "0.20", start + MONTH, end=first[1])
    told.post(one, "Academic 2", "Researcher in commissioning", *first, "0.20", primary_care)
    told.post(one, "Academic 3", "Researcher in commissioning", *later, "0.20", primary_care)
    for number, dates in enumerate((first, first, later, later), start=1):
        told.post(one, f"Manager {number}", "Manager in the university", *dates, "0.40", commissioner)

    spans = [(post.end - post.start).days for post in one.placements.all() if post.end]
    assert one.direction == "two_way" and len(spans) == 7 and set(spans) == {729, 730}
    employers = sorted(str(post.employer) for post in one.placements.all())
    assert employers == ["A commissioner"] * 4 + ["Academic primary care"] * 3
    assert len(told.team_on(one, date(2014, 10, 1))) == 7
    assert "Both ways" in told.read(one)
    moved = "changed the direction from “a researcher works in the service” to “both ways”"
    assert moved in told.read(one, "history/")
    needy = {post.person.display_name[:7] for post in without_permission(one, date(2014, 10, 1))}
    assert needy == {"Academi"}, "managers need no permission where they are employed"
    assert "Manager in the university, employed by A commissioner. 0.40" in told.read(one, "posts/")


def test_c4_torbay_two_part_time_researchers_with_honorary_status(told: Telling) -> None:
    trust = make_organisation("Torbay and South Devon", "nhs_foundation_trust")
    home, start = make_organisation("Plymouth", "hei"), date(2016, 2, 1)
    one = told.running("Integrated care organisation", trust, home, start, None, "First", "Researcher", "2.5")
    told.post(one, "Second", "Researcher", start, None, "0.50", home)
    for placement in one.placements.all():
        kind = AccessKind.HONORARY_RESEARCH_CONTRACT
        item = clearing.add_item(placement=placement, host=trust, kind=kind, by=told.lead)
        standing = clearing.Standing("in_place", start, "The research office", f"HRC {placement.pk}")
        clearing.record_item(item=item, standing=standing, by=told.lead, version=item.version)

    assert told.team_on(one, date(2017, 1, 1)) == [("Researcher", "0.50")] * 2
    assert without_permission(one, date(2017, 1, 1)) == []
    assert told.read(one, "access/").count("Honorary research contract") >= 2
    assert Residency.objects.get(pk=one.pk).end is None


def test_c5_great_ormond_street_one_or_two_for_one_to_three_days_without_an_end(told: Telling) -> None:
    host = make_organisation("Great Ormond Street", "nhs_foundation_trust")
    home = make_organisation("UCL Clinical Operational Research", "hei")
    one = told.running(
        "Critical care", host, home, date(2012, 6, 1), None, "First", "Operational researcher", "1"
    )
    told.change(one.placements.get(), "0.60", date(2014, 1, 1))
    second = told.post(one, "Second", "Operational researcher", date(2013, 1, 1), None, "0.20", home)
    posts.end_post(placement=second, on=date(2015, 1, 1), by=told.lead, version=0)

    assert told.team_on(one, date(2013, 6, 1)) == [("Operational researcher", s) for s in ("0.20", "0.60")]
    assert told.team_on(one, date(2016, 6, 1)) == [("Operational researcher", "0.60")]
    assert "the share of full time from 0.20 to 0.60" in told.read(one, "history/")
    assert "the end from no date to 1 January 2015" in told.read(one, "history/")
    assert Residency.objects.get(pk=one.pk).stage == Stage.ACTIVE


def test_c6_gateshead_a_council_for_twelve_months_from_idea_to_end(told: Telling) -> None:
    council, fuse = (
        make_organisation("Gateshead Council", "local_authority"),
        make_organisation("Fuse", "hei"),
    )
    start, end, on = date(2015, 1, 1), date(2015, 12, 31), date(2014, 9, 1)
    one = founding.save_idea(programme=told.programme, title="Live Well", host=council, by=told.lead, on=on)
    told.answer(one, "purpose", problem="Is Live Well Gateshead working?", decision="How to plan it on")
    told.answer(one, "difference", difference="Officers evaluate their own work", how_known="They say so")
    told.answer(one, "dates", planned_start=start, planned_end=end)
    names = {"host_manager_name": "Public health", "academic_supervisor_name": "Fuse lead"}
    told.answer(one, "people", academic_home=fuse, **names)
    registration.submit(residency=one, by=told.lead, on=on + MONTH, at=at(on + MONTH))
    decisions.approve(residency=one, by=told.lead, on=on + 2 * MONTH, at=at(on + 2 * MONTH), conditions=[])
    steps.move_on(residency=one, step="recruit", by=told.lead, on=on + 2 * MONTH)
    new = posts.Post("A Fuse researcher", "", start, end, Decimal(1), fuse, "Researcher")
    onboarding.appoint(residency=one, post=new, by=told.lead, on=on + 3 * MONTH, at=at(on + 3 * MONTH))
    onboarding.start(residency=one, by=told.lead, on=start)
    told.ends(one, end)

    again = Residency.objects.get(pk=one.pk)
    assert (again.started_on, again.ended_on, again.stage) == (start, end, Stage.ENDED)
    assert again.lead_host and again.lead_host.kind == "local_authority"
    history = told.read(one, "history/")
    for words in (
        "registered the idea",
        "approved it",
        "made a post for A Fuse researcher",
        "started it",
        "ended it",
    ):
        assert words in history


def test_c7_twenty_three_councils_in_one_scheme_with_aims_of_their_own(told: Telling) -> None:
    nihr, home = make_organisation("NIHR", "funder"), make_organisation("A university", "hei")
    through = "Through the Clinical Research Network"
    for number in range(1, 24):
        council = make_organisation(f"Council {number:02}", "local_authority")
        one = told.running(f"PHLARP {number:02}", council, home, date(2022, 1, 1), None, f"Post {number}")
        told.answer(one, "purpose", problem=f"An aim of its own, {number}")
        told.answer(one, "money", money_who_pays=through)
        parties.add_organisation(
            residency=one,
            part=OrganisationPart.FUNDER,
            organisation=nihr,
            own_reference="",
            by=told.lead,
            on=date(2022, 2, 1),
            version=one.version,
        )

    all_of_them = Residency.objects.filter(programme=told.programme).order_by("pk")
    assert all_of_them.count() == len({one.problem for one in all_of_them}) == 23
    assert {one.lead_host.kind for one in all_of_them if one.lead_host} == {"local_authority"}
    for number, one in enumerate(all_of_them, start=1):
        if number in (1, 12, 23):
            page = told.read(one)
            assert re.search(f"Who pays.{{1,120}}NIHR.{{1,20}}{through}", page), "the funder is on the page"
            assert f"Council {number:02}" in page and f"An aim of its own, {number}<" in page.replace(
                " <", "<"
            )
            assert "NIHR" in told.read(one, "brief/")
    listed = client_of(told.lead).get(f"/p/{told.programme.slug}/residencies/?q=PHLARP").content.decode()
    assert "23" in listed


def test_c8_a_collaborative_with_three_hosts_local_champions_and_no_sponsor(told: Telling) -> None:
    lead, first, second = (
        make_organisation(name) for name in ("A London host", "Hospital one", "Hospital two")
    )
    home, start = make_organisation("Research team", "hei"), date(2016, 1, 1)
    one = told.running(
        "Patient safety collaborative", lead, home, start, None, "Evaluator", further_hosts=[first, second]
    )
    change_part(
        residency=one,
        part="navigator",
        name="A local champion",
        on=start,
        by=told.lead,
        today=start,
        at=at(start),
        version=one.version,
    )

    assert Residency.objects.get(pk=one.pk).hosts == [lead, first, second]
    team = told.read(one, "posts/")
    assert "A local champion" in team and "Executive sponsor" in team
    assert one.sponsor_name == ""
    sites = set(one.placements.get().access_items.values_list("host__display_name", flat=True))
    assert sites == {"A London host", "Hospital one", "Hospital two"}


def test_c9_tower_hamlets_a_commissioned_study_designed_with_partners(told: Telling) -> None:
    """Commissioned in 2017; designed, interpreted and turned into recommendations with the partners."""
    vanguard, ucl = make_organisation("Tower Hamlets Together", "other"), make_organisation("UCL", "hei")
    start, partners = date(2017, 1, 1), "Partners in Tower Hamlets Together"
    one = told.running("Integrated care partnership", vanguard, ucl, start, None, "Researcher")
    told.answer(one, "money", money_who_pays="The partnership, which commissioned it")
    looked_at = "New care models, partnership working, citizen engagement"
    project = told.project(one, "Evaluation of the vanguard", date(2017, 2, 1), None, question=looked_at)
    for stage, what in (
        ("design", "Designed the study together with the researcher"),
        ("interpret", "Worked out with the researcher what the findings mean"),
        ("use", "Made the recommendations together with the researcher"),
    ):
        told.contributed(project, partners, "service_manager", stage, date(2017, 6, 1), what)

    front, page = told.read(one), told.read(one, f"projects/{project.pk}/")
    for words in (
        "Tower Hamlets Together",
        "UCL",
        "The partnership, which commissioned it",
        "1 January 2017",
    ):
        assert words in front
    assert looked_at in page and page.count(partners) >= 4
    for words in (
        "Designing the work",
        "Working out what it means",
        "Putting it to use",
        "Designed the study",
    ):
        assert words in page
    assert Residency.objects.get(pk=one.pk).lead_host == vanguard


def test_c10_a_hospital_group_whose_evaluation_was_classed_as_service_evaluation(told: Telling) -> None:
    group, home = make_organisation("A hospital group"), make_organisation("A university", "hei")
    one = told.running("Evaluation of a group model", group, home, date(2017, 9, 1), None, "Evaluator")
    project = told.project(
        one,
        "80 interviews, 80 hours of observation, 20 hours of shadowing",
        date(2017, 9, 1),
        None,
        classification="service_evaluation_improvement",
        by="The trust, and a university committee",
        kept_at="Research office",
    )
    page = told.read(one, f"projects/{project.pk}/")
    assert "Service evaluation or improvement" in page and "The trust, and a university committee" in page


def test_c11_five_researchers_who_studied_their_own_work_for_ten_months(told: Telling) -> None:
    """Memos and peer interviews; four strategies, and signs of relationships that come before signs of use."""
    start, end = date(2023, 4, 1), date(2024, 1, 31)
    home = make_organisation("A university", "hei")
    question = "What shows early that working together goes well, and what shows it later?"
    found = "Four strategies with people; first signs of a relationship, then signs that evidence is used"
    places = []
    for number in range(1, 6):
        host = make_organisation(f"Public health team {number}", "local_authority")
        one = told.running(f"Embedded researcher {number}", host, home, date(2022, 9, 1), None, f"R{number}")
        places.append(one)
        project = told.project(one, "What relationships leave behind", start, end, question=question)
        for stage, what in (("collect", "A memo, and an interview between peers"), ("interpret", found)):
            told.contributed(project, "The other four researchers", "academic", stage, end, what)
        memo = Entry(start, 60, "reflection", Words("A memo on my own work"), project=project)
        log_activity(residency=one, entry=memo, by=one.placements.get().person)
    for one in places:
        project = one.projects.get()
        page = told.read(one, f"projects/{project.pk}/")
        for words in ("1 April 2023", "31 January 2024", question, found, "an interview between peers"):
            assert words in page
        assert "What relationships leave behind" in told.read(one, "projects/")
        assert [memo.project for memo in one.activities.filter(kind="reflection")] == [project]


def test_c12_from_obesity_to_universal_credit(told: Telling) -> None:
    """The brief moved, a small start led to evidence in parliament; whose change it was is said each time."""
    council, home = make_organisation("A council", "local_authority"), make_organisation("Fuse", "hei")
    one = told.running(
        "Obesity to Universal Credit", council, home, date(2018, 1, 1), None, "Researcher", days="1"
    )
    told.answer(one, "purpose", problem="Childhood obesity")
    told.answer(one, "purpose", problem="Poverty and benefits: what residents spoke of")
    for what, who in (
        ("A follow-up study on Universal Credit", "The council"),
        ("Evidence on energy drinks", "A parliamentary committee"),
        ("Evidence on energy drinks, by some of them", "Retailers"),
    ):
        words = evidence.UseWords(
            what=what, outcome="used", decision=what, decided_by=who, decided_on=date(2018, 11, 1)
        )
        evidence.record_use(residency=one, words=words, by=told.lead, at=timezone.now())

    uses = told.read(one, "uses/")
    assert "A parliamentary committee" in uses and "Retailers" in uses and "The council" in uses
    assert "Poverty and benefits" in told.read(one, "registration/")
    assert told.read(one, "history/").count("changed the words of “the problem”") == 2
    assert AccessState.REQUIRED in one.placements.get().access_items.values_list("state", flat=True)
