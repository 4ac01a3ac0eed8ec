"""Which permission to ask for, the short list of at most six, what is missing in law (V-13) or runs out (V-34)."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.utils import timezone

from programmes import clearance
from programmes.models import AccessItem, AccessKind, AccessState, Organisation, OrganisationKind
from tests.world import World, make_organisation

TODAY = timezone.localdate()
DAY = datetime.timedelta(days=1)


def host(kind: str) -> Organisation:
    return make_organisation(f"A {kind}", kind)


def item(world: World, kind: str = "letter_of_access", state: str = "in_place", **fields: Any) -> AccessItem:
    values = {"issued_on": TODAY - 10 * DAY, "issuer": "R&D", "reference": "LOA 1"}
    return AccessItem.objects.create(
        placement=world.placement, host=world.host, kind=kind, state=state, **(values | fields)
    )


@pytest.mark.parametrize(
    ("employer", "hosted_by", "words"),
    [
        ("nhs_trust", "nhs_trust", "NHS to NHS confirmation"),
        ("hei", "nhs_trust", "research passport and a letter of access"),
        ("hei", "icb", "research passport and an honorary research contract"),
        ("private_sector", "nhs_trust", "agreement between the organisations"),
        ("hei", "local_authority", "do not exist there"),
        ("hei", "vcse", "do not exist there"),
        ("hei", "gp_practice", "integrated care board"),
        ("nhs_trust", "hei", "visiting or honorary appointment"),
    ],
)
def test_advice_asks_what_fits_employer_and_host(db: None, employer: str, hosted_by: str, words: str) -> None:
    advice = clearance.advice_for(host(employer), host(hosted_by))
    assert any(words in row.ask for row in advice)


def test_advice_for_somebody_whom_the_host_employs_is_none_beyond_the_contract(db: None) -> None:
    trust = host("nhs_trust")
    assert [row.ask.split(".")[0] for row in clearance.advice_for(trust, trust)] == [
        "Nothing beyond the contract of employment"
    ]


def test_advice_never_offers_an_honorary_research_contract_from_nhs_to_nhs(db: None) -> None:
    advice = clearance.advice_for(host("nhs_trust"), host("nhs_foundation_trust"))
    assert "An honorary research contract is not used" in advice[0].ask


def test_advice_is_worded_as_something_to_ask() -> None:
    assert all("sk " in row.ask or "sk:" in row.ask or "none" in row.ask.lower() for row in clearance.TABLE)


@pytest.mark.parametrize("employer", [None, *OrganisationKind.values])
@pytest.mark.parametrize("hosted_by", ["nhs_trust", "local_authority", "gp_practice", "hei", "vcse"])
def test_short_list_has_at_most_six_things(db: None, employer: str | None, hosted_by: str) -> None:
    kinds = clearance.kinds_for(host(employer) if employer else None, host(hosted_by))
    assert 1 <= len(kinds) <= clearance.MOST_LISTED == 6 and len(set(kinds)) == len(kinds)


def test_short_list_names_no_nhs_permission_where_there_is_none(db: None) -> None:
    kinds = set(clearance.kinds_for(host("hei"), host("local_authority")))
    assert not kinds & {*clearance.LEGAL_PERMISSIONS, AccessKind.RESEARCH_PASSPORT}


def test_short_list_is_written_once(world: World) -> None:
    for _ in range(2):
        clearance.list_needs(world.placement, [world.host])
    assert world.placement.access_items.count() == 6


@pytest.mark.parametrize(
    ("state", "expires", "lacks"),
    [
        ("in_place", None, False),
        ("in_place", TODAY, False),
        ("in_place", TODAY - DAY, True),
        ("requested", None, True),
        ("required", None, True),
        ("problem", None, True),
        ("refused", None, True),
        ("revoked", None, True),
    ],
)
def test_permission_is_lacking_unless_one_is_live_on_the_day(
    world: World, state: str, expires: datetime.date | None, lacks: bool
) -> None:
    """V-13; the last day counts as covered."""
    found = item(world, state=state, expires_on=expires)
    assert clearance.lacks_permission(world.placement, world.host, [found], TODAY) is lacks


@pytest.mark.parametrize("kind", clearance.LEGAL_PERMISSIONS)
def test_any_of_the_three_permissions_is_enough(world: World, kind: str) -> None:
    assert not clearance.lacks_permission(world.placement, world.host, [item(world, kind)], TODAY)


def test_passport_alone_is_no_permission(world: World) -> None:
    passport = item(world, "research_passport")
    assert clearance.lacks_permission(world.placement, world.host, [passport], TODAY)


def test_permission_that_is_said_to_be_unneeded_is_not_lacking(world: World) -> None:
    one = item(world, state="not_required", reason="R&D says none is needed")
    assert not clearance.lacks_permission(world.placement, world.host, [one], TODAY)
    other = item(world, "honorary_contract", state="required")
    assert clearance.lacks_permission(world.placement, world.host, [one, other], TODAY)


def test_permission_is_not_lacking_for_whom_the_host_employs_nor_outside_the_nhs(world: World) -> None:
    world.placement.employer = world.host
    assert not clearance.lacks_permission(world.placement, world.host, [], TODAY)
    world.placement.employer = world.university
    assert clearance.lacks_permission(world.placement, world.host, [], TODAY)
    assert not clearance.lacks_permission(world.placement, host("local_authority"), [], TODAY)


def test_permission_at_one_host_does_not_count_at_another(world: World) -> None:
    """V-33."""
    assert clearance.lacks_permission(world.placement, host("nhs_trust"), [item(world)], TODAY)


@pytest.mark.parametrize(
    ("days", "soon", "over"), [(61, False, False), (60, True, False), (0, True, False), (-1, False, True)]
)
def test_expiring_is_sixty_days_or_fewer(world: World, days: int, soon: bool, over: bool) -> None:
    """V-34."""
    found = item(world, expires_on=TODAY + days * DAY)
    assert clearance.expires_soon(found, TODAY, 60) is soon
    assert clearance.has_expired(found, TODAY) is over


def test_missing_is_what_is_neither_live_nor_unneeded(world: World) -> None:
    for kind, state in zip(AccessKind.values, AccessState.values, strict=False):
        item(world, kind, state, reason="Because" if state == "not_required" else "")
    gone = item(world, "desk", expires_on=TODAY - DAY)
    found = clearance.missing(world.placement.access_items.all(), TODAY)
    assert gone in found
    assert {one.state for one in found} == set(AccessState.values) - {"not_required"}


EACH_CHECK = (
    "identity_check",
    "right_to_work",
    "professional_registration_qualifications",
    "employment_history_references",
    "criminal_record_check",
    "work_health_assessment",
)


def test_v33_nothing_that_is_held_at_one_host_is_copied_to_another(world: World) -> None:
    """Checks, passport and letter of the first host: the second begins with none of them in place."""
    for kind in (*EACH_CHECK, "research_passport", "letter_of_access"):
        item(world, kind)
    second = host("nhs_foundation_trust")
    clearance.list_needs(world.placement, [world.host, second])
    there = world.placement.access_items.filter(host=second)
    kept = {(one.state, one.issued_on, one.issuer, one.reference, one.expires_on) for one in there}
    assert kept == {("required", None, "", "", None)}
    assert clearance.lacks_permission(world.placement, second, world.placement.access_items.all(), TODAY)
    assert not clearance.lacks_permission(
        world.placement, world.host, world.placement.access_items.all(), TODAY
    )


def test_v33_a_passport_that_the_second_host_has_validated_carries_the_checks_there(world: World) -> None:
    """The other side: each check is asked for once, by the employer; a host validates the passport that shows them."""
    second = host("nhs_foundation_trust")
    clearance.list_needs(world.placement, [world.host, second])
    there = world.placement.access_items.filter(host=second)
    assert {"research_passport", "letter_of_access"} < set(there.values_list("kind", flat=True))
    assert not there.filter(kind__in=EACH_CHECK).exists()
    validated = {"state": "in_place", "issued_on": TODAY, "issuer": "R&D of the second", "reference": "RP 2"}
    there.filter(kind__in=("research_passport", "letter_of_access")).update(**validated)
    lacking = {
        one.kind for one in clearance.missing(world.placement.access_items.all(), TODAY) if one.host == second
    }
    assert not lacking & {"research_passport", "letter_of_access", *EACH_CHECK}
    assert not clearance.lacks_permission(world.placement, second, world.placement.access_items.all(), TODAY)
    assert clearance.lacks_permission(world.placement, world.host, world.placement.access_items.all(), TODAY)
