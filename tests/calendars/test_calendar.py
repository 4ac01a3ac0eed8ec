"""A calendar of somebody's own: uploaded, read in the background, ticked, logged; nothing is logged by itself."""

from __future__ import annotations

import datetime
import re
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from embedded.files.keeping import read as kept_bytes
from embedded.nhsuk.words import day
from embedded.vault import Sealer
from programmes.models import Activity, LogFile, PlannedEntry, Programme, ResidencyOrganisation
from tests.calendars.files import event, ics
from tests.registration.filled import key
from tests.workers import run_jobs
from tests.world import World, make_organisation, make_residency

DAY = datetime.timedelta(days=1)
TODAY = timezone.localdate()
PRESS = {"press": "log", "kind": "relational"}


def meeting(days: int, title: str = "Falls team", uid: str = "", minutes: int = 90, more: str = "") -> str:
    """So many days from today, at ten."""
    start = f"{TODAY + days * DAY:%Y%m%d}T100000"
    return event(f"DTSTART;TZID=Europe/London:{start}", f"DURATION:PT{minutes}M", more, title, uid or title)


def whole_day(days: int, title: str = "Conference") -> str:
    return event(f"DTSTART;VALUE=DATE:{TODAY + days * DAY:%Y%m%d}", title=title, uid=title)


def upload(world: World, content: bytes, who: str = "researcher") -> Any:
    file = SimpleUploadedFile("Ada Bell.ics", content)
    return world.client(who).post("/log/calendar/", {"form_key": key(), "file": file})


def bring(world: World, *events: str) -> LogFile:
    """Uploaded and read."""
    answer = upload(world, ics(*events))
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    run_jobs()
    return LogFile.objects.latest("pk")


def drafts(world: World) -> list[PlannedEntry]:
    return list(PlannedEntry.objects.filter(state="waiting", origin="calendar").order_by("on", "id"))


def titles(world: World) -> list[str]:
    opener = Sealer(world.people["researcher"])
    return [opener.open(one.text) if one.text else "" for one in drafts(world)]


def tick(world: World, *planned: PlannedEntry, show: str = "", **typed: Any) -> Any:
    """Ticks them with the lengths that the page shows, unless others are typed."""
    lengths = {f"long_{one.pk}": f"{one.minutes}" if one.minutes else "" for one in drafts(world)}
    sent = PRESS | lengths | {"form_key": key(), "tick": [str(one.pk) for one in planned]} | typed
    browser = world.client("researcher")
    answer: Any = browser.post(f"/log/calendar/ticks/{show}", sent)
    answer.led_to = (
        unescape(browser.get(answer["Location"]).content.decode()) if answer.status_code == 302 else ""
    )
    return answer


def page(world: World, query: str = "") -> str:
    answer = world.client("researcher").get(f"/log/calendar/ticks/{query}")
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def test_meetings_wait_and_nothing_is_logged_by_itself(world: World) -> None:
    file = bring(world, meeting(-3), meeting(-2, "Private", more="CLASS:PRIVATE"), whole_day(-1))
    assert titles(world) == ["Falls team", "Conference"]
    assert not Activity.objects.exists()
    answer = world.client("researcher").get(f"/log/calendar/{file.pk}/")
    assert answer["Location"] == f"/log/calendar/ticks/?file={file.pk}"
    there = page(world, f"?file={file.pk}")
    assert "2 new meetings to tick." in there and "Left out: 1 private." in there
    assert "Falls team" in there and 'value="1:30"' in there and "(no length)" in there


@pytest.mark.parametrize(("days", "there"), [(-61, False), (-60, True), (0, True), (14, True), (15, False)])
def test_sixty_days_back_and_fourteen_ahead_are_looked_at(world: World, days: int, there: bool) -> None:
    bring(world, meeting(days))
    assert bool(drafts(world)) is there


def test_ticked_meetings_become_entries_that_only_their_owner_reads(world: World) -> None:
    bring(world, meeting(-3), meeting(-2, "Board"), meeting(-1, "Lunch"))
    falls, board, lunch = drafts(world)
    answer = tick(world, falls, board, **{f"long_{board.pk}": "2h"})
    assert answer["Location"] == "/log/calendar/ticks/"
    first, second = Activity.objects.order_by("date")
    assert (first.minutes, first.kind, first.readers, first.what) == (90, "relational", "only_me", "")
    assert first.host == second.host == world.host
    assert (second.minutes, second.date) == (120, TODAY - 2 * DAY)
    assert Sealer(world.people["researcher"]).open(first.sealed or b"") == "Falls team"
    assert drafts(world) == [lunch]
    assert "Logged: 2 meetings" in answer.led_to
    falls.refresh_from_db()
    assert (falls.state, falls.activity, falls.text, falls.file) == ("logged", first, None, None)


def test_left_out_is_kept_nowhere_but_as_answered(world: World) -> None:
    bring(world, meeting(-3))
    (one,) = drafts(world)
    assert tick(world, one, press="leave_out", kind="").status_code == 302
    one.refresh_from_db()
    assert (one.state, one.text) == ("left_out", None)
    bring(world, meeting(-3), meeting(-2, "Board"))
    assert titles(world) == ["Board"]


def test_same_calendar_again_makes_no_second_draft(world: World) -> None:
    content = ics(meeting(-3), meeting(-2, "Board"))
    upload(world, content)
    run_jobs()
    tick(world, drafts(world)[0])
    upload(world, content)
    bring(world, meeting(-3), meeting(-1, "Board moved", uid="Board", minutes=30))
    assert titles(world) == ["Board moved"]
    (one,) = drafts(world)
    assert (one.on, one.minutes) == (TODAY - DAY, 30)
    assert PlannedEntry.objects.count() == 2


def test_same_file_on_the_same_day_is_the_same(world: World) -> None:
    content = ics(meeting(-3))
    assert upload(world, content)["Location"] == upload(world, content)["Location"]
    assert LogFile.objects.count() == 1


def test_days_to_come_wait_in_the_log(world: World) -> None:
    bring(world, meeting(-1), meeting(3, "Board"))
    past, to_come = drafts(world)
    assert "Board" not in page(world) and "Meetings to come (1)" in page(world)
    assert "Board" in page(world, "?show=to-come")
    answer = tick(world, to_come, show="?show=to-come")
    assert answer["Location"] == "/log/calendar/ticks/?show=to-come"
    to_come.refresh_from_db()
    assert (to_come.origin, to_come.state, to_come.kind) == ("typed", "waiting", "relational")
    assert to_come.residency == world.residency
    log = f"/p/{world.programme.slug}/r/{world.residency.code}/log/"
    assert "Board" in world.client("researcher").get(log).content.decode()
    assert not Activity.objects.exists() and drafts(world) == [past]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"kind": ""}, "Select the kind of work"),
        ({"long": "soon"}, "Enter how long it took"),
        ({"long": "17h"}, "between 1 minute and 16 hours"),
        ({"long": ""}, "Enter how long it took"),
        ({"tick": []}, "Select one meeting or more"),
        ({"tick": ["1"]}, "answered in another window"),
        ({"tick": ["x"]}, "answered in another window"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(world: World, typed: dict[str, Any], said: str) -> None:
    bring(world, meeting(-3), meeting(-2, "Board"))
    one, other = drafts(world)
    if "long" in typed:
        typed = {f"long_{one.pk}": typed["long"]}
    answer = tick(world, one, **({f"long_{other.pk}": "77"} | typed))
    text = unescape(answer.content.decode())
    assert answer.status_code == 200 and said in text and 'value="77"' in text
    if f"long_{one.pk}" in typed:
        told = rf'href="#id_long_{one.pk}">[^<]*\(“Falls team”, {day(one.on)}\)'
        assert re.search(told, text), "the summary says of which"
    assert not Activity.objects.exists()


def test_v60_a_day_holds_sixteen_hours(world: World) -> None:
    bring(world, meeting(-3, minutes=900), meeting(-3, "Board", minutes=61))
    long, short = drafts(world)
    assert "16 hours or less" in tick(world, long, short).content.decode()
    assert tick(world, long, short, **{f"long_{short.pk}": "60"}).status_code == 302


@pytest.mark.parametrize(("days", "asked"), [(-31, False), (-32, True)])
def test_v60_late_ones_need_a_reason(world: World, days: int, asked: bool) -> None:
    bring(world, meeting(days))
    (one,) = drafts(world)
    answer = tick(world, one)
    assert (answer.status_code == 200) is asked
    if asked:
        assert "more than 31 days late" in answer.content.decode()
        assert tick(world, one, late_reason="away").status_code == 302
    assert Activity.objects.get().late_reason == ("away" if asked else "")


@pytest.mark.parametrize(("counts_as", "minutes"), [("half", 225), ("day", 450)])
def test_whole_day_counts_as_chosen(world: World, counts_as: str, minutes: int) -> None:
    bring(world, whole_day(-1))
    (one,) = drafts(world)
    assert "Enter how long it took" in tick(world, one).content.decode()
    assert tick(world, one, whole_day=counts_as).status_code == 302
    assert Activity.objects.get().minutes == minutes


def test_programme_of_half_days_takes_no_others(world: World) -> None:
    Programme.objects.update(half_days_only=True)
    bring(world, meeting(-1))
    (one,) = drafts(world)
    assert "Enter half-days here" in tick(world, one).content.decode()
    assert tick(world, one, **{f"long_{one.pk}": "half a day"}).status_code == 302


def test_one_of_several_hosts_is_named(world: World) -> None:
    other = make_organisation("Second Trust")
    ResidencyOrganisation.objects.create(residency=world.residency, organisation=other, part="host")
    bring(world, meeting(-1))
    (one,) = drafts(world)
    assert "Select what they were for" in unescape(tick(world, one).content.decode())
    assert tick(world, one, place=f"{world.residency.pk}.{other.pk}").status_code == 302
    assert Activity.objects.get().host == other


def test_residency_of_others_cannot_be_named(world: World) -> None:
    foreign = make_residency(world.programme)
    second = make_organisation()
    ResidencyOrganisation.objects.create(residency=world.residency, organisation=second, part="host")
    bring(world, meeting(-1))
    assert tick(world, *drafts(world), place=f"{foreign.pk}.0").status_code == 200


def test_nobody_else_reaches_a_calendar(world: World) -> None:
    file = bring(world, meeting(-1))
    for role in world.people:
        if role != "researcher":
            assert world.client(role).get(f"/log/calendar/{file.pk}/").status_code == 404, role


def test_who_has_no_log_brings_no_calendar_in(world: World) -> None:
    assert upload(world, ics(meeting(-1)), "host_manager").status_code == 404


def test_file_is_kept_sealed_and_nameless(world: World) -> None:
    file = bring(world, meeting(-1, "Quagga"))
    assert b"Quagga" not in kept_bytes(file.content)
    assert "Ada" not in file.content.name


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"Date,Minutes", "not a calendar file"), (b"PK\x03\x04 rubbish", "not a calendar file")],
)
def test_file_that_is_none_says_so(world: World, content: bytes, said: str) -> None:
    upload(world, content)
    run_jobs()
    file = LogFile.objects.latest("pk")
    assert said in world.client("researcher").get(f"/log/calendar/{file.pk}/").content.decode()
    assert upload(world, content)["Location"] != f"/log/calendar/{file.pk}/"


def test_declined_by_me_is_left_out(world: World) -> None:
    mine = f"ATTENDEE;PARTSTAT=DECLINED:mailto:{world.people['researcher'].email}"
    bring(
        world, meeting(-1, "Mine", more=mine), meeting(-1, "Theirs", more=mine.replace("mailto:", "mailto:x"))
    )
    assert titles(world) == ["Theirs"]


def test_ticked_in_another_window_is_logged_once(world: World) -> None:
    bring(world, meeting(-1))
    (one,) = drafts(world)
    typed = PRESS | {"form_key": key(), "tick": [str(one.pk)], f"long_{one.pk}": "90"}
    browser = world.client("researcher")
    first = browser.post("/log/calendar/ticks/", typed)
    assert browser.post("/log/calendar/ticks/", typed)["Location"] == first["Location"]
    assert (
        "another window" in browser.post("/log/calendar/ticks/", typed | {"form_key": key()}).content.decode()
    )
    assert Activity.objects.count() == 1


def test_page_asks_no_more_for_fifty_than_for_one(world: World, django_assert_num_queries: Any) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    bring(world, meeting(-1))
    browser = world.client("researcher")
    with CaptureQueriesContext(connection) as one:
        browser.get("/log/calendar/ticks/")
    bring(world, *(meeting(-1, uid=str(number)) for number in range(60)))
    with CaptureQueriesContext(connection) as many:
        browser.get("/log/calendar/ticks/")
    assert len(many) == len(one)


def test_tick_all_keeps_what_was_put_right(world: World) -> None:
    bring(world, *(meeting(-1, uid=str(number)) for number in range(60)))
    one = PlannedEntry.objects.filter(person=world.people["researcher"]).order_by("-on", "id")[0]
    typed = {"press": "all", "form_key": key(), "kind": "relational", f"long_{one.pk}": "1:45"}
    text = world.client("researcher").post("/log/calendar/ticks/", typed).content.decode()
    assert text.count(" checked>") == 51  # fifty meetings and the kind
    assert f'name="long_{one.pk}" value="1:45"' in text
    assert not Activity.objects.exists()
