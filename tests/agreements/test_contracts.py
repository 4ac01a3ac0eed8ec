"""V-20 and V-21 on both sides of their boundaries, and what amendments and successors do to what they follow."""

from __future__ import annotations

import datetime

import pytest
from django.db import IntegrityError, transaction

from programmes import contracts
from programmes.models import Agreement, Residency
from tests.agreements.telling import NEEDED, TODAY, sign
from tests.world import World

DAY = datetime.timedelta(days=1)


def lacking(residency: Residency, on: datetime.date = TODAY) -> list[str]:
    return [part.value for part in contracts.not_covered(list(residency.agreements.all()), on)]


@pytest.mark.parametrize("left_out", NEEDED)
def test_v20_each_of_the_four_is_needed(world: World, left_out: str) -> None:
    agreement = sign(world.residency, covers=[part for part in NEEDED if part != left_out])
    assert lacking(world.residency) == [left_out]
    Agreement.objects.filter(pk=agreement.pk).update(covers=NEEDED)
    assert lacking(world.residency) == []


def test_v20_nothing_recorded_lacks_all_four(world: World) -> None:
    assert lacking(world.residency) == NEEDED


def test_v20_two_agreements_may_cover_it_together(world: World) -> None:
    sign(world.residency, covers=NEEDED[:3])
    sign(world.residency, kind="data_sharing_agreement", covers=NEEDED[3:])
    assert lacking(world.residency) == []


def test_v20_lives_on_its_last_day_and_not_the_day_after(world: World) -> None:
    sign(world.residency, effective_to=TODAY)
    assert lacking(world.residency) == []
    assert lacking(world.residency, TODAY + DAY) == NEEDED


def test_v20_lives_from_its_first_day_and_not_the_day_before(world: World) -> None:
    sign(world.residency, signed_on=TODAY - 3 * DAY, effective_from=TODAY)
    assert lacking(world.residency, TODAY - DAY) == NEEDED
    assert lacking(world.residency) == []


def test_v20_is_said_on_the_page_while_it_runs_and_not_once_it_is_covered(world: World) -> None:
    sign(world.residency, covers=NEEDED[:3])
    lead = world.client("programme_lead")
    said = "No agreement that lives today covers how it can be ended."
    assert said in lead.get(world.url("agreements/")).content.decode()
    sign(world.residency, covers=["termination"])
    assert "No agreement that lives today" not in lead.get(world.url("agreements/")).content.decode()


def test_successor_takes_the_place_from_the_day_it_counts(world: World) -> None:
    first = sign(world.residency, signed_on=TODAY - 9 * DAY)
    sign(
        world.residency,
        signed_on=TODAY - DAY,
        effective_from=TODAY,
        covers=["data"],
        follows=first,
        follows_as="successor",
    )
    assert lacking(world.residency, TODAY - DAY) == []
    assert lacking(world.residency) == [part for part in NEEDED if part != "data"]


def test_amendment_stands_beside_and_may_move_the_end(world: World) -> None:
    first = sign(world.residency, signed_on=TODAY - 9 * DAY, effective_to=TODAY - DAY, covers=NEEDED[:3])
    assert len(lacking(world.residency)) == 4
    sign(
        world.residency,
        covers=["termination"],
        effective_to=TODAY + DAY,
        follows=first,
        follows_as="amendment",
    )
    assert lacking(world.residency) == []
    assert len(lacking(world.residency, TODAY + 2 * DAY)) == 4


def test_amendment_ends_with_what_it_amends(world: World) -> None:
    first = sign(world.residency, signed_on=TODAY - 9 * DAY)
    sign(world.residency, covers=["indemnity"], follows=first, follows_as="amendment")
    last = sign(world.residency, covers=["data"], follows=first, follows_as="successor")
    found = list(world.residency.agreements.all())
    assert [one for one in found if contracts.is_live(one, found, TODAY)] == [last]


@pytest.mark.parametrize(
    ("publication", "days", "is_taken"),
    [
        ("free", None, True),
        ("free", 30, False),
        ("notice_period", 1, True),
        ("notice_period", 0, False),
        ("notice_period", None, False),
        ("host_approval", None, True),
        ("not_stated", None, True),
        ("", None, True),
        ("perhaps", None, False),
    ],
)
def test_v21_the_clause_is_one_of_a_few_and_a_notice_has_its_days(
    world: World, publication: str, days: int | None, is_taken: bool
) -> None:
    fields = {"publication": publication, "publication_notice_days": days}
    if is_taken:
        assert sign(world.residency, **fields).publication == publication
        return
    with pytest.raises(IntegrityError, match="v21"), transaction.atomic():
        sign(world.residency, **fields)


@pytest.mark.parametrize(
    ("publication", "flag"), [("host_approval", True), ("free", False), ("not_stated", False), ("", False)]
)
def test_v21_only_the_hosts_approval_raises_the_flag(world: World, publication: str, flag: bool) -> None:
    agreement = sign(world.residency, publication=publication)
    assert contracts.asks_for_care(agreement) is flag
    page = world.client("researcher").get(world.url(f"agreements/{agreement.pk}/")).content.decode()
    assert ("lets the host decide what is published" in page) is flag


def said_of_ends(world: World) -> str:
    page = world.client("rd_office").get(world.url("agreements/")).content.decode()
    return " ".join(page.split())


@pytest.mark.parametrize(("left", "tag"), [(0, "Ends today"), (1, "Ends in 1 day"), (60, "Ends in 60 days")])
def test_contract_that_ends_soon_is_told_of(world: World, left: int, tag: str) -> None:
    sign(world.residency, effective_to=TODAY + left * DAY)
    page = said_of_ends(world)
    assert tag in page and "Ends soon" in page and "ask the contracts office" in page.lower()


def test_contract_with_61_days_left_or_no_end_is_not_told_of(world: World) -> None:
    sign(world.residency, effective_to=TODAY + 61 * DAY)
    sign(world.residency, kind="data_sharing_agreement")
    page = said_of_ends(world)
    assert "Ends soon" not in page and page.count("Live") == 2


@pytest.mark.parametrize("follows_as", ["amendment", "successor"])
def test_contract_with_a_newer_paper_that_is_about_to_count_is_not_told_of(
    world: World, follows_as: str
) -> None:
    first = sign(world.residency, effective_to=TODAY + 9 * DAY)
    assert "Ends soon" in said_of_ends(world)
    sign(world.residency, effective_from=TODAY + 10 * DAY, follows=first, follows_as=follows_as)
    assert "Ends soon" not in said_of_ends(world)


def test_contract_that_ends_with_the_residency_is_not_told_of(world: World) -> None:
    world.residency.planned_end = TODAY + 9 * DAY
    world.residency.save()
    sign(world.residency, effective_to=world.residency.end)
    page = said_of_ends(world)
    assert "Ends in 9 days" in page and "Ends soon" not in page
    world.residency.planned_end = TODAY + 10 * DAY
    world.residency.save()
    assert "Ends soon" in said_of_ends(world)
