"""The list of residencies: what it is narrowed to, sorted by and downloaded as stands in its address."""

from __future__ import annotations

import csv
import datetime
import io
import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from embedded.audit.models import Event
from programmes.access import Scope
from programmes.home.finding import WHOSE, Filter
from programmes.home.following import next_step
from programmes.models import (
    AccessItem,
    OrganisationPart,
    Placement,
    Residency,
    ResidencyOrganisation,
    Stage,
    Theme,
)
from tests.world import TODAY, World, make_organisation, make_person, make_residency

DAY = datetime.timedelta(days=1)


def listed(world: World, **asked: str) -> list[str]:
    """The titles that the address gives."""
    found = Residency.objects.filter(programme=world.programme)
    return [one.title for one in Filter.of(asked).apply(found, world.programme)]


def address(world: World, tail: str = "") -> str:
    return f"/p/{world.programme.slug}/residencies/{tail}"


@pytest.mark.parametrize(
    "words", ["falls", "FALL", "bay 4", "ruth", "achebe", "brind", "ida", "99 of them", "o'clo"]
)
def test_words_find_titles_codes_problems_sites_hosts_and_people(world: World, words: str) -> None:
    other = make_residency(
        world.programme,
        make_organisation("Brindmere Trust"),
        title="Falls at night",
        problem="There are 99 of them a year, at 3 o'clock",
        site="Bay 4",
        host_manager_name="Ruth Lomax",
    )
    Placement.objects.create(residency=other, person=make_person("Olu Achebe"), wte="0.5", start=TODAY())
    home = make_organisation("University of Idale")
    ResidencyOrganisation.objects.create(residency=other, organisation=home, part="academic_home")
    assert listed(world, q=words) == ["Falls at night"]
    assert listed(world, q=f"{words} {other.code}") == ["Falls at night"]
    assert listed(world, q=f"{words} nowhere") == []
    assert listed(world, q=f"{words} %%") == []


def test_a_search_reaches_no_other_programme(world: World, other_world: World) -> None:
    Residency.objects.filter(pk=other_world.residency.pk).update(title="Elsewhere")
    shown = world.client("programme_lead").get(address(world), {"q": "Elsewhere"}).content.decode()
    assert "Nothing fits" in shown
    assert "Take away" in shown and "Show all" in shown


def test_each_filter_narrows_to_its_own(world: World) -> None:
    host, home = make_organisation("Other Trust"), make_organisation("Other University", "hei")
    theme = Theme.objects.create(programme=world.programme, name="Young people")
    theirs = {"title": "Theirs", "theme": theme, "topics": ["sleep"], "researcher_name": "Mei Tandy"}
    other = make_residency(world.programme, host, Stage.PAUSED, **theirs)
    second = make_organisation("Second Trust")
    for organisation, part in ((home, OrganisationPart.ACADEMIC_HOME), (second, OrganisationPart.HOST)):
        ResidencyOrganisation.objects.create(residency=other, organisation=organisation, part=part)
    for asked in (
        {"stage": "paused"},
        {"host": "other"},
        {"host": "Second Trust"},
        {"home": "univ other"},
        {"theme": str(theme.pk)},
        {"topic": "sleep"},
        {"researcher": "mei"},
    ):
        assert listed(world, **asked) == ["Theirs"], asked
    assert listed(world, home="Other Trust") == []
    assert listed(world, host="Made Up") == [world.residency.title]


def test_ends_count_from_a_day_on_and_before_another(world: World) -> None:
    end = TODAY() + 30 * DAY
    make_residency(world.programme, title="Soon", planned_end=end)
    make_residency(world.programme, None, Stage.ENDED, title="Early", planned_end=None, ended_on=end - DAY)
    assert listed(world, since=str(end), before=str(end + DAY)) == ["Soon"]
    assert listed(world, before=str(end)) == ["Early"]
    assert "Soon" not in listed(world, since=str(end + DAY))


@pytest.mark.parametrize("accepted", [True, False])
@pytest.mark.parametrize("stage", list(Stage))
def test_whose_the_next_thing_is_agrees_with_the_residencys_page(
    world: World, stage: str, accepted: bool
) -> None:
    begun = stage not in (Stage.IDEA, Stage.SCOPING, Stage.APPROVED, Stage.RECRUITING)
    resting = stage in (Stage.PAUSED, Stage.ENDED, Stage.LEGACY, Stage.TERMINATED_EARLY)
    found = make_residency(world.programme, stage=stage, review_on=TODAY() if resting else None, title="It")
    if begun:
        accepted_on = TODAY() if accepted else None
        person = make_person("Ada Post")
        post = Placement.objects.create(
            residency=found, person=person, wte="0.5", start=TODAY(), accepted_on=accepted_on
        )
        item = AccessItem.objects.create(
            placement=post, host=world.host, kind="badge", owner_name="Badge desk"
        )
        missing = [item] if stage == Stage.ACTIVE else []
    else:
        missing = []
    scope = Scope(world.people["programme_lead"], TODAY())
    said = next_step(scope, found, missing)
    whose = said.whose if said else ""
    expected = {
        "lead": "programme lead" in whose,
        "manager": "host manager" in whose,
        "post": whose == "Ada Post",
        "access": whose == "Badge desk",
    }
    assert {name: "It" in listed(world, whose=name) for name in WHOSE} == expected


def test_it_is_sorted_as_asked(world: World) -> None:
    Residency.objects.filter(pk=world.residency.pk).update(title="M", planned_end=TODAY() + 9 * DAY)
    make_residency(world.programme, title="A", code="TST-2030-001", planned_end=None)
    make_residency(world.programme, title="Z", code="TST-2031-001", planned_end=TODAY() + DAY)
    assert listed(world) == ["M", "A", "Z"]
    assert listed(world, sort="newest") == ["Z", "A", "M"]
    assert listed(world, sort="title") == ["A", "M", "Z"]
    assert listed(world, sort="ends") == ["Z", "M", "A"]


@pytest.mark.parametrize(
    "asked",
    [
        {"stage": "gone"},
        {"sort": "; drop"},
        {"show": "1000000"},
        {"since": "2026-02-30"},
        {"before": "soon"},
        {"theme": "9" * 30},
        {"theme": "²"},
        {"whose": "mine"},
        {"show": "26"},
        {"q": "\x00"},
        {"page": "-3"},
    ],
)
def test_what_no_page_offers_counts_as_not_asked(world: World, asked: dict[str, str]) -> None:
    shown = world.client("programme_lead").get(address(world), asked)
    assert shown.status_code == 200
    assert world.residency.title in shown.content.decode()


def test_a_view_is_an_address_that_leads_back_to_itself(world: World) -> None:
    asked = Filter.of({"q": "a & b", "stage": "running", "sort": "ends", "show": "50", "since": "2026-05-03"})
    assert asked.query == "?q=a+%26+b&stage=running&since=2026-05-03&sort=ends&show=50"
    assert asked.without("stage").query == "?q=a+%26+b&since=2026-05-03&sort=ends&show=50"
    assert Filter().query == ""


def test_the_form_leads_to_the_list_and_shows_again_what_cannot_be(world: World) -> None:
    client = world.client("programme_lead")
    form = address(world, "filter/")
    assert 'value="falls"' in client.get(form, {"q": "falls"}).content.decode()
    days = {"since_day": "3", "since_month": "5", "since_year": "2026"}
    sent = client.get(form, {"apply": "yes", "q": "falls", "sort": "ends", **days})
    assert sent.headers["Location"] == address(world, "?q=falls&since=2026-05-03&sort=ends")
    wrong = client.get(form, {"apply": "yes", **days, "before": "2026-05-03", "researcher": "Mei"})
    assert wrong.status_code == 200
    shown = wrong.content.decode()
    assert "Enter a day after the first one" in shown and 'value="Mei"' in shown


def test_pages_hold_25_or_50_and_keep_what_was_asked(world: World) -> None:
    for number in range(51):
        make_residency(world.programme, world.host, code=f"TST-2020-{number:03}", title="Many")
    client = world.client("programme_lead")

    def rows(**asked: str) -> int:
        return len(
            re.findall(r">TST-2020-", client.get(address(world), {"q": "many", **asked}).content.decode())
        )

    assert (rows(), rows(page="3"), rows(show="50"), rows(show="50", page="2")) == (25, 1, 50, 1)
    assert (
        "?q=many&amp;show=50&amp;page=2"
        in client.get(address(world), {"q": "many", "show": "50"}).content.decode()
    )


def read_csv(answer: Any) -> list[list[str]]:
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def test_the_file_holds_exactly_what_is_narrowed_to_and_no_formula(world: World) -> None:
    for number in range(30):
        make_residency(world.programme, world.host, code=f"TST-2020-{number:03}", title="=1+1 many")
    client = world.client("programme_lead")
    asked = f"/p/{world.programme.slug}/residencies.csv?q=many&sort=newest"
    head, *rows = read_csv(client.get(asked))
    assert head[:2] == ["Code", "Title"]
    assert [row[0] for row in rows] == [f"TST-2020-{number:03}" for number in reversed(range(30))]
    assert {row[1] for row in rows} == {"'=1+1 many"}
    assert Event.objects.filter(deed="residencies.read").latest("pk").details == {"rows": 30}


def test_the_file_holds_what_its_reader_reaches(world: World) -> None:
    make_residency(world.programme, title="At another host")
    _, *rows = read_csv(world.client("hr").get(f"/p/{world.programme.slug}/residencies.csv"))
    assert [row[1] for row in rows] == [world.residency.title]


def test_p37_a_list_of_ten_asks_as_often_as_one_of_many(world: World, times: Any) -> None:
    """10 and 10,000 (300 in the quick suite): the list, the form, a search, a filter."""
    more = times(300, 10_000)
    for number in range(9):
        make_residency(world.programme, world.host, code=f"TST-2019-{number:03}")
    client = world.client("programme_lead")
    tails = ["", "filter/", "?q=residency", "?stage=running&sort=ends&whose=manager", "?q=nothing+like+it"]

    def asked() -> list[int]:
        found = []
        for tail in tails:
            client.get(address(world, tail))
            with CaptureQueriesContext(connection) as queries:
                client.get(address(world, tail))
            found.append(len(queries))
        return found

    few = asked()
    grow(world, more)
    assert asked() == few


def grow(world: World, more: int) -> None:
    by = world.people["programme_lead"]
    made = Residency.objects.bulk_create(
        Residency(
            programme=world.programme,
            code=f"TST-{1000 + number // 999}-{1 + number % 999:03}",
            title=f"Residency {number}",
            stage=Stage.IDEA,
            created_by=by,
            created_at=timezone.now(),
        )
        for number in range(more)
    )
    ResidencyOrganisation.objects.bulk_create(
        ResidencyOrganisation(residency=one, organisation=world.host, part="lead_host") for one in made
    )
    Placement.objects.bulk_create(
        Placement(residency=one, person=by, wte="0.5", start=TODAY()) for one in made
    )
