"""Loading the register into the database: idempotent, and what people added stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import DjangoAssertNumQueries

from embedded.accounts.models import Person
from embedded.audit.models import Event
from programmes.models import NameKind, Organisation, OrganisationName, RegisterLoad
from programmes.registers.adding import add_by_hand
from programmes.registers.entry import Entry, FormerName, read_entries, write_entries
from programmes.registers.learning import learn
from programmes.registers.loading import load
from programmes.registers.problems import BadFile
from tests.registers.shipped import AT

pytestmark = pytest.mark.django_db
ENTRIES = read_entries()


@pytest.fixture
def newer(tmp_path: Path) -> Path:
    return tmp_path / "newer.csv"


def written(path: Path, **changes: Entry) -> Path:
    """The shipped register with some entries of ODS another way."""
    write_entries([changes.get(one.code, one) if one.scheme == "ods" else one for one in ENTRIES], path)
    return path


def entry(code: str) -> Entry:
    return next(one for one in ENTRIES if one.key == ("ods", code))


def test_everything_is_loaded_with_names_and_successors(register: None) -> None:
    assert Organisation.objects.count() == len(ENTRIES) == 931
    guys = Organisation.objects.get(ods_code="RJ1")
    assert str(guys) == "Guy's and St Thomas' NHS Foundation Trust"
    assert guys.names.filter(kind=NameKind.SITE, name="Harefield Hospital").exists()
    former = guys.names.get(kind=NameKind.FORMER)
    assert (former.name, former.until) == (
        "Royal Brompton and Harefield NHS Foundation Trust",
        date(2021, 1, 31),
    )
    solent = Organisation.objects.get(code="R1C")
    assert solent.successor is not None
    assert solent.successor.code == "RW1"
    northants = Organisation.objects.get(scheme="la", code="NTH")
    assert northants.successor is not None
    assert [northants.successor.code, *(o.code for o in northants.further_successors.all())] == ["NNT", "WNT"]
    assert Organisation.objects.live().count() + Organisation.objects.closed_ones().count() == 931
    assert Organisation.objects.live(on=date(2024, 9, 30)).filter(code="R1C").exists()
    assert not Organisation.objects.live(on=date(2024, 10, 1)).filter(code="R1C").exists()


def test_a_second_load_finds_nothing_to_do(
    register: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(2):
        assert load(at=AT).was_known
    assert RegisterLoad.objects.count() == 1
    assert Event.objects.filter(deed="register.loaded").count() == 1


def test_a_renamed_one_keeps_its_former_name(register: None, newer: Path) -> None:
    renamed = replace(entry("RJ1"), legal_name="THAMES NHS TRUST", display_name="Thames NHS Trust")
    loaded = load(written(newer, RJ1=renamed), at=AT)
    assert (loaded.added, loaded.renamed, loaded.changed) == (0, 1, 1)
    former = OrganisationName.objects.get(kind=NameKind.FORMER, name__startswith="Guy's and St Thomas'")
    assert (former.organisation.display_name, former.until) == ("Thames NHS Trust", AT.date())


def test_a_former_name_with_its_own_date_is_not_doubled(register: None, newer: Path) -> None:
    old = FormerName(entry("RJ1").display_name, date(2026, 4, 1))
    renamed = replace(
        entry("RJ1"), legal_name="THAMES NHS TRUST", display_name="Thames NHS Trust", former_names=(old,)
    )
    load(written(newer, RJ1=renamed), at=AT)
    former = OrganisationName.objects.get(kind=NameKind.FORMER, name__startswith="Guy's and St Thomas'")
    assert former.until == date(2026, 4, 1)


def test_a_closed_one_stays_with_its_successor_and_may_open_again(register: None, newer: Path) -> None:
    closed = replace(entry("RJZ"), closed=date(2026, 3, 31), successors=("RJ1", "RJ2"))
    assert load(written(newer, RJZ=closed), at=AT).closed == 1
    kings = Organisation.objects.get(code="RJZ")
    assert kings.successor is not None
    assert (kings.closed, kings.successor.code, kings.further_successors.count()) == (
        date(2026, 3, 31),
        "RJ1",
        1,
    )
    load(at=AT)
    kings = Organisation.objects.get(code="RJZ")
    assert (kings.closed, kings.successor, kings.further_successors.count()) == (None, None, 0)


def test_nothing_is_deleted_that_a_newer_file_leaves_out(register: None, newer: Path) -> None:
    write_entries([one for one in ENTRIES if one.code != "RJ2"], newer)
    load(newer, at=AT)
    assert Organisation.objects.filter(code="RJ2", closed=None).exists()


def test_learned_names_and_those_added_by_hand_stay(register: None, newer: Path, ada: Person) -> None:
    guys = Organisation.objects.get(code="RJ1")
    assert learn("big house by the river", guys, by=ada)
    own = add_by_hand(by=ada, name="Lambeth Carers Circle", kind="vcse", nation="england")
    load(written(newer, RJ1=replace(entry("RJ1"), town="Lambeth")), at=AT)
    assert guys.names.filter(kind=NameKind.LEARNED).count() == 1
    own.refresh_from_db()
    assert own.display_name == "Lambeth Carers Circle"


def test_a_bad_register_file_changes_nothing(register: None, newer: Path) -> None:
    text = written(newer).read_text(encoding="utf-8")
    newer.write_text(text.replace("2024-09-30", "2024-09-31").replace("Guy's", "Gal's"), encoding="utf-8")
    with pytest.raises(BadFile, match="line "):
        load(newer, at=AT)
    assert Organisation.objects.get(code="RJ1").display_name.startswith("Guy's")
    with pytest.raises(CommandError, match="Nothing has been changed"):
        call_command("load_registers", path=newer)
