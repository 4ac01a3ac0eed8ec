"""Learning the names by which people know an organisation."""

from __future__ import annotations

import pytest

from embedded.accounts.models import Person
from embedded.audit.models import Event
from programmes.models import NameKind, Organisation, OrganisationName
from programmes.registers.learning import MOST_FOR_ONE, learn
from programmes.registers.search import search

pytestmark = pytest.mark.django_db


@pytest.fixture
def guys(register: None) -> Organisation:
    return Organisation.objects.get(code="RJ1")


def learned(organisation: Organisation) -> list[OrganisationName]:
    return list(organisation.names.filter(kind=NameKind.LEARNED))


def test_one_pick_helps_those_who_type_the_very_same_words_and_is_shown_to_nobody(
    guys: Organisation, ada: Person
) -> None:
    assert learn("The  Big House", guys, by=ada)
    assert [(one.name, one.picked, one.picked_by) for one in learned(guys)] == [("The Big House", 1, ada)]
    assert [one.code for one in search("the big house")] == ["RJ1"]
    assert "House" not in search("the big house")[0].why
    assert "RJ1" not in [one.code for one in search("big house")]


def test_the_second_different_person_makes_it_a_name(guys: Organisation, ada: Person, ben: Person) -> None:
    learn("the big house", guys, by=ada)
    assert not learn("The Big House!", guys, by=ada)
    assert learned(guys)[0].picked == 1
    assert learn("The Big House!", guys, by=ben)
    assert learned(guys)[0].picked == 2
    assert [(one.code, one.why) for one in search("big hou")][:1] == [("RJ1", "also known as the big house")]


def test_each_organisation_learns_for_itself(guys: Organisation, ada: Person, ben: Person) -> None:
    kings = Organisation.objects.get(code="RJZ")
    assert learn("the big house", guys, by=ada)
    assert learn("the big house", kings, by=ben)
    assert {one.code for one in search("the big house")} == {"RJ1", "RJZ"}


@pytest.mark.parametrize(
    "text",
    [
        "ada@people.example",
        "my trust @ home",
        "0123456",
        "12 34",
        "ab",
        "a1",
        "",
        "   ",
        "!!!",
        "x" * 81,
        "st thomas",  # finds it by name
        "GSTT",
        "evelina",
        "brompton hospital",
        "evelyna london",  # a slip: found all the same
        "RJ1",
        "SE1 7EH",
    ],
)
def test_what_is_no_name_or_needs_no_learning_is_not_learned(
    text: str, guys: Organisation, ada: Person
) -> None:
    assert not learn(text, guys, by=ada)
    assert learned(guys) == []


@pytest.mark.parametrize("text", ["abc", "x" * 80, "westminster bridge", "Dr Foster 4"])
def test_what_finds_it_only_by_address_or_not_at_all_is_learned(
    text: str, guys: Organisation, ada: Person
) -> None:
    assert learn(text, guys, by=ada)


def test_an_organisation_learns_only_so_many_names(guys: Organisation, ada: Person) -> None:
    names = [
        OrganisationName(organisation=guys, name=f"Nickname {n}", kind="learned", picked=1) for n in range(40)
    ]
    OrganisationName.objects.bulk_create(names)
    assert len(names) == MOST_FOR_ONE
    assert not learn("one more name", guys, by=ada)
    assert learn("nickname 7", guys, by=ada)


def test_learning_is_audited_without_the_text(guys: Organisation, ada: Person) -> None:
    learn("the big house", guys, by=ada)
    event = Event.objects.get(deed="organisation.name_learned")
    assert (event.who, event.what) == ("Ada Obi", str(guys))
    assert "house" not in str(event.details)
