"""Where everybody starts: what waits for them, the residencies that they reach, no way that they may not go."""

from __future__ import annotations

import datetime
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from programmes.models import AccessItem, Agreement, Condition, Residency, Role, Stage, StageChange
from tests.world import TODAY, World, join, make_residency


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def ways(client: Client, address: str) -> dict[str, str]:
    """The pages that a residency offers: text to address."""
    listed = re.search(r'<ul class="nhsuk-list app-ways">(.*?)</ul>', page(client, address), re.DOTALL)
    assert listed
    return {text: to for to, text in re.findall(r'href="([^"]+)">([^<]+)</a>', listed[1])}


def test_a_manager_finds_what_waits_for_them_before_what_runs(world: World) -> None:
    idea = make_residency(world.programme, world.host, Stage.IDEA, title="An idea of ours")
    shown = page(world.client("host_manager"), "/")
    assert shown.index("An idea of ours") < shown.index(world.residency.title)
    assert f'href="{idea.get_absolute_url()}registration/"' in shown
    assert "Register a residency" in shown
    assert "Our people on site" in shown


def test_who_pays_is_left_out_for_whom_the_answer_is_kept_from(world: World) -> None:
    """Not "Not known yet" while it is known and not hers to read."""
    Residency.objects.filter(pk=world.residency.pk).update(money_who_pays="The board")
    assert "The board" in page(world.client("host_manager"), world.url())
    shown = page(world.client("public_partner"), world.url())
    assert "Who pays" not in shown and "The board" not in shown


def test_a_researcher_logs_from_the_front_page(world: World) -> None:
    assert f'href="{world.url("log/")}"' in page(world.client("researcher"), "/")


def test_what_has_ended_is_not_on_the_front_page(world: World) -> None:
    make_residency(world.programme, world.host, Stage.ENDED, title="Long over")
    assert "Long over" not in page(world.client("host_manager"), "/")


def test_the_front_page_asks_as_often_for_one_residency_as_for_ten(world: World) -> None:
    client = world.client("host_manager")
    client.get("/")
    with CaptureQueriesContext(connection) as one:
        client.get("/")
    for _ in range(9):
        make_residency(world.programme, world.host)
    with CaptureQueriesContext(connection) as ten:
        client.get("/")
    assert len(ten) == len(one)


@pytest.mark.parametrize("role", list(Role))
def test_every_way_on_from_a_residency_may_be_gone(world: World, role: str) -> None:
    client = world.client(role)
    if role == Role.FUNDER:
        assert client.get(world.url()).status_code == 404
        return
    for address in ways(client, world.url()).values():
        assert client.get(address).status_code == 200, address


def test_the_way_back_is_one_that_a_public_partner_may_go(world: World) -> None:
    shown = page(world.client("public_partner"), world.url())
    assert f"/p/{world.programme.slug}/residencies/" not in shown
    assert "Your places" in shown


def test_an_idea_offers_nothing_that_can_only_be_empty(world: World) -> None:
    idea = make_residency(world.programme, world.host, Stage.IDEA)
    offered = ways(world.client("host_manager"), idea.get_absolute_url())
    assert list(offered) == [
        "Agreements",
        "Planning together",
        "Job description",
        "Registration",
        "Who guides it, and how it will end",
        "Shelf of links",
        "What comes next",
        "History",
        "Brief for a call",
    ]
    assert "Make a pack</a>" in page(world.client("host_manager"), idea.get_absolute_url())


def test_what_came_back_with_a_reason_says_so(world: World) -> None:
    idea = make_residency(world.programme, world.host, Stage.IDEA)
    client = world.client("host_manager")
    move(world, idea, "", Stage.IDEA)
    assert "Fill in the registration and send it" in page(client, idea.get_absolute_url())
    move(world, idea, Stage.IDEA, Stage.SCOPING)
    move(world, idea, Stage.SCOPING, Stage.IDEA, why="Say who decides")
    assert "Read why it was returned, and send it again" in page(client, idea.get_absolute_url())


def test_nothing_is_missing_of_what_has_ended(world: World) -> None:
    AccessItem.objects.create(placement=world.placement, host=world.host, kind="badge")
    client = world.client("host_manager")
    assert "Not in place: Badge" in page(client, world.url())
    Residency.objects.filter(pk=world.residency.pk).update(stage=Stage.ENDED, ended_on=TODAY())
    assert "Not in place" not in page(client, world.url())


@pytest.mark.parametrize(
    ("stage", "whose", "due"),
    [
        (Stage.IDEA, "Mary Manager, host manager", "planned_start"),
        (Stage.APPROVED, "Mary Manager, host manager", "planned_start"),
        (Stage.ONBOARDING, "Mary Manager, host manager", "planned_start"),
        (Stage.PAUSED, "Programme lead and Theme lead, programme lead", "review_on"),
        (Stage.CLOSING, "Mary Manager, host manager", "planned_end"),
        (Stage.ENDED, "Programme lead and Theme lead, programme lead or Mary Manager", "review_on"),
    ],
)
def test_top_says_at_every_stage_whose_it_is_by_name_and_by_when(
    world: World, stage: str, whose: str, due: str
) -> None:
    resting = stage in (Stage.PAUSED, Stage.ENDED)
    ahead = datetime.timedelta(
        days=40 if stage == Stage.PAUSED else 0
    )  # looking back is next from its day on
    again = TODAY() + ahead if resting else None
    found = make_residency(
        world.programme,
        world.host,
        stage,
        host_manager_name="Mary Manager",
        theme=world.residency.theme,
        review_on=again,
    )
    by = getattr(found, due)
    top = page(world.client("programme_lead"), found.get_absolute_url()).split("app-next")[1][:300]
    assert whose in top and f"by {by.day} {by:%B %Y}" in top


def test_top_says_while_it_runs_what_becomes_of_it(world: World) -> None:
    agree(world)
    lead = world.client("programme_lead")
    ours, end = Residency.objects.filter(pk=world.residency.pk), world.residency.planned_end
    assert end is not None
    early = end - datetime.timedelta(days=183)
    top = page(lead, world.url())
    assert f"programme lead, by {early.day} {early:%B %Y})" in top and ": Decide whether it goes on" in top
    ours.update(end_decision="ends", end_decision_on=TODAY())
    assert "Agree the plan for the ending" in page(lead, world.url())
    ours.update(exit_plan_on=TODAY())
    assert "Begin to end it" in page(lead, world.url())


def test_a_decision_is_not_due_by_the_first_day(world: World) -> None:
    found = make_residency(world.programme, world.host, Stage.SCOPING)
    top = page(world.client("programme_lead"), found.get_absolute_url()).split("app-next")[1][:400]
    assert "Approve it, or return it" in top and "programme lead)" in top
    course = page(world.client("programme_lead"), f"{found.get_absolute_url()}course/")
    assert re.search(r"The decision: approve.*?No date yet", course, re.S)


@pytest.mark.parametrize(
    "stage", [Stage.APPROVED, Stage.ONBOARDING, Stage.ACTIVE, Stage.PAUSED, Stage.CLOSING]
)
def test_a_condition_that_is_due_before_the_step_of_its_stage_is_next(world: World, stage: str) -> None:
    """At every stage, on the residency's page and on the front page."""
    day = datetime.timedelta(days=1)
    limit = TODAY() + 20 * day
    ours = Residency.objects.filter(pk=world.residency.pk)
    ours.update(stage=stage, planned_start=limit, planned_end=limit + day, review_on=None)
    if stage == Stage.PAUSED:
        ours.update(review_on=limit)
    if stage == Stage.CLOSING:
        ours.update(planned_end=limit, planned_start=TODAY() - day)
    if stage == Stage.ACTIVE:
        AccessItem.objects.create(placement=world.placement, host=world.host, kind="badge", due=limit)
    lead = world.people["programme_lead"]
    one = Condition.objects.create(
        residency=world.residency, what="Find a desk", owner_name="Ada Lomax", due=limit, set_by=lead
    )
    client = world.client("host_manager")

    def is_next() -> bool:
        return "Find a desk" in page(client, world.url()).split("app-next")[1][:400]

    assert not is_next()
    Condition.objects.filter(pk=one.pk).update(due=limit - day)
    assert is_next() and "Find a desk" in page(client, "/")
    Condition.objects.filter(pk=one.pk).update(met_on=TODAY(), met_by=lead)
    assert not is_next() and "Find a desk" not in page(client, "/")


def test_an_agreement_that_is_due_before_the_post_begins_is_next(world: World) -> None:
    agree(world)
    start = TODAY() + datetime.timedelta(days=9)
    type(world.placement).objects.filter(pk=world.placement.pk).update(accepted_on=None, start=start)
    client = world.client("host_manager")
    for review_on, first in ((start, "Accept the post"), (start - datetime.timedelta(days=1), "Look again")):
        Agreement.objects.update(review_on=review_on)
        assert first in page(client, world.url()).split("app-next")[1][:400]


def test_nobody_is_to_accept_by_a_day_before_it_was_brought_in(world: World) -> None:
    type(world.placement).objects.filter(pk=world.placement.pk).update(accepted_on=None)
    ours, start = Residency.objects.filter(pk=world.residency.pk), world.placement.start
    for adopted_on, says in ((start, False), (start - datetime.timedelta(days=1), True), (None, True)):
        ours.update(adopted_on=adopted_on)
        top = page(world.client("programme_lead"), world.url()).split("app-next")[1][:300]
        assert "Accept the post" in top
        assert (f"by {start.day} {start:%B %Y}" in top) is says


def test_v20_is_told_while_it_runs(world: World) -> None:
    """One agreement that lives and covers the four is enough; not told to who sees no agreements, nor in the 60 days
    after it was brought in, nor before it runs or after it has ended."""
    said = "No agreement that lives today covers supervision, publication, data and how it can be ended."
    ours, manager = Residency.objects.filter(pk=world.residency.pk), world.client("host_manager")
    assert said in page(manager, world.url()) and "Sign or record the missing" in page(manager, world.url())
    assert said not in page(world.client("public_partner"), world.url())
    for told, values in (
        (False, {"adopted_on": TODAY() - datetime.timedelta(days=59)}),
        (True, {"adopted_on": TODAY() - datetime.timedelta(days=60)}),
        (False, {"stage": Stage.ONBOARDING}),
        (False, {"stage": Stage.ENDED, "ended_on": TODAY()}),
        (True, {"stage": Stage.PAUSED, "ended_on": None}),
    ):
        ours.update(**values)
        assert (said in page(manager, world.url())) == told, values
    agree(world, ["supervision", "publication", "data"])
    assert "No agreement that lives today covers how it can be ended." in page(manager, world.url())
    agree(world)
    assert "No agreement that lives" not in page(manager, world.url())


def agree(world: World, covers: list[str] | None = None) -> None:
    Agreement.objects.create(
        residency=world.residency,
        kind="hosting_agreement",
        signed_on=TODAY(),
        covers=covers or ["supervision", "publication", "data", "termination"],
        recorded_by=world.people["host_manager"],
        recorded_at=timezone.now(),
    )


def test_page_holds_where_it_belongs_and_who_stands_behind_it_folded(world: World) -> None:
    Residency.objects.filter(pk=world.residency.pk).update(
        site="Ward 9",
        topics=["Falls", "Frailty"],
        sponsor_name="Sue Sponsor",
        navigator_name="Nia Navigator",
        mentor_name="Mo Mentor",
        guiding_group="A carer and the ward sister",
        days_a_week="2.5",
    )
    world.residency.organisations.filter(part="lead_host").update(own_reference="EDGE 4711")
    whole = page(world.client("host_manager"), world.url())
    folded = whole.split("Where it belongs, who stands behind it")[1].split("</details>")[0]
    for words in ("Ward 9", "Ageing well", "Falls, Frailty", "Sue Sponsor", "Nia Navigator", "Mo Mentor"):
        assert words in folded
    assert "A carer and the ward sister" in folded and "EDGE 4711" in folded and "2.5" in folded
    assert "EDGE 4711" not in page(world.client("public_partner"), world.url())


def move(world: World, residency: Residency, source: str, target: str, why: str = "") -> None:
    StageChange.objects.create(
        residency=residency,
        from_stage=source,
        to_stage=target,
        on=TODAY(),
        by=world.people["programme_lead"],
        why=why,
    )


def test_one_part_in_many_residencies_is_said_once_and_what_ended_is_named(world: World) -> None:
    person = world.people["academic_supervisor"]
    shown = page(world.client("academic_supervisor"), "/")
    assert "Academic supervisor of" not in shown and "Ended:" not in shown
    others = [
        make_residency(world.programme, world.host, stage, title=f"Also {stage}")
        for stage in (Stage.ACTIVE, Stage.ENDED)
    ]
    for other in others:
        join(person, Role.ACADEMIC_SUPERVISOR, world.programme, other)
    shown = page(world.client("academic_supervisor"), "/")
    assert "Academic supervisor of 3 residencies" in shown
    over = shown[shown.index("Ended: 1 residency") :]
    assert f'href="{others[1].get_absolute_url()}">Also ended' in over and "Also active" not in over
