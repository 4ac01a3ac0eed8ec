"""Finding an organisation: what must be found, in which order, and what must not."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as effort
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries, Settings

from embedded.accounts.models import Person
from embedded.spelling import one_edit_apart
from programmes.models import NameKind, Organisation, OrganisationName
from programmes.registers.adding import add_by_hand
from programmes.registers.index import current
from programmes.registers.search import certain, search
from programmes.registers.words import folded, initials, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _loaded(register: None) -> None:
    """Every test here searches the shipped register."""


FIRST: dict[str, str] = {
    # the issue and users.md
    "st thomas": "RJ1",
    "RJ1": "RJ1",
    "SE1 7EH": "RJ1",
    "kings college hosp": "RJZ",
    "addenbrookes": "RGT",
    "ADDENBROOKE'S": "RGT",
    "wythenshawe": "R0A",
    "UCLH": "RRV",
    "Queen's Medical": "RX1",
    "Charing Cross": "RYJ",
    # spelling, case, apostrophes, hyphens
    "rj1": "RJ1",
    " r j 1 ": "RJ1",
    "se17eh": "RJ1",
    "guys": "RJ1",
    "guy": "RJ1",
    "Guys & St. Thomas": "RJ1",
    "GUY’S AND SAINT THOMAS": "RJ1",
    "Kings College Hospital": "RJZ",
    "king s college hospital": "RJZ",
    "stoke on trent": "STE",
    "staffordshire and stoke on trent": "QNC",
    "st james leeds": "RR8",
    "univ hosp plymouth": "RK9",
    "grwp nptc": "10009614",
    "glyndwr": "10007833",
    # words begun, in any order
    "southampton univ hosp": "RHM",
    "hospitals oxford": "RTH",
    "quee med cen": "RX1",
    # initials
    "GSTT": "RJ1",
    "QMC": "RX1",
    "MFT": "R0A",
    "CUH": "RGT",
    "SLaM": "RV5",
    "sel icb": "QKK",
    # everyday names, sites, former names
    "jimmys": "RR8",
    "LGI": "RR8",
    "john radcliffe": "RTH",
    "the JR": "RTH",
    "royal brompton": "RJ1",
    "barts": "R1H",
    "hallamshire": "RHQ",
    "pennine acute": "RM3",
    "heart of england": "RRK",
    "brighton and sussex": "RYR",
    # places and codes
    "gobowen": "RL1",
    "10007784": "10007784",
    "E54000030": "QKK",
    "e09000022": "LBH",
    "RJ122": "RJ1",
    # small mistakes
    "addenbrooks": "RGT",
    "adenbrookes": "RGT",
    "addenborokes": "RGT",
    "wythenshaw": "R0A",
    "whythenshawe": "R0A",
    "manchster royal infermary": "R0A",
    "maudsly": "RV5",
    # what is shorter than the register's name
    "greenwich council": "GRE",
    "birmingham council": "BIR",
    "imperial": "10003270",
}


def test_what_people_type_finds_what_they_mean_first() -> None:
    found = {typed: [one.code for one in search(typed)[:1]] for typed in FIRST}
    assert found == {typed: [code] for typed, code in FIRST.items()}


NOTHING = [
    "",
    " ",
    "x",
    "!",
    "''",
    "zzzz",
    "addnbroks",
    "wthynshwe",
    "ZZ9 9ZZ",
    "X99",
    "guys wythenshawe",
    "%",
    "\x00",
]


def test_what_fits_nothing_finds_nothing() -> None:
    assert {typed: search(typed) for typed in NOTHING} == {typed: [] for typed in NOTHING}


def test_a_short_word_is_not_stretched_to_another_one() -> None:
    assert "RJ1" not in [one.code for one in search("gus", limit=50)]
    assert search("rj9") == []


def test_several_with_the_same_name_are_all_shown_with_why() -> None:
    found = {one.code: one.why for one in search("st marys hospital")}
    assert {"RYJ", "R0A", "R1F"} <= found.keys()
    assert found["RYJ"] == "includes St Mary's Hospital, Paddington"


def test_why_says_how_it_was_found() -> None:
    assert search("st thomas")[0].why == ""
    assert search("addenbrookes")[0].why == "includes Addenbrooke's Hospital"
    assert search("jimmys")[0].why == "also known as Jimmy's"
    assert (
        search("royal devon and exeter")[0].why
        == "called Royal Devon and Exeter NHS Foundation Trust until 2022"
    )
    assert search("GSTT")[0].why == "GSTT for short"
    assert search("gobowen")[0].why == "address: Gobowen"
    assert search("RJ122")[0].why == "RJ122 is a site of it"


def test_brighton_finds_the_hospital_and_not_only_the_community_trust() -> None:
    codes = [one.code for one in search("brighton")]
    assert codes.index("RYR") < codes.index("RDR")


def test_a_code_comes_before_a_postcode_before_a_name(ada: Person) -> None:
    first = add_by_hand(by=ada, name="Anything", kind="vcse", nation="england", charity_number="123456")
    second = add_by_hand(by=ada, name="123456 Club", kind="vcse", nation="england")
    assert [one.pk for one in search("123456")] == [first.pk, second.pk]


def test_closed_ones_come_below_the_live_ones_with_who_took_over() -> None:
    found = search("solent nhs trust")
    assert found[-1].code == "R1C"
    assert found[-1].closed_note == (
        "closed on 30 September 2024, now Hampshire and Isle of Wight Healthcare NHS Foundation Trust"
    )
    assert found[-1].successor is not None
    assert found[-1].successor.code == "RW1"
    after = next(one for one in found if one.code == "RW1")
    assert (after.why, after.closed_note) == ("took over from Solent NHS Trust", "")
    split = search("northamptonshire county council")
    assert [one.code for one in split] == ["NNT", "WNT", "NTH"]


def test_a_postcode_that_nobody_has_shows_who_is_near() -> None:
    assert [(one.code, one.why) for one in search("SE5 9XX")] == [("RJZ", "also in SE5")]
    assert [one.code for one in search("SE5")] == ["RJZ"]
    assert "RJ2" not in [one.code for one in search("SE1")]  # SE13 is another district


def test_kinds_narrow_the_search_and_a_slip_is_forgiven_within_them() -> None:
    assert [one.code for one in search("oxford", kinds=["hei"])][:1] == ["10007774"]
    assert {one.kind for one in search("oxford", kinds=["hei"], limit=50)} == {"hei"}
    assert search("addenbrookes", kinds=["hei"]) == []
    assert [one.code for one in search("kings colege london", kinds=["hei"])] == ["10003645"]


def test_the_limit_is_kept() -> None:
    assert len(search("london", limit=3)) == 3
    assert len(search("london", limit=1000)) > 60


def test_made_up_ones_are_found_only_in_the_demonstration(settings: Settings) -> None:
    add_by_hand(
        by=None, name="Marrowby Teaching Hospitals", kind="nhs_trust", nation="england", is_made_up=True
    )
    assert search("marrowby") == []
    settings.DEMONSTRATION = True
    assert [(one.display_name, one.is_made_up) for one in search("marrowby")] == [
        ("Marrowby Teaching Hospitals", True)
    ]
    assert "Made up for the demonstration" in search("marrowby")[0].note


def test_a_search_asks_the_database_once(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    search("st thomas")
    with django_assert_num_queries(1):
        search("kings college hosp")


def add(**values: Any) -> Organisation:
    base = {"scheme": "own", "kind": "vcse", "nation": "england"}
    name = values.pop("name")
    return Organisation.objects.create(**(base | {"legal_name": name, "display_name": name} | values))


def test_every_write_is_seen_by_the_next_search_however_it_was_made() -> None:
    one = add(code="O1", name="Quillfeather House")
    assert search("quillfeather")[0].pk == one.pk
    Organisation.objects.filter(pk=one.pk).update(display_name="Brambleworth House")
    assert search("brambleworth")[0].pk == one.pk
    name = OrganisationName.objects.create(organisation=one, name="Thistledown", kind=NameKind.OTHER)
    assert search("thistledown")[0].pk == one.pk
    OrganisationName.objects.filter(pk=name.pk).update(name="Cloverleaf")
    assert search("thistledown") == []
    assert search("cloverleaf")[0].pk == one.pk
    Organisation.objects.filter(pk=one.pk).update(closed=date(2026, 1, 1))
    assert search("brambleworth")[0].closed_note == "closed on 1 January 2026"
    name.delete()
    assert search("cloverleaf") == []


def test_the_index_is_kept_while_nothing_changes() -> None:
    assert current() is current()


def test_certain_is_only_a_code_or_the_own_whole_name_of_a_live_one() -> None:
    expected = {
        "RJ1": "RJ1",
        "guys and st thomas nhs foundation trust": "RJ1",
        "University of Oxford": "10007774",
        "oxford": None,
        "addenbrookes": None,
        "BAS": None,
        "R1C": None,
        "": None,
    }
    found = {typed: certain(typed) for typed in expected}
    assert {typed: one.code if one else None for typed, one in found.items()} == expected


@given(st.text(max_size=300))
@effort(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_text_breaks_the_search(text: str) -> None:
    assert len(search(text, limit=5)) <= 5


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("ward", "wards", True),
        ("ward", "ard", True),
        ("ward", "word", True),
        ("ward", "wrad", True),
        ("ward", "ward", False),
        ("ward", "wardss", False),
        ("ward", "wrods", False),
        ("abcd", "badc", False),
    ],
)
def test_one_edit_apart(one: str, other: str, apart: bool) -> None:
    assert one_edit_apart(one, other) is apart
    assert one_edit_apart(other, one) is apart


def test_words_are_folded() -> None:
    assert folded("Grŵp  St. Thomas’ & Guy's-upon-X") == "grwp st thomas and guys upon x"
    assert words_of("Saint Mary's Hosp FT") == ("st", "marys", "hospital", "foundation", "trust")
    assert {"gst", "gstt"} <= initials("Guy's and St Thomas' NHS Foundation Trust")
    assert initials("NHS") == frozenset()
