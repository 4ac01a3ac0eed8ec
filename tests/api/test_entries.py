"""One's own programs read and log: nobody else's entries, by the rules of the form, once."""

from __future__ import annotations

import datetime
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from programmes.entries.words import Words
from programmes.entries.writing import Entry, log_activity
from programmes.models import Activity, Project
from tests.api.asking import ENTRIES, Program, an_entry, problems, token_of
from tests.logbook.test_log import words_in
from tests.world import World, join, make_organisation, make_person, make_residency

TODAY = timezone.localdate()
DAY = datetime.timedelta(days=1)


@pytest.fixture
def program(world: World) -> Program:
    return Program(token_of(world.people["researcher"]))


def logged(world: World, date: datetime.date = TODAY, **more: Any) -> Activity:
    entry = Entry(date=date, minutes=30, kind="educational", **more)
    return log_activity(residency=world.residency, entry=entry, by=world.people["researcher"])


def test_what_a_program_logs_is_sealed_and_read_back(world: World, program: Program) -> None:
    answer = program.log(an_entry(what="Met the ward sisters", place="host", kind="reflection"))
    assert answer.status_code == 201, answer.content
    entry = Activity.objects.get()
    assert answer["Location"] == f"{ENTRIES}{entry.pk}/"
    assert (entry.what, words_in(entry), entry.kind) == ("", "Met the ward sisters", "reflection")
    assert entry.host == world.host
    said = answer.json()
    assert (said["what"], said["readers"], said["host"]["name"]) == (
        "Met the ward sisters",
        "only_me",
        world.host.display_name,
    )
    assert said["residency"] == f"{world.programme.slug}/{world.residency.code}"
    assert program.get(answer["Location"]).json() == said
    assert program.get().json() == {"entries": [said], "earlier": None}
    assert "no-store" in program.get()["Cache-Control"]


def test_entries_come_a_page_at_a_time_the_latest_first(world: World, program: Program) -> None:
    made = [logged(world, TODAY - DAY * (number // 2)).pk for number in range(7)]
    seen, before = [], {}
    for _ in range(4):
        page = program.get(most=2, **before).json()
        seen += [one["id"] for one in page["entries"]]
        before = {"before": page["earlier"]}
    assert page["earlier"] is None
    assert seen == [one.pk for one in Activity.objects.order_by("-date", "-id")]
    assert set(seen) == set(made)


def test_entries_are_narrowed_by_days_and_residency(world: World, program: Program) -> None:
    for number in range(4):
        logged(world, TODAY - DAY * number)
    two = program.get(**{"from": TODAY - DAY * 2, "to": TODAY - DAY}).json()["entries"]
    assert [one["date"] for one in two] == [str(TODAY - DAY), str(TODAY - DAY * 2)]
    here = f"{world.programme.slug}/{world.residency.code}"
    assert len(program.get(residency=here).json()["entries"]) == 4
    assert program.get(residency="another/one").json()["entries"] == []


@pytest.mark.parametrize(
    "query",
    [
        {"from": "yesterday"},
        {"to": "2026-02-30"},
        {"before": "2026-13-01.1"},
        {"before": "x"},
        {"most": 0},
        {"most": 101},
        {"most": "x"},
        {"residency": "x'"},
        {"form": "2026-01-01"},
    ],
)
def test_what_cannot_be_asked_is_said_by_its_name(program: Program, query: dict[str, Any]) -> None:
    answer = program.get(**query)
    assert answer.status_code == 422, answer.content
    assert set(problems(answer)) == set(query)


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        ({"minutes": 0}, "minutes"),
        ({"minutes": 961}, "minutes"),
        ({"minutes": "90"}, "minutes"),
        ({"minutes": True}, "minutes"),
        ({"kind": "gossip"}, "kind"),
        ({"date": str(TODAY + DAY)}, "date"),
        ({"date": "03/05/2026"}, "date"),
        ({"date": 0}, "date"),
        ({"date": str(TODAY - DAY * 32)}, "late_reason"),
        ({"place": "moon"}, "place"),
        ({"project": 2**60}, "project"),
        ({"host": 2**60}, "host"),
        ({"residency": "else/where"}, "residency"),
        ({"what": 5}, "what"),
        ({"readers": "residency"}, "readers"),
    ],
)
def test_what_breaks_a_rule_is_not_logged(program: Program, wrong: dict[str, Any], where: str) -> None:
    answer = program.log(an_entry(**wrong))
    assert answer.status_code == 422, answer.content
    assert where in problems(answer)
    assert not Activity.objects.exists()


def test_all_that_is_wrong_is_said_at_once_in_our_words(program: Program) -> None:
    sent = an_entry(minutes="90", kind="gossip", date=str(TODAY + DAY), what=5, readers="residency")
    told = problems(program.log(sent))
    assert set(told) == {"minutes", "kind", "date", "what", "readers"}
    assert told["minutes"] == "Write a whole number, like 90, without quotation marks"
    assert told["what"] == "Write it as text, between quotation marks"
    assert told["readers"] == "Leave it out: nothing here is called so"
    assert problems(program.log(an_entry(minutes=961)))["minutes"] == "Write 960 or less"
    assert problems(program.log(an_entry(date="2026-02-30")))["date"] == "Write a day as 2026-05-03"
    assert problems(program.log("{}")) == dict.fromkeys(
        ("date", "minutes", "kind"), "Send it: nothing is logged without it"
    )
    assert not Activity.objects.exists()


@pytest.mark.parametrize(
    "body", ["", "{", "[" * 100_000, "null", "[]", '"x"', b"\xff\xfe", '{"minutes": 1e999}']
)
def test_what_is_no_entry_at_all_is_said_so(program: Program, body: Any) -> None:
    answer = program.log(body)
    assert answer.status_code in (400, 413, 422), answer.content
    assert answer.json()["problems"]


def test_v60_a_day_holds_sixteen_hours_whoever_logs(world: World, program: Program) -> None:
    logged(world)
    assert program.log(an_entry(minutes=931)).status_code == 422
    assert program.log(an_entry(minutes=930)).status_code == 201


def test_v60_a_late_entry_with_its_reason_is_logged(program: Program) -> None:
    late = an_entry(date=str(TODAY - DAY * 32), late_reason="copied")
    assert program.log(late).json()["late_reason"] == "copied"


def test_more_than_one_entry_holds_is_too_much(program: Program) -> None:
    assert program.log(an_entry(what="x" * 70_000)).status_code == 413
    assert program.log(an_entry(what="x" * 60_000)).status_code == 201


def test_sent_twice_with_one_key_it_is_logged_once(program: Program) -> None:
    key = str(uuid4())
    first, again = (program.log(an_entry(), idempotency_key=key) for _ in range(2))
    assert first.json() == again.json() and Activity.objects.count() == 1
    assert program.log(an_entry(minutes=5), idempotency_key=key).json()["minutes"] == 5
    assert program.log(an_entry(), idempotency_key="mine").status_code == 422
    Activity.objects.first().delete()
    assert program.log(an_entry(minutes=5), idempotency_key=key).status_code == 404


def test_in_several_residencies_one_says_which(world: World, program: Program) -> None:
    other = make_residency(world.programme)
    join(world.people["researcher"], "researcher", world.programme, other)
    answer = program.log(an_entry())
    assert answer.status_code == 422 and other.code in problems(answer)["residency"]
    said = program.log(an_entry(residency=f"{world.programme.slug}/{other.code}"))
    assert said.status_code == 201 and Activity.objects.get().residency == other


def test_several_hosts_and_a_project_are_named_by_number(world: World, program: Program) -> None:
    second = make_organisation("Second Trust")
    world.residency.organisations.create(organisation=second, part="host")
    project = Project.objects.create(
        residency=world.residency, title="Falls", started_on=TODAY, added_by=world.people["researcher"]
    )
    assert "host" in problems(program.log(an_entry()))
    said = program.log(an_entry(host=second.pk, project=project.pk)).json()
    assert said["host"] == {"id": second.pk, "name": second.display_name}
    assert said["project"] == {"id": project.pk, "name": "Falls"}


def test_a_programme_of_half_days_takes_no_minutes(world: World, program: Program) -> None:
    world.programme.half_days_only = True
    world.programme.save()
    assert "minutes" in problems(program.log(an_entry(minutes=90)))
    assert program.log(an_entry(minutes=225)).status_code == 201


def test_nothing_of_anybody_else_is_there(world: World) -> None:
    canary = logged(world, words=Words("canary for all", "residency"))
    for role in ("academic_supervisor", "programme_lead", "host_manager"):
        program = Program(token_of(world.people[role]))
        assert program.get().json()["entries"] == []
        answer = program.get(f"{ENTRIES}{canary.pk}/")
        assert answer.status_code == 404 and b"canary" not in answer.content
        assert problems(program.log(an_entry())) == {"residency": "You have no log at the moment"}
    colleague = make_person("Second researcher")
    join(colleague, "researcher", world.programme, world.residency)
    program = Program(token_of(colleague))
    assert program.get().json()["entries"] == []
    assert program.get(f"{ENTRIES}{canary.pk}/").status_code == 404


def test_what_was_logged_before_a_post_ended_stays_ones_own(world: World, program: Program) -> None:
    logged(world)
    world.people["researcher"].memberships.update(end=TODAY)
    assert len(program.get().json()["entries"]) == 1
    assert program.log(an_entry()).status_code == 422


def test_a_list_asks_the_same_number_of_queries_for_1_and_30(
    world: World, program: Program, django_assert_max_num_queries: Any
) -> None:
    program.get()
    counts = []
    for more in (1, 29):
        for number in range(more):
            logged(world, words=Words("Shared", ("only_me", "residency")[number % 2]))
        with django_assert_max_num_queries(10) as asked:
            assert program.get().status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("rest", ["", "entries", "entries/1", "people/", "entries/1/remove/"])
def test_what_is_not_there_is_said_in_the_language_of_programs(program: Program, rest: str) -> None:
    answer = program.get(f"/api/v1/{rest}")
    if rest:
        assert (answer.status_code, answer["Content-Type"]) == (404, "application/json; charset=utf-8")


def test_entries_are_not_changed_or_removed_from_here(world: World, program: Program) -> None:
    entry = logged(world)
    for method in ("put", "patch", "delete", "post"):
        answer = getattr(program.client, method)(f"{ENTRIES}{entry.pk}/", headers=program.headers)
        assert answer.status_code == 405
    assert Activity.objects.filter(pk=entry.pk).exists()
