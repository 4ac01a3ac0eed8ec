"""The pages of the directory, by anybody signed in; adding by those who need it."""

from __future__ import annotations

from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from programmes.models import Organisation
from programmes.models.organisation import OrganisationQuerySet
from programmes.registers.adding import add_by_hand
from tests.world import client_of, join, make_person, make_programme

pytestmark = pytest.mark.django_db
ADD = "/organisations/add/"
CARERS = {"name": "Lambeth Carers Circle", "kind": "vcse", "nation": "england", "postcode": "sw21aa"}


@pytest.fixture(autouse=True)
def _loaded(register_of_module: None) -> None:
    """Every page here shows the shipped register."""


@pytest.fixture
def reader() -> Client:
    """Somebody signed in without any membership."""
    return client_of(make_person("Rhea Reader"))


@pytest.fixture
def manager() -> Client:
    person = make_person("Max Manager")
    programme = make_programme()
    join(person, "host_manager", programme, Organisation.objects.get(code="RJ1"))
    return client_of(person)


def added() -> OrganisationQuerySet:
    """Those that were added by hand: the world of the tests gives its own other codes."""
    return Organisation.objects.filter(scheme="own", code__regex=r"^O\d+$")


def text(response: Any) -> str:
    return unescape(response.content.decode())


@pytest.mark.parametrize(
    "address", ["/organisations/", "/organisations/?q=guys", "/organisations/ods/RJ1/", ADD]
)
def test_nobody_signed_out_reads_the_directory(client: Client, address: str) -> None:
    for accept in ("text/html", "application/json"):
        assert client.get(address, headers={"accept": accept}).status_code in (302, 401)


def test_looking_up_shows_what_fits_with_links(reader: Client) -> None:
    page = text(reader.get("/organisations/?q=wythenshawe"))
    assert "1 organisation" in page
    assert 'href="/organisations/ods/R0A/"' in page
    assert "Includes Wythenshawe Hospital" in page
    assert "Add an organisation" not in page  # a reader without a programme adds nothing
    assert "<title>wythenshawe – organisations" in page


def test_looking_up_what_fits_nothing_says_what_to_try(manager: Client) -> None:
    page = text(manager.get("/organisations/?q=zzzz<b>"))
    assert "Nothing fits “zzzz<b>”" in page
    assert "/organisations/add/?name=zzzz%3Cb%3E" in page


def test_a_closed_one_is_marked_and_leads_on(reader: Client) -> None:
    page = text(reader.get("/organisations/?q=solent+nhs+trust"))
    assert page.index("ods/RW1/") < page.index("ods/R1C/")
    page = text(reader.get("/organisations/ods/R1C/"))
    assert "Closed" in page
    assert "30 September 2024" in page
    assert 'href="/organisations/ods/RW1/">Hampshire and Isle of Wight Healthcare' in page
    page = text(reader.get("/organisations/ods/RW1/"))
    assert "Took over from" in page
    assert "Southern Health NHS Foundation Trust (until 30 September 2024)" in page


def test_the_facts_of_one_organisation_stand_on_its_page(reader: Client) -> None:
    page = text(reader.get("/organisations/ods/RJ1/"))
    for fact in (
        "NHS foundation trust",
        "RJ1 (Organisation Data Service)",
        "St Thomas' Hospital<br>Westminster Bridge Road<br>London<br>SE1 7EH",
        "NHS South East London Integrated Care Board",
        "1 April 1993",
        "Evelina London Children's Hospital",
    ):
        assert fact in page, fact
    assert "GUY'S" not in page
    assert "North Northamptonshire" in text(reader.get("/organisations/la/NTH/"))
    assert "Derry City Council" in text(reader.get("/organisations/la/NIR-A/"))


@pytest.mark.parametrize("address", ["ods/XXX", "own/O99", "nhs/RJ1", "ods/rj1"])
def test_an_unknown_code_is_not_found(reader: Client, address: str) -> None:
    assert reader.get(f"/organisations/{address}/").status_code == 404


def test_a_made_up_one_exists_only_in_the_demonstration(reader: Client, settings: Any) -> None:
    made = add_by_hand(by=None, name="Marrowby Trust", kind="nhs_trust", nation="england", is_made_up=True)
    address = reverse("organisation", args=["own", made.code])
    assert reader.get(address).status_code == 404
    assert "Marrowby Trust</a>" not in text(reader.get("/organisations/?q=marrowby"))
    settings.DEMONSTRATION = True
    assert "exists only in the demonstration" in text(reader.get(address))
    assert "Made up" in text(reader.get("/organisations/?q=marrowby"))


def test_the_box_in_forms_gets_data(reader: Client) -> None:
    response = reader.get("/organisations/?q=st+thomas", headers={"accept": "application/json"})
    assert response.json() == {
        "results": [
            {
                "reference": "ods:RJ1",
                "name": "Guy's and St Thomas' NHS Foundation Trust",
                "note": "NHS foundation trust, code RJ1. London, SE1 7EH",
            }
        ]
    }
    assert "Accept" in response["Vary"]
    assert "no-store" in response["Cache-Control"]
    only = reader.get(
        "/organisations/?q=oxford&kind=hei&kind=health_board", headers={"accept": "application/json"}
    )
    assert {row["reference"].split(":")[0] for row in only.json()["results"]} == {"ukprn"}


def test_lookups_are_only_read(reader: Client) -> None:
    for address in ("/organisations/", "/organisations/ods/RJ1/"):
        assert reader.post(address).status_code == 405
    assert reader.delete(ADD).status_code in (403, 405)


@pytest.mark.parametrize("role", ["programme_lead", "programme_officer", "host_manager", "researcher"])
def test_those_who_register_or_add_partners_may_add(role: str) -> None:
    person, programme = make_person(), make_programme()
    place = Organisation.objects.get(code="RJ1") if role == "host_manager" else None
    if role == "researcher":
        from tests.world import make_residency

        place = make_residency(programme)  # type: ignore[assignment]
    join(person, role, programme, place)
    assert client_of(person).get(ADD).status_code == 200


def test_nobody_else_may_add(reader: Client) -> None:
    assert reader.get(ADD).status_code == 403
    assert reader.post(ADD, CARERS).status_code == 403
    starter = client_of(make_person(may_start_programmes=True))
    assert starter.get(ADD).status_code == 200


def test_adding_takes_three_answers_and_leads_to_the_page(manager: Client) -> None:
    page = text(manager.get(f"{ADD}?name=Lambeth+Carers+Circle"))
    assert 'value="Lambeth Carers Circle"' in page
    response = manager.post(ADD, CARERS, follow=True)
    one = added().get()
    assert response.redirect_chain == [(f"/organisations/own/{one.code}/", 302)]
    assert (one.display_name, one.postcode, one.kind) == ("Lambeth Carers Circle", "SW2 1AA", "vcse")
    page = text(response)
    assert "Lambeth Carers Circle is added" in page
    assert f"type its name or the code {one.code}" in page


def test_pressing_twice_adds_once(manager: Client) -> None:
    key = "5b2f2c1e-5a50-4f0e-8a0e-0d5b8d1f0a11"
    first = manager.post(ADD, CARERS | {"form_key": key})
    second = manager.post(ADD, CARERS | {"form_key": key})
    assert first["Location"] == second["Location"]
    assert added().count() == 1


def test_an_alike_one_is_asked_about_before_anything_is_added(manager: Client) -> None:
    typed = {"name": "Kings College Hosp", "kind": "nhs_trust", "nation": "england"}
    page = text(manager.post(ADD, typed))
    assert "Is it one of these?" in page
    assert "King's College Hospital NHS Foundation Trust" in page
    assert 'value="Kings College Hosp"' in page
    assert not added().exists()
    seen = page.split('name="seen" value="')[1].split('"')[0]
    assert seen.split(",")[0] == "ods:RJZ"

    same = manager.post(ADD, typed | {"seen": seen, "same_as": "ods:RJZ"})
    assert same["Location"] == "/organisations/ods/RJZ/"
    assert not added().exists()

    new = manager.post(ADD, typed | {"seen": seen, "same_as": "new"})
    assert new.status_code == 302
    assert added().get().display_name == "Kings College Hosp"


def test_an_answer_counts_only_for_the_list_that_was_shown(manager: Client) -> None:
    typed = {"name": "Kings College Hosp", "kind": "nhs_trust", "nation": "england"}
    page = text(manager.post(ADD, typed | {"same_as": "new", "seen": "ods:R0A"}))
    assert "Is it one of these?" in page
    assert not added().exists()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"name": ""}, "Enter the name"),
        ({"kind": ""}, "Select the kind of organisation"),
        ({"kind": "icb"}, "Select the kind of organisation"),
        ({"nation": ""}, "Select the nation"),
        ({"postcode": "London"}, "Enter a full UK postcode"),
        ({"ror_id": "01k4yrm30"}, "Check the ROR id"),
        ({"name": "x" * 251}, "must be 250 characters or fewer"),
    ],
)
def test_a_wrong_answer_says_what_to_enter_and_keeps_the_rest(
    manager: Client, change: dict[str, str], message: str
) -> None:
    page = text(manager.post(ADD, CARERS | {"town": "Lambeth"} | change))
    assert message in page
    assert 'value="Lambeth"' in page
    assert "<title>Error: " in page
    assert not added().exists()


def test_v3_a_ror_id_that_a_live_one_has_is_refused_by_name(manager: Client) -> None:
    manager.post(ADD, CARERS | {"ror_id": "https://ror.org/03yrm5c26"})
    assert added().get().ror_id == "03yrm5c26"
    other = {"name": "Quillfeather Trust", "kind": "funder", "nation": "wales", "ror_id": "03yrm5c26"}
    assert "Lambeth Carers Circle has this ROR id already" in text(manager.post(ADD, other))
