"""The database itself refuses an organisation that cannot be (V-1 to V-3)."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from embedded.accounts.models import Person
from programmes.models import NameKind, Organisation, OrganisationName

pytestmark = pytest.mark.django_db
BASE = {"legal_name": "X", "display_name": "X", "kind": "nhs_trust", "nation": "england"}


def make(**values: Any) -> Organisation:
    return Organisation.objects.create(**(BASE | {"scheme": "own", "code": "O1"} | values))


BAD: dict[str, dict[str, Any]] = {
    "organisation_scheme_is_listed": {"scheme": "duns"},
    "organisation_kind_is_listed": {"kind": "club"},
    "organisation_nation_is_listed": {"nation": "france"},
    "organisation_has_code_and_names": {"display_name": ""},
    "organisation_ods_code_format": {"ods_code": "R-1"},
    "organisation_ror_id_format": {"ror_id": "13yrm5c26"},
    "organisation_gss_code_format": {"gss_code": "E1"},
    "organisation_ukprn_format": {"ukprn": "1"},
    "organisation_ods_code_is_its_code": {"scheme": "ods", "code": "RJ1", "ods_code": "RJ2"},
    "organisation_closes_after_it_opens": {"opened": "2024-02-02", "closed": "2024-02-01"},
}


@pytest.mark.parametrize("constraint", BAD)
def test_a_row_that_cannot_be_is_refused(constraint: str) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        make(**BAD[constraint])


def test_a_day_of_life_is_long_enough() -> None:
    assert make(opened="2024-02-01", closed="2024-02-01").pk


def test_v3_two_live_ones_do_not_share_an_ods_code_but_a_closed_and_a_live_one_may() -> None:
    make(code="O1", ods_code="RJ1", closed="2024-01-01")
    make(code="O2", ods_code="RJ1")
    with pytest.raises(IntegrityError, match="organisation_live_ods_code_once"), transaction.atomic():
        make(code="O3", ods_code="RJ1")


def test_v3_two_live_ones_do_not_share_a_ror_id_but_a_closed_and_a_live_one_may() -> None:
    make(code="O1", ror_id="03yrm5c26", closed="2024-01-01")
    make(code="O2", ror_id="03yrm5c26")
    with pytest.raises(IntegrityError, match="organisation_live_ror_id_once"), transaction.atomic():
        make(code="O3", ror_id="03yrm5c26")


def test_a_code_stands_once_in_its_scheme() -> None:
    make()
    with pytest.raises(IntegrityError, match="organisation_code_once"), transaction.atomic():
        make()
    assert make(scheme="ror").pk


def test_only_a_closed_one_has_a_successor_and_never_itself(ada: Person) -> None:
    one, other = make(code="O1"), make(code="O2")
    with pytest.raises(IntegrityError, match="organisation_with_successor_is_closed"), transaction.atomic():
        Organisation.objects.filter(pk=one.pk).update(successor=other)
    with pytest.raises(IntegrityError, match="organisation_does_not_succeed_itself"), transaction.atomic():
        Organisation.objects.filter(pk=one.pk).update(successor=one, closed="2024-01-01")
    Organisation.objects.filter(pk=one.pk).update(successor=other, closed="2024-01-01")
    with (
        pytest.raises(IntegrityError, match="organisation_of_a_register_is_nobodys_own"),
        transaction.atomic(),
    ):
        make(scheme="ror", code="x", added_by=ada)


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"kind": "nickname"}, "organisation_name_kind_is_listed"),
        ({"name": ""}, "organisation_name_is_not_empty"),
        ({"since": "2024-02-02", "until": "2024-02-01"}, "organisation_name_ends_after_it_begins"),
        ({"kind": "learned"}, "organisation_name_learned_if_picked"),
        ({"picked": 1}, "organisation_name_learned_if_picked"),
        ({"name": "taken"}, "organisation_name_once_a_kind"),
    ],
)
def test_a_name_that_cannot_be_is_refused(values: dict[str, Any], constraint: str) -> None:
    organisation = make()
    OrganisationName.objects.create(organisation=organisation, name="Taken", kind=NameKind.OTHER)
    row = {"organisation": organisation, "name": "X", "kind": NameKind.OTHER} | values
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        OrganisationName.objects.create(**row)
