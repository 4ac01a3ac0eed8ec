"""The log through its pages: V-60, V-62, private notes, double presses, other people's entries."""

from __future__ import annotations

import datetime
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from programmes.measures import rows
from programmes.models import Activity, ActivityMonth, Away, Note, Project
from tests.world import World, client_of, join, make_person

TODAY = timezone.localdate()


def typed(date: datetime.date = TODAY, **fields: Any) -> dict[str, Any]:
    """A filled form; fields override."""
    values = {
        "form_key": str(uuid4()),
        "what": "Met the ward team",
        "how_long": "90",
        "kind": "relational",
        "date_day": date.day,
        "date_month": date.month,
        "date_year": date.year,
        "readers": "only_me",
    }
    return values | fields


def test_log_saves_four_answers_and_says_them_back(world: World) -> None:
    page = world.client("researcher").post(world.url("log/"), typed(), follow=True).content.decode()
    entry = Activity.objects.get()
    assert (entry.minutes, entry.kind, entry.what) == (90, "relational", "Met the ward team")
    assert entry.host == world.host
    assert "Saved: 1 h 30 min, meeting and connecting people, today" in page


def test_log_pressed_twice_is_one_entry(world: World) -> None:
    client, same = world.client("researcher"), typed()
    for _ in range(2):
        assert client.post(world.url("log/"), same).status_code == 302
    assert Activity.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "instruction"),
    [
        ({"what": " "}, "Enter what you did"),
        ({"how_long": ""}, "Enter how long it took, like 90, 1:30 or 1.5"),
        ({"how_long": "soon"}, "Enter how long it took, like 90, 1:30 or 1.5"),
        ({"how_long": "0"}, "How long it took must be between 1 minute and 16 hours"),
        ({"how_long": "961"}, "How long it took must be between 1 minute and 16 hours"),
        ({"kind": "nonsense"}, "Select the kind of work"),
        ({"date_day": "31", "date_month": "2"}, "must be a real date"),
    ],
)
def test_log_refuses_with_an_instruction_and_keeps_what_was_typed(
    world: World, fields: dict[str, str], instruction: str
) -> None:
    answer = world.client("researcher").post(world.url("log/"), typed(asked_by="Sister Okoro") | fields)
    page = answer.content.decode()
    assert instruction in page
    assert "<title>Error: " in page
    assert "Sister Okoro" in page
    assert not Activity.objects.exists()


@pytest.mark.parametrize(("days", "asked"), [(31, False), (32, True)])
def test_v60_a_late_entry_asks_why_after_31_days(world: World, days: int, asked: bool) -> None:
    late = typed(TODAY - datetime.timedelta(days=days))
    page = world.client("researcher").post(world.url("log/"), late, follow=True).content.decode()
    assert ("Enter why it is entered more than 31 days late" in page) is asked
    assert Activity.objects.exists() is not asked


def test_v60_a_late_entry_with_a_reason_is_saved(world: World) -> None:
    late = typed(TODAY - datetime.timedelta(days=90), late_reason="From last year's spreadsheet")
    world.client("researcher").post(world.url("log/"), late)
    assert Activity.objects.get().late_reason == "From last year's spreadsheet"


def test_v60_tomorrow_is_refused(world: World) -> None:
    tomorrow = typed(TODAY + datetime.timedelta(days=1))
    page = world.client("researcher").post(world.url("log/"), tomorrow).content.decode()
    assert "The date must be today or in the past" in page
    assert not Activity.objects.exists()


@pytest.mark.parametrize(("more", "fits"), [("60", True), ("61", False)])
def test_v60_one_day_holds_sixteen_hours(world: World, more: str, fits: bool) -> None:
    client = world.client("researcher")
    client.post(world.url("log/"), typed(how_long="900"))
    client.post(world.url("log/"), typed(how_long=more))
    assert Activity.objects.count() == (2 if fits else 1)


def test_only_me_note_is_sealed_and_read_by_its_writer_alone(world: World) -> None:
    client = world.client("researcher")
    client.post(world.url("log/"), typed(note="The canary sings"))
    note = Note.objects.get()
    assert note.text == ""
    assert b"canary" not in bytes(note.sealed)
    entry = f"log/{Activity.objects.get().pk}/"
    assert "The canary sings" in client.get(world.url(entry)).content.decode()
    for role in set(world.people) - {"researcher"}:
        for tail in ("", "log/", entry, "log/months/", "notes/"):
            answer = world.client(role).get(world.url(tail))
            assert b"canary" not in answer.content, f"{role} at {tail}"


def test_a_note_for_the_supervisor_is_read_by_the_supervisor_alone(world: World) -> None:
    supervisor = world.people["academic_supervisor"]
    shared = typed(note="Please ring me", readers=f"person-{supervisor.pk}")
    world.client("researcher").post(world.url("log/"), shared)
    assert b"Please ring me" in world.client("academic_supervisor").get(world.url("notes/")).content
    for role in ("public_partner", "host_manager", "programme_lead"):
        assert b"Please ring me" not in world.client(role).get(world.url("notes/")).content


def test_a_note_for_everyone_reaches_the_residency_and_not_the_programme(world: World) -> None:
    world.client("researcher").post(world.url("log/"), typed(note="Open to all of us", readers="residency"))
    assert b"Open to all of us" in world.client("public_partner").get(world.url("notes/")).content
    assert b"Open to all of us" not in world.client("programme_lead").get(world.url("notes/")).content


@pytest.mark.parametrize("readers", ["named", "residency"])
@pytest.mark.parametrize(("days", "reads"), [(1, True), (0, False)])
def test_v6_a_note_is_read_for_as_long_as_the_membership_lives(
    world: World, readers: str, days: int, reads: bool
) -> None:
    """Another part that reaches the residency's pages does not open its notes."""
    supervisor = world.people["academic_supervisor"]
    named = f"person-{supervisor.pk}" if readers == "named" else readers
    world.client("researcher").post(world.url("log/"), typed(note="Please ring me", readers=named))
    join(supervisor, "programme_lead", world.programme)
    membership = supervisor.memberships.get(role="academic_supervisor")
    membership.end = TODAY + datetime.timedelta(days=days)
    membership.save()
    page = client_of(supervisor).get(world.url("notes/"))
    assert page.status_code == 200 and (b"Please ring me" in page.content) is reads


@pytest.mark.parametrize(("role", "reads"), [("academic_supervisor", True), ("public_partner", False)])
def test_v6_a_part_that_a_note_is_not_for_does_not_read_it(world: World, role: str, reads: bool) -> None:
    supervisor = world.people["academic_supervisor"]
    shared = typed(note="Please ring me", readers=f"person-{supervisor.pk}")
    world.client("researcher").post(world.url("log/"), shared)
    page = world.client(role).get(world.url("notes/"))
    assert page.status_code == 200 and (b"Please ring me" in page.content) is reads


def test_people_named_must_be_chosen(world: World) -> None:
    page = (
        world.client("researcher").post(world.url("log/"), typed(note="x", readers="people")).content.decode()
    )
    assert "Select who can read the note" in page


def test_an_entry_of_somebody_else_is_a_404(world: World) -> None:
    world.client("researcher").post(world.url("log/"), typed())
    colleague = make_person("Second researcher")
    join(colleague, "researcher", world.programme, world.residency)
    entry = Activity.objects.get()
    for tail in (f"log/{entry.pk}/", f"log/{entry.pk}/remove/"):
        assert client_of(colleague).get(world.url(tail)).status_code == 404
        assert client_of(colleague).post(world.url(tail), typed()).status_code == 404
    assert Activity.objects.filter(pk=entry.pk).exists()


@pytest.mark.parametrize("role", ["programme_lead", "host_manager", "academic_supervisor", "rd_office"])
def test_nobody_but_the_researcher_writes_the_log(world: World, role: str) -> None:
    assert world.client(role).post(world.url("log/"), typed()).status_code == 403
    assert not Activity.objects.exists()


def test_changing_after_somebody_else_keeps_both(world: World) -> None:
    client = world.client("researcher")
    client.post(world.url("log/"), typed())
    entry = world.url(f"log/{Activity.objects.get().pk}/")
    client.post(entry, typed(what="First hand", version=1))
    page = client.post(entry, typed(what="Second hand", version=1)).content.decode()
    assert Activity.objects.get().what == "First hand"
    assert "Changed since you opened it" in page
    assert "Second hand" in page
    assert "First hand" in page


def test_roll_up_follows_every_deed_and_equals_a_rebuild(world: World) -> None:
    client = world.client("researcher")
    project = Project.objects.create(
        residency=world.residency, title="Falls", started_on=TODAY, added_by=world.people["researcher"]
    )
    client.post(world.url("log/"), typed(how_long="90", project=project.pk, place="host"))
    client.post(world.url("log/"), typed(how_long="45", kind="educational"))
    first, second = Activity.objects.order_by("pk")
    client.post(world.url(f"log/{first.pk}/"), typed(how_long="60", kind="advice_consultation", version=1))
    client.post(world.url(f"log/{second.pk}/remove/"), {"form_key": str(uuid4())})
    kept = ActivityMonth.objects.filter(residency=world.residency).values().get()
    rows.rebuild_months(world.residency)
    anew = ActivityMonth.objects.filter(residency=world.residency).values().get()
    assert {k: v for k, v in kept.items() if k != "id"} == {k: v for k, v in anew.items() if k != "id"}
    assert (kept["advice_consultation"], kept["entries"], kept["last_logged_on"]) == (60, 1, TODAY)


def test_v62_months_show_closed_months_only(world: World) -> None:
    last_month = TODAY.replace(day=1) - datetime.timedelta(days=1)
    client = world.client("researcher")
    client.post(world.url("log/"), typed(how_long="77"), follow=True)
    assert "1 h 17 min" not in client.get(world.url("log/months/")).content.decode()
    client.post(world.url("log/"), typed(last_month, how_long="73", late_reason="Late"))
    for role in ("researcher", "host_manager", "programme_lead"):
        page = world.client(role).get(world.url("log/months/")).content.decode()
        assert "1 h 13 min" in page
        assert "Met the ward team" not in page


def test_log_asks_the_same_number_of_queries_for_1_and_30_entries(
    world: World, django_assert_max_num_queries: Any
) -> None:
    client = world.client("researcher")
    client.post(world.url("log/"), typed(how_long="10", note="One", readers="residency"))
    client.get(world.url("log/"))
    with django_assert_max_num_queries(25) as few:
        client.get(world.url("log/"))
    for number in range(29):
        client.post(world.url("log/"), typed(how_long="10", note=f"Note {number}", readers="residency"))
    client.get(world.url("log/"))
    with django_assert_max_num_queries(25) as many:
        client.get(world.url("log/"))
    assert len(many) == len(few)


def test_away_takes_dates_and_no_reason(world: World) -> None:
    dates = {
        "form_key": str(uuid4()),
        **{
            f"start_{part}": value for part, value in zip(("day", "month", "year"), (3, 5, 2027), strict=True)
        },
        **{f"end_{part}": value for part, value in zip(("day", "month", "year"), (1, 5, 2027), strict=True)},
    }
    client = world.client("researcher")
    assert (
        "The last day away must be the same as or after the first"
        in client.post("/away/", dates).content.decode()
    )
    client.post("/away/", dates | {"end_day": 3})
    assert "3 May 2027" in client.get("/away/").content.decode()


def test_dates_away_are_taken_out_by_their_owner_alone(world: World) -> None:
    away = Away.objects.create(
        person=world.people["researcher"], start=TODAY, end=TODAY + datetime.timedelta(days=3)
    )
    assert world.client("host_manager").post("/away/", {"remove": str(away.pk)}).status_code == 404
    assert world.client("researcher").post("/away/", {"remove": "x"}).status_code == 404
    assert Away.objects.exists()
    world.client("researcher").post("/away/", {"remove": str(away.pk)})
    assert not Away.objects.exists()
