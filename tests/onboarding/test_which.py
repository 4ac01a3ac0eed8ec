"""Which permission is usual: five questions that are kept nowhere; a host's own rule before ours."""

from __future__ import annotations

import re
from itertools import product
from typing import Any
from urllib.parse import urlencode

import pytest

from embedded.audit.models import Event
from programmes.models import HostRule, OrganisationPart, PermissionCase, ResidencyOrganisation, RuleAsks
from programmes.onboarding.deciding import (
    BEARING,
    DIRECTIONS,
    EMPLOYERS,
    HOSTS,
    INTO,
    OUT_OF,
    WORK,
    Answers,
    answers_known,
    rows_for,
)
from tests.house.tables import changed, digests
from tests.registration.filled import key
from tests.world import World, client_of, join, make_organisation, make_person, make_residency

CASE = PermissionCase
SAID = {"words": "Write to the research office; it takes three weeks", "said_by_name": "Priya Nair"}


def asked(world: World, **answers: str) -> str:
    plain = {"direction": INTO, "employer": "university", "host": "nhs", "work": "research", "bearing": "no"}
    return f"/p/{world.programme.slug}/which-permission/?{urlencode(plain | answers)}"


def rules(world: World, tail: str = "", host: Any = None) -> str:
    return f"/p/{world.programme.slug}/which-permission/{(host or world.host).pk}/{tail}"


def words_of(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def sent(**typed: str) -> dict[str, str]:
    return {"form_key": key(), "version": "0"} | SAID | typed


# the table


@pytest.mark.parametrize(
    ("direction", "employer", "host", "work", "bearing", "cases"),
    [
        (INTO, "host", "nhs", "research", "yes", [CASE.HOST_EMPLOYS]),
        (INTO, "nhs", "nhs", "research", "yes", [CASE.OTHER_NHS]),
        (INTO, "university", "nhs", "research", "yes", [CASE.UNIVERSITY_BEARING]),
        (INTO, "university", "nhs", "research", "no", [CASE.UNIVERSITY]),
        (INTO, "university", "nhs", "research", "unknown", [CASE.UNIVERSITY, CASE.UNIVERSITY_BEARING]),
        (INTO, "clinical_academic", "nhs", "research", "yes", [CASE.CLINICAL_ACADEMIC]),
        (INTO, "other", "nhs", "research", "no", [CASE.OTHER_EMPLOYER]),
        (INTO, "university", "nhs", "other", "no", [CASE.NOT_RESEARCH]),
        (INTO, "nhs", "nhs", "both", "no", [CASE.OTHER_NHS, CASE.NOT_RESEARCH]),
        (INTO, "company", "nhs", "other", "no", [CASE.COMMERCIAL]),
        (INTO, "university", "not_nhs", "research", "yes", [CASE.NOT_NHS]),
        (INTO, "nhs", "practice", "research", "yes", [CASE.PRACTICE]),
        (OUT_OF, "nhs", "university", "research", "no", [CASE.REVERSE]),
        (INTO, "nhs", "university", "research", "no", [CASE.REVERSE]),
    ],
)
def test_answers_lead_to_the_row_of_the_table(
    direction: str, employer: str, host: str, work: str, bearing: str, cases: list[PermissionCase]
) -> None:
    assert [row.case for row in rows_for(Answers(direction, employer, host, work, bearing))] == cases


def test_every_way_of_answering_leads_somewhere_and_every_row_is_reached() -> None:
    reached = set()
    for way in product(
        *([value for value, _ in one] for one in (DIRECTIONS, EMPLOYERS, HOSTS, WORK, BEARING))
    ):
        rows = rows_for(Answers(*way))
        assert 1 <= len(rows) <= 3
        reached |= {row.case for row in rows}
    assert reached == set(PermissionCase)


@pytest.mark.parametrize(
    ("employer", "host", "known"),
    [
        ("hei", "nhs_trust", ("to_service", "university", "nhs")),
        ("icb", "gp_practice", ("to_service", "nhs", "practice")),
        ("vcse", "local_authority", ("to_service", "other", "not_nhs")),
        ("private_sector", "nhs_trust", ("to_service", "company", "nhs")),
        ("nhs_trust", "hei", ("from_service", "nhs", "university")),
    ],
)
def test_records_answer_what_they_know(
    db: None, employer: str, host: str, known: tuple[str, str, str]
) -> None:
    found = answers_known(make_organisation(kind=employer), make_organisation(kind=host), [])
    assert (found["direction"], found["employer"], found["host"]) == known and found["work"] == "unknown"


# the page


def test_page_says_what_is_usual_why_and_by_which_source(world: World) -> None:
    page = words_of(world.client("rd_office").get(asked(world)))
    for words in (
        "Research passport, then a letter of access",
        "Why:",
        "Source:",
        "port.ac.uk",
        "This is advice",
    ):
        assert words in page


def test_page_owns_up_where_nobody_has_published_a_rule(world: World) -> None:
    page = words_of(world.client("rd_office").get(asked(world, host="practice")))
    assert "none published that we know of" in page


def test_page_asks_for_what_was_left_out(world: World) -> None:
    address = f"/p/{world.programme.slug}/which-permission/?answered=yes&direction={INTO}"
    page = world.client("rd_office").get(address).content.decode()
    assert "Select who employs the person" in page and "<title>Error: " in page


def test_page_that_is_known_in_part_asks_the_rest_without_a_scolding(world: World) -> None:
    page = (
        world.client("rd_office")
        .get(f"/p/{world.programme.slug}/which-permission/?host=nhs")
        .content.decode()
    )
    assert "Error" not in page and re.search(r'value="nhs"[^>]* checked', page)


def test_nothing_is_kept_of_the_questions(world: World) -> None:
    client = world.client("rd_office")
    client.get(asked(world))
    before = digests({"accounts_signin", "django_session"})
    assert client.get(asked(world, work="both")).status_code == 200
    assert changed(before, digests({"accounts_signin", "django_session"})) == []


def test_access_page_leads_there_with_what_is_known(world: World) -> None:
    page = world.client("host_manager").get(world.url("access/")).content.decode()
    link = re.search(r'href="([^"]+which-permission/\?[^"]+)"', page)[1].replace("&amp;", "&")  # type: ignore[index]
    assert f"at={world.host.pk}" in link and "employer=university" in link
    shown = words_of(world.client("host_manager").get(link))
    assert "What to ask" in shown and "Made Up Trust decides" in shown


@pytest.mark.parametrize(("role", "status"), [("researcher", 200), ("funder", 403), ("public_partner", 403)])
def test_page_is_for_those_who_see_access(world: World, role: str, status: int) -> None:
    assert world.client(role).get(asked(world)).status_code == status


@pytest.mark.parametrize("at", ["x", "0", "9" * 30, "²"])
def test_host_that_is_none_is_not_found(world: World, at: str) -> None:
    assert world.client("rd_office").get(asked(world, at=at)).status_code == 404


# what hosts say


def state(world: World, case: str = "university", role: str = "rd_office", **typed: str) -> Any:
    return world.client(role).post(rules(world, f"{case}/"), sent(**typed))


def test_host_s_own_rule_is_shown_before_ours_with_who_and_when(world: World) -> None:
    assert state(world).status_code == 302
    page = words_of(world.client("researcher").get(asked(world, at=str(world.host.pk))))
    assert page.index("Made Up Trust says:") < page.index("Elsewhere this is usual")
    assert "Priya Nair, recorded by " in page
    access = words_of(world.client("researcher").get(world.url("access/")))
    assert "Write to the research office" in access
    event = Event.objects.get(deed="host_rule.stated")
    assert event.details["case"] == "university" and "three weeks" not in str(event.details)


@pytest.mark.parametrize(
    ("role", "status"),
    [("hr", 302), ("host_manager", 302), ("programme_lead", 302), ("ig_lead", 403), ("researcher", 403)],
)
def test_rule_is_stated_by_those_who_may(world: World, role: str, status: int) -> None:
    assert state(world, role=role).status_code == status


def test_rule_of_another_host_is_not_stated(world: World) -> None:
    second = make_organisation("Second Trust")
    ResidencyOrganisation.objects.create(
        residency=world.residency, organisation=second, part=OrganisationPart.HOST
    )
    address = rules(world, "university/", second)
    assert world.client("rd_office").get(address).status_code == 404
    assert world.client("programme_lead").get(address).status_code == 200


def test_rule_stays_within_its_programme(world: World, other_world: World) -> None:
    state(world)
    make_residency(other_world.programme, world.host)
    page = words_of(other_world.client("programme_lead").get(rules(other_world, host=world.host)))
    assert "has not said yet" in page and "three weeks" not in page


@pytest.mark.parametrize(
    ("typed", "instruction"),
    [
        ({"words": ""}, "Enter what the host asks for"),
        ({"said_by_name": ""}, "Enter who at the host says so"),
        ({"asks": ""}, "Select what the host asks for in one line"),
        ({"asks": "yacht"}, "Select what the host asks for in one line"),
    ],
)
def test_rule_says_what_to_put_right(world: World, typed: dict[str, str], instruction: str) -> None:
    response = state(world, "not_research", **({"asks": RuleAsks.NOTHING.value} | typed))
    assert instruction in response.content.decode() and not HostRule.objects.exists()


def test_one_line_is_asked_of_work_that_is_not_research_alone(world: World) -> None:
    client = world.client("rd_office")
    assert 'name="asks"' in client.get(rules(world, "not_research/")).content.decode()
    assert 'name="asks"' not in client.get(rules(world, "university/")).content.decode()
    assert client.get(rules(world, "yacht/")).status_code == 404


def test_somebody_else_s_rule_is_not_overwritten(world: World) -> None:
    """P47."""
    state(world)
    page = state(world, words="Ask HR instead")
    assert "Changed since you opened it" in page.content.decode()
    assert "Ask HR instead" in page.content.decode() and "three weeks" in page.content.decode()
    assert HostRule.objects.get().words == SAID["words"]
    state(world, words="Ask HR instead", version=str(HostRule.objects.get().version))
    assert HostRule.objects.get().words == "Ask HR instead"


def test_office_of_another_host_sees_no_rule_of_this_one(world: World) -> None:
    office = make_person("Second Office")
    join(office, "rd_office", world.programme, make_organisation("Second Trust"))
    assert client_of(office).get(rules(world)).status_code == 404
