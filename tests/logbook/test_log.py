"""The log through its pages: V-60, V-62, private notes, double presses, other people's entries."""

from __future__ import annotations

import datetime
import re
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from embedded.vault import Sealer
from embedded.vault.models import PersonKey
from programmes.entries.words import LOST, text_of
from programmes.measures import rows
from programmes.models import FINER, Activity, ActivityMonth, Comment, Contact, PortfolioLine, Project
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


def words_in(activity: Activity) -> str:
    """What stands in an entry, opened with its writer's key."""
    return text_of(activity, Sealer(activity.person))


def test_log_saves_four_answers_and_says_them_back(world: World) -> None:
    page = world.client("researcher").post(world.url("log/"), typed(), follow=True).content.decode()
    entry = Activity.objects.get()
    assert (entry.minutes, entry.kind, words_in(entry)) == (90, "relational", "Met the ward team")
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


def test_undo_takes_back_what_was_saved_a_moment_ago(world: World) -> None:
    client = world.client("researcher")
    led = client.post(world.url("log/"), typed(what="The canary sings"))["Location"]
    page = client.get(led).content.decode()
    entry = Activity.objects.get()
    undo = world.url(f"log/{entry.pk}/remove/")
    banner = page[page.index("saved-title") : page.index("<h1")]
    assert f'action="{undo}"' in banner and "Undo" in banner and "canary" not in banner
    key = re.search(r'name="form_key" value="([-0-9a-f]+)"', banner)
    assert key
    for _ in range(2):
        assert client.post(undo, {"form_key": key[1], "did": "not"}).status_code == 302
    assert not Activity.objects.exists()


def test_a_past_day_stays_for_the_next_entry(world: World) -> None:
    client, yesterday = world.client("researcher"), TODAY - datetime.timedelta(days=1)
    for date in (TODAY, yesterday):
        page = client.post(world.url("log/"), typed(date), follow=True).content.decode()
        assert _shown(page) == [str(date.day), str(date.month), str(date.year)]
        assert ("Another for" in page) is ('details" open' in page) is (date == yesterday)
    for asked in ("", "x", "20261122", "2026-W47-7", "2026-02-31", "9" * 5_000, "\u0662026-11-22"):
        page = client.get(world.url("log/"), {"on": asked}).content.decode()
        assert _shown(page)[0] == str(TODAY.day) and "Another for" not in page


def test_five_entries_are_in_sight_and_earlier_ones_are_folded_away(world: World) -> None:
    client = world.client("researcher")
    for number in range(5):
        client.post(world.url("log/"), typed(what=f"Number {number}"))
    assert "Earlier entries" not in client.get(world.url("log/")).content.decode()
    client.post(world.url("log/"), typed(what="Number 5"))
    seen, folded = client.get(world.url("log/")).content.decode().split("Earlier entries (1)")
    assert "Number 1" in seen and "Number 0" in folded
    assert f'href="/log/all/?residency={world.residency.pk}"' in folded


def _shown(page: str) -> list[str]:
    """What stands in the boxes of the date."""
    boxes = [re.search(rf'<input[^>]* name="date_{part}"[^>]*>', page) for part in ("day", "month", "year")]
    return [value[1] for box in boxes if box and (value := re.search(r' value="(\d+)"', box[0]))]


@pytest.mark.parametrize("minutes", [14, 16])
def test_undo_is_offered_for_a_quarter_of_an_hour(world: World, minutes: int) -> None:
    client = world.client("researcher")
    led = client.post(world.url("log/"), typed())["Location"]
    Activity.objects.update(made_at=timezone.now() - datetime.timedelta(minutes=minutes))
    assert ("Undo" in client.get(led).content.decode()) is (minutes < 15)


def test_undo_is_for_an_entry_of_my_own_alone(world: World) -> None:
    world.client("researcher").post(world.url("log/"), typed())
    colleague = make_person("Second researcher")
    join(colleague, "researcher", world.programme, world.residency)
    address = world.url("log/")
    for said in (str(Activity.objects.get().pk), "x", "9" * 30, "-1", "\u0663"):
        page = client_of(colleague).get(address, {"saved": said, "waits": said})
        assert page.status_code == 200 and b"Undo" not in page.content


def test_x13_the_warning_is_about_the_day_that_was_typed(world: World) -> None:
    client, began = world.client("researcher"), TODAY - datetime.timedelta(days=10)
    type(world.residency).objects.filter(pk=world.residency.pk).update(started_on=began, ended_on=None)
    for days, said in ((11, True), (10, False), (0, False)):
        page = client.post(world.url("log/"), typed(TODAY - datetime.timedelta(days=days)), follow=True)
        assert ("is before this started" in page.content.decode()) is said
    assert Activity.objects.count() == 3
    wrong = typed(TODAY - datetime.timedelta(days=11), how_long="")
    assert "is before this started" in client.post(world.url("log/"), wrong).content.decode()


def test_decision_7_the_box_names_its_readers(world: World) -> None:
    client = world.client("researcher")
    supervisor = world.people["academic_supervisor"]
    assert "Only you read this" in client.get(world.url("log/")).content.decode()
    client.post(world.url("log/"), typed(readers=f"person-{supervisor.pk}"))
    page = client.get(world.url(f"log/{Activity.objects.get().pk}/")).content.decode()
    assert f"{supervisor} can read this" in page
    wrong = client.post(world.url("log/"), typed(readers="residency", how_long="")).content.decode()
    assert "Everyone in the residency can read this" in wrong


def test_detail_is_kept_and_shown_again(world: World) -> None:
    client = world.client("researcher")
    fields = {
        "met": "Ada Bell, Bo  Cole,, ada bell",
        "output": "briefing",
        "sign": "trusted",
        "place": "host",
    }
    client.post(world.url("log/"), typed(**fields))
    entry = Activity.objects.get()
    assert (entry.output, entry.sign, entry.place, entry.met.count()) == ("briefing", "trusted", "host", 2)
    page = client.get(world.url(f"log/{entry.pk}/")).content.decode()
    assert 'value="Ada Bell, Bo Cole"' in page
    client.post(world.url(f"log/{entry.pk}/"), typed(met="Bo Cole", version=1))
    assert entry.met.count() == 1


@pytest.mark.parametrize(
    ("met", "instruction"),
    [
        (", ".join(f"N{number}" for number in range(21)), "Enter 20 names or fewer"),
        ("x" * 121, "Each name must be 120 characters or fewer"),
    ],
)
def test_names_have_bounds(world: World, met: str, instruction: str) -> None:
    assert instruction in world.client("researcher").post(world.url("log/"), typed(met=met)).content.decode()
    assert not Contact.objects.exists()


def test_a_programme_may_know_half_days_alone(world: World) -> None:
    client = world.client("researcher")
    client.post(world.url("log/"), typed(how_long="700"))
    type(world.programme).objects.filter(pk=world.programme.pk).update(half_days_only=True)
    page = client.get(world.url("log/")).content.decode()
    assert "Half a day" in page and "data-lengths" not in page
    assert "Select how long it took" in client.post(world.url("log/"), typed()).content.decode()
    client.post(world.url("log/"), typed(how_long="225"))
    assert Activity.objects.latest("pk").minutes == 225
    first = Activity.objects.earliest("pk")
    kept = client.get(world.url(f"log/{first.pk}/")).content.decode()
    assert re.search(r'value="675" checked', kept) and "1.5 days" in kept
    client.post(world.url(f"log/{first.pk}/"), typed(how_long="675", version=1))
    first.refresh_from_db()
    assert first.minutes == 675


@pytest.mark.parametrize(("days", "asked"), [(31, False), (32, True)])
def test_v60_a_late_entry_asks_why_after_31_days(world: World, days: int, asked: bool) -> None:
    late = typed(TODAY - datetime.timedelta(days=days))
    page = world.client("researcher").post(world.url("log/"), late, follow=True).content.decode()
    assert ("Enter why it is entered more than 31 days late" in page) is asked
    assert Activity.objects.exists() is not asked


def test_v60_a_late_entry_with_a_reason_is_saved(world: World) -> None:
    late = typed(TODAY - datetime.timedelta(days=90), late_reason="copied")
    world.client("researcher").post(world.url("log/"), late)
    assert Activity.objects.get().late_reason == "copied"


@pytest.mark.parametrize(("more", "fits"), [("60", True), ("61", False)])
def test_v60_one_day_holds_sixteen_hours(world: World, more: str, fits: bool) -> None:
    client = world.client("researcher")
    client.post(world.url("log/"), typed(how_long="900"))
    client.post(world.url("log/"), typed(how_long=more))
    assert Activity.objects.count() == (2 if fits else 1)


def test_only_me_words_are_sealed_and_read_by_their_writer_alone(world: World) -> None:
    client = world.client("researcher")
    client.post(world.url("log/"), typed(what="The canary sings"))
    activity = Activity.objects.get()
    assert (activity.readers, activity.what) == ("only_me", "")
    assert b"canary" not in bytes(activity.sealed or b"")
    entry = f"log/{Activity.objects.get().pk}/"
    assert "The canary sings" in client.get(world.url(entry)).content.decode()
    for role in set(world.people) - {"researcher"}:
        for tail in ("", "log/", entry, "log/months/", "notes/"):
            answer = world.client(role).get(world.url(tail))
            assert b"canary" not in answer.content, f"{role} at {tail}"


def test_words_may_be_left_out(world: World) -> None:
    """V-61: how long and of which kind is enough."""
    world.client("researcher").post(world.url("log/"), typed(what=" ", readers="residency"))
    activity = Activity.objects.get()
    assert (activity.readers, activity.what, activity.sealed) == ("only_me", "", None)
    assert world.client("researcher").get(world.url("log/")).status_code == 200


def test_words_shared_and_taken_back_are_in_one_place_at_a_time(world: World) -> None:
    client = world.client("researcher")
    client.post(world.url("log/"), typed(what="Ask me", readers="residency"))
    entry = Activity.objects.get()
    assert (entry.what, entry.sealed) == ("Ask me", None)
    client.post(world.url(f"log/{entry.pk}/"), typed(what="Ask me", version=1))
    entry.refresh_from_db()
    assert (entry.what, words_in(entry)) == ("", "Ask me")
    assert b"Ask me" not in world.client("public_partner").get(world.url("notes/")).content


def test_who_asked_goes_into_the_own_list_once(world: World) -> None:
    client = world.client("researcher")
    for name in ("Sister Okoro", " sister  okoro "):
        client.post(world.url("log/"), typed(how_long="10", asked_by=name))
    contact = Contact.objects.get()
    assert b"Okoro" not in bytes(contact.name)
    assert contact.asked_for.count() == 2
    entry = Activity.objects.earliest("pk")
    assert "Sister Okoro" in client.get(world.url(f"log/{entry.pk}/")).content.decode()


def test_words_whose_key_is_gone_are_said_to_be_and_kept(world: World) -> None:
    client = world.client("researcher")
    client.post(world.url("log/"), typed(what="The canary sings"))
    entry = Activity.objects.get()
    sealed = bytes(entry.sealed or b"")
    PersonKey.objects.all().delete()
    page = client.get(world.url(f"log/{entry.pk}/")).content.decode()
    assert "cannot be read any more" in page
    client.post(world.url(f"log/{entry.pk}/"), typed(what=LOST, how_long="30", version=1))
    entry.refresh_from_db()
    assert (entry.minutes, bytes(entry.sealed or b"")) == (30, sealed)


def test_words_for_the_supervisor_are_read_by_the_supervisor_alone(world: World) -> None:
    supervisor = world.people["academic_supervisor"]
    shared = typed(what="Please ring me", readers=f"person-{supervisor.pk}")
    world.client("researcher").post(world.url("log/"), shared)
    assert b"Please ring me" in world.client("academic_supervisor").get(world.url("notes/")).content
    for role in ("public_partner", "host_manager", "programme_lead"):
        assert b"Please ring me" not in world.client(role).get(world.url("notes/")).content


def test_words_for_everyone_reach_the_residency_and_not_the_programme(world: World) -> None:
    world.client("researcher").post(world.url("log/"), typed(what="Open to all of us", readers="residency"))
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
    world.client("researcher").post(world.url("log/"), typed(what="Please ring me", readers=named))
    join(supervisor, "programme_lead", world.programme)
    membership = supervisor.memberships.get(role="academic_supervisor")
    membership.end = TODAY + datetime.timedelta(days=days)
    membership.save()
    page = client_of(supervisor).get(world.url("notes/"))
    assert page.status_code == 200 and (b"Please ring me" in page.content) is reads


@pytest.mark.parametrize(("role", "reads"), [("academic_supervisor", True), ("public_partner", False)])
def test_v6_a_part_that_a_note_is_not_for_does_not_read_it(world: World, role: str, reads: bool) -> None:
    supervisor = world.people["academic_supervisor"]
    shared = typed(what="Please ring me", readers=f"person-{supervisor.pk}")
    world.client("researcher").post(world.url("log/"), shared)
    page = world.client(role).get(world.url("notes/"))
    assert page.status_code == 200 and (b"Please ring me" in page.content) is reads


def test_people_named_must_be_chosen(world: World) -> None:
    page = (
        world.client("researcher").post(world.url("log/"), typed(what="x", readers="people")).content.decode()
    )
    assert "Select who can read it" in page


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
    assert words_in(Activity.objects.get()) == "First hand"
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
    client.post(world.url("log/"), typed(last_month, how_long="73", late_reason="no_time"))
    for role in ("researcher", "host_manager", "programme_lead"):
        page = world.client(role).get(world.url("log/months/")).content.decode()
        assert "1 h 13 min" in page
        assert "Met the ward team" not in page


def test_log_asks_the_same_number_of_queries_for_1_and_30_entries(
    world: World, django_assert_max_num_queries: Any
) -> None:
    client = world.client("researcher")
    for readers in ("residency", "only_me"):
        client.post(world.url("log/"), typed(how_long="10", what="One", readers=readers))
    client.get(world.url("log/"))
    with django_assert_max_num_queries(25) as few:
        client.get(world.url("log/"))
    for number in range(29):
        readers = ("residency", "only_me")[number % 2]
        client.post(world.url("log/"), typed(how_long="10", what=f"Note {number}", readers=readers))
    client.get(world.url("log/"))
    with django_assert_max_num_queries(25) as many:
        client.get(world.url("log/"))
    assert len(many) == len(few)


@pytest.mark.parametrize(
    ("kept", "kind", "finer", "saved"),
    [
        ("reflection", "educational", "reflection", "educational"),  # only the kind was touched
        ("reflection", "supervision_support", "reflection", "reflection"),
        ("reflection", "supervision_support", "", "supervision_support"),
        ("reflection", "supervision_support", "bid_development", "bid_development"),
        ("relational", "project_management", "", "project_management"),
        ("", "educational", "bid_development", "bid_development"),  # new: the kind stood there
    ],
)
def test_what_is_chosen_now_decides_the_kind_and_is_said_back(
    world: World, kept: str, kind: str, finer: str, saved: str
) -> None:
    client, address = world.client("researcher"), world.url("log/")
    if kept:
        client.post(address, typed(kind=FINER.get(kept, kept), finer=kept if kept in FINER else ""))
        address = world.url(f"log/{Activity.objects.get().pk}/")
    page = client.post(address, typed(kind=kind, finer=finer, version=1), follow=True).content.decode()
    entry = Activity.objects.get()
    assert entry.kind == saved
    assert f"Saved: 1 h 30 min, {entry.get_kind_display().lower()}, today" in page


def test_removing_says_what_goes_along(world: World) -> None:
    client, person = world.client("researcher"), world.people["researcher"]
    client.post(world.url("log/"), typed(what="Spoke to the board", readers="residency"))
    entry = Activity.objects.get()
    address = world.url(f"log/{entry.pk}/remove/")
    assert "Removed with it" not in client.get(address).content.decode()
    for lead in ("programme_lead", "academic_supervisor"):
        Comment.objects.create(
            residency=entry.residency, by=world.people[lead], activity=entry, text="Good", on=TODAY
        )
    PortfolioLine.objects.create(person=person, module=1, activity=entry)
    page = client.get(address).content.decode()
    assert "Removed with it: 2 comments on what you wrote, and its line in your portfolio" in page
    client.post(address, {"form_key": str(uuid4())})
    assert not Activity.objects.exists()
