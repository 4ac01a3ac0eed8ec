"""Adding by hand: codes of our own, and what may be the same."""

from __future__ import annotations

import pytest

from embedded.accounts.models import Person
from embedded.audit.models import Event
from programmes.models import Organisation
from programmes.registers.adding import add_by_hand
from programmes.registers.near import near_duplicates
from programmes.registers.search import search

pytestmark = pytest.mark.django_db


def test_what_is_added_gets_the_next_code_and_is_found_at_once(ada: Person) -> None:
    first = add_by_hand(by=ada, name="Lambeth Carers Circle", kind="vcse", nation="england", town="London")
    Organisation.objects.create(
        scheme="own", code="DEMO1", legal_name="X", display_name="X", kind="other", nation="wales"
    )
    second = add_by_hand(by=ada, name="Bute Carers", kind="vcse", nation="scotland")
    assert [first.code, second.code] == ["O1", "O2"]
    assert (first.added_by, first.scheme, first.town, first.is_made_up) == (ada, "own", "London", False)
    assert [one.pk for one in search("carers circle")] == [first.pk]
    event = Event.objects.filter(deed="organisation.added").first()
    assert event is not None
    assert event.who == "Ada Obi"


SAME = [
    ("Kings College Hosp", "", "nhs_foundation_trust", "RJZ"),
    ("Guys & St Thomas NHS FT", "", "", "RJ1"),
    ("Addenbrooke's", "", "nhs_trust", "RGT"),
    ("Greenwich Council", "", "local_authority", "GRE"),
    ("London Borough of Greenwich", "", "local_authority", "GRE"),
    ("Leeds Council", "", "local_authority", "LDS"),
    ("Univeristy of Manchester", "", "hei", "10007798"),
    ("Manchester Univ.", "", "hei", "10007798"),
    ("St Thomas", "SE1 7EH", "vcse", "RJ1"),
    ("Pennine Acute Hospitals", "", "nhs_trust", "RM3"),
]
OTHERS = [
    ("Lambeth Community Gardens", "", "vcse"),
    ("Age Concern Wigan", "", "vcse"),
    ("Glasgow Royal Infirmary", "", "health_board"),
    ("NHS Lothian", "", "health_board"),
    ("Belfast Health and Social Care Trust", "", "hsc_trust"),
    ("Greenwich Youth Club", "", "vcse"),
    ("The Corner Bakery", "SE1 7EH", "private_sector"),
]


def test_what_is_alike_is_shown_and_what_is_not_is_not(register: None) -> None:
    shown = {
        name: [one.code for one in near_duplicates(name, postcode, kind)] for name, postcode, kind, _ in SAME
    }
    assert {name: codes[:1] for name, codes in shown.items()} == {name: [code] for name, _, _, code in SAME}
    strangers = {row[0]: [one.display_name for one in near_duplicates(*row)] for row in OTHERS}
    assert strangers == {name: [] for name, *_ in OTHERS}


def test_one_added_before_is_found_in_spite_of_a_slip(ada: Person) -> None:
    add_by_hand(by=ada, name="Lambeth Community Gardens", kind="vcse", nation="england")
    assert near_duplicates("Lambeth Comunity Garden")[0].display_name == "Lambeth Community Gardens"
    assert near_duplicates("") == []
