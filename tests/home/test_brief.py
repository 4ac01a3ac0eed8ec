"""A residency on one page before a call: what its reader may see, as a page and as a tagged PDF of one sheet."""

from __future__ import annotations

import datetime
from typing import Any

from embedded.audit.models import Event
from programmes.models import AccessItem, AccessKind, Condition, Residency, Stage, StageChange, UseInDecision
from tests.pdf.checking import faults
from tests.pdf.papers import read, tags
from tests.world import TODAY, World

DAY = datetime.timedelta(days=1)
LONG = "People wait longer than they should. " * 60


def page(world: World, role: str = "programme_lead", tail: str = "brief/") -> str:
    answer = world.client(role).get(world.url(tail))
    assert answer.status_code == 200
    return str(answer.content.decode())


def fill(world: World, many: int) -> None:
    """So much of everything, in long words."""
    lead = world.people["programme_lead"]
    texts = dict.fromkeys(["problem", "decision", "difference", "fairer_for"], LONG)
    Residency.objects.filter(pk=world.residency.pk).update(
        **texts, guiding_group=LONG[:500], decision_by=TODAY()
    )
    for number, kind in enumerate(list(AccessKind)[:many]):
        Condition.objects.create(
            residency=world.residency,
            what=LONG[:300],
            owner_name="Ada",
            due=TODAY() + number * DAY,
            set_by=lead,
        )
        AccessItem.objects.create(placement=world.placement, host=world.host, kind=kind, owner_name="Sam")
        UseInDecision.objects.create(
            residency=world.residency,
            what=LONG[:300],
            decision=LONG[:300],
            decided_by="The board",
            decided_on=TODAY(),
            recorded_by=lead,
            recorded_at="2026-01-01T00:00Z",
        )
        StageChange.objects.create(
            residency=world.residency, to_stage="active", on=TODAY(), by=lead, why=LONG
        )


def test_it_says_what_is_open_whose_it_is_and_by_when(world: World) -> None:
    lead = world.people["programme_lead"]
    Condition.objects.create(
        residency=world.residency, what="Find a desk", owner_name="Ada Lomax", due=TODAY() + DAY, set_by=lead
    )
    item = AccessItem.objects.create(
        placement=world.placement,
        host=world.host,
        kind="badge",
        owner_name="Sam Porter",
        due=TODAY() + 2 * DAY,
    )
    shown = page(world)
    assert "Condition: Find a desk (Ada Lomax, by" in shown
    assert f"Badge for {world.people['researcher']} at {world.host}: needed (Sam Porter, by" in shown
    assert "Badge" not in page(world, "public_partner")
    item.delete()
    assert "Meet a condition: Find a desk" in page(world)
    assert "(Ada Lomax, by " in page(world, tail="")


def test_it_gives_addresses_to_those_inside_and_the_day_on_which_something_ran_out(world: World) -> None:
    Residency.objects.filter(pk=world.residency.pk).update(
        academic_supervisor_name="Ada Academic", academic_supervisor_email="ada@uni.example"
    )
    yesterday = TODAY() - DAY
    AccessItem.objects.create(
        placement=world.placement,
        host=world.host,
        kind="badge",
        state="in_place",
        owner_name="Estates",
        due=TODAY() - 400 * DAY,
        expires_on=yesterday,
    )
    shown = page(world)
    assert "Ada Academic, ada@uni.example" in shown
    assert f"ran out on {yesterday.day} {yesterday:%B %Y} (Estates)" in shown
    assert "Ada Academic" in page(world, "public_partner") and "ada@uni" not in page(world, "public_partner")


def test_a_look_back_is_called_one(world: World) -> None:
    Residency.objects.filter(pk=world.residency.pk).update(
        stage=Stage.ENDED, ended_on=TODAY() - DAY, review_on=TODAY() + 180 * DAY
    )
    shown = page(world)
    assert "Looking back: what lasted?" in shown and "To be looked at again" not in shown


def test_what_becomes_of_it_is_next_within_half_a_year_of_its_end(world: World) -> None:
    """183 days, as R19; not a day earlier, and not once it is decided."""
    ours = Residency.objects.filter(pk=world.residency.pk)
    words = "Decide whether it goes on or ends"
    ours.update(planned_end=TODAY() + 183 * DAY)
    assert words not in page(world)
    ours.update(planned_end=TODAY() + 182 * DAY)
    assert words in page(world)
    ours.update(end_decision="ends", end_decision_on=TODAY())
    assert words not in page(world)


def test_an_idea_of_which_nothing_is_known_has_a_brief_too(world: World) -> None:
    world.placement.delete()
    Residency.objects.filter(pk=world.residency.pk).update(
        stage=Stage.IDEA, started_on=None, planned_start=None, planned_end=None
    )
    shown = page(world, "host_manager")
    assert "Fill in the registration and send it" in shown
    assert "No date is known." in shown


def test_the_pdf_is_one_tagged_sheet_however_much_there_is(world: World, settings: Any) -> None:
    fill(world, 9)
    Residency.objects.filter(pk=world.residency.pk).update(title=LONG[:200].strip())
    world.residency.refresh_from_db()
    answer = world.client("programme_lead").get(world.url("brief/brief.pdf"))
    assert answer["Content-Disposition"] == f'attachment; filename="{world.residency.code}-brief.pdf"'
    assert faults(answer.content) == []
    pdf = read(answer.content)
    assert len(pdf.pages) == 1
    assert pdf.trailer["/Root"]["/Lang"] == "en-GB"
    assert pdf.metadata is not None and pdf.metadata.title == f"Brief: {world.residency.title}"
    headings = [tag for tag in tags(pdf) if tag in ("/H1", "/H2", "/TH", "/Table", "/LI")]
    assert headings[0:1] and {"/H1", "/H2", "/TH", "/Table", "/LI"} <= set(headings)
    assert Event.objects.filter(deed="brief.read").exists()


def test_nobody_out_of_reach_has_it(world: World, other_world: World) -> None:
    for tail in ("brief/", "brief/brief.pdf"):
        assert other_world.client("programme_lead").get(world.url(tail)).status_code == 404
