"""Asking for a report: what can be chosen, who may, and one report however often it is pressed."""

from __future__ import annotations

import datetime
import re
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from embedded.audit.models import Event
from embedded.files.disk import place
from embedded.jobs.models import Job
from programmes.measures.period import Period
from programmes.models import Membership, Report, Theme
from programmes.reports import periods
from programmes.reports.actions import MOST_AT_ONCE
from tests.reports.telling import ask, fail, keep_made, last_twelve, page, press
from tests.world import World, client_of, join, make_person, make_programme

ALLOWED = ("programme_lead", "programme_officer", "theme_lead")
REFUSED = (
    *("funder", "host_manager", "exec_sponsor", "rd_office", "hr", "ig_lead"),
    *("researcher", "academic_supervisor", "public_partner"),
)


def list_page(world: World, role: str = "programme_lead") -> str:
    return world.client(role).get(f"/p/{world.programme.slug}/reports/").content.decode()


# periods


@pytest.mark.parametrize(
    ("today", "start", "end"),
    [
        ("2026-11-22", "2026-07-01", "2026-10-01"),
        ("2026-10-01", "2026-07-01", "2026-10-01"),
        ("2026-09-30", "2026-04-01", "2026-07-01"),
        ("2026-04-01", "2026-01-01", "2026-04-01"),
        ("2026-03-31", "2025-10-01", "2026-01-01"),
    ],
)
@pytest.mark.django_db
def test_the_last_quarter_is_the_newest_that_is_over(today: str, start: str, end: str) -> None:
    programme = make_programme(reporting_year_starts_month=4)
    offered = {o.name: o.period for o in periods.offers(programme, datetime.date.fromisoformat(today))}
    assert offered["quarter"] == Period(datetime.date.fromisoformat(start), datetime.date.fromisoformat(end))


@pytest.mark.django_db
def test_periods_follow_the_programmes_own_reporting_year() -> None:
    programme = make_programme(reporting_year_starts_month=8)
    offered = {o.name: o for o in periods.offers(programme, datetime.date(2026, 11, 22))}
    assert offered["quarter"].days == "1 August 2026 to 31 October 2026"
    assert offered["year_so_far"].days == "1 August 2026 to 22 November 2026"
    assert offered["last_year"].days == "1 August 2025 to 31 July 2026"
    assert offered["twelve_months"].days == "1 November 2025 to 31 October 2026"


@pytest.mark.django_db
def test_only_months_that_are_over_can_be_chosen() -> None:
    programme = make_programme(start=datetime.date(2026, 8, 15))
    today = datetime.date(2026, 11, 1)
    assert [f"{month:%Y-%m}" for month in periods.months(programme, today)] == [
        "2026-10",
        "2026-09",
        "2026-08",
    ]
    young = make_programme(start=today)
    assert [f"{month:%Y-%m}" for month in periods.months(young, today)] == ["2026-10"]


def test_chosen_months_are_taken_whole(world: World) -> None:
    last = last_twelve().last.replace(day=1)
    months = {"period": "chosen", "first_month": f"{last:%Y-%m}", "last_month": f"{last:%Y-%m}"}
    press(world.client("programme_lead"), world.programme, **months)
    report = Report.objects.get()
    assert (report.start, report.end) == (last, last_twelve().end)


@pytest.mark.parametrize(
    ("fields", "instruction"),
    [
        ({"period": ""}, "Select a period"),
        ({"period": "for ever"}, "Select a period"),
        ({"about": "theme of somebody else"}, "Select what the report is about"),
        ({"period": "chosen"}, "Select the first month"),
        ({"period": "chosen", "first_month": "2026-01"}, "Select the last month"),
        ({"period": "chosen", "first_month": "1999-01", "last_month": "2026-01"}, "Select the first month"),
        ({"prepared_for": "x" * 121}, "Who it is prepared for must be 120 characters or fewer"),
    ],
)
def test_what_is_missing_is_asked_for(world: World, fields: dict[str, str], instruction: str) -> None:
    answer = press(world.client("programme_lead"), world.programme, **fields).content.decode()
    assert instruction in answer
    assert "<title>Error: " in answer
    assert not Report.objects.exists()


def test_months_in_the_wrong_order_are_asked_for_again(world: World) -> None:
    first, last = last_twelve().last, last_twelve().start
    months = {"period": "chosen", "first_month": f"{first:%Y-%m}", "last_month": f"{last:%Y-%m}"}
    answer = press(world.client("programme_lead"), world.programme, **months).content.decode()
    assert "Last month must be the same as or after the first month" in answer


# who may


@pytest.mark.parametrize("role", ALLOWED)
def test_these_may_ask_and_read(world: World, role: str) -> None:
    report = keep_made(ask(world, theme=world.residency.theme))
    client = world.client(role)
    for address in ("", f"{report.pk}/", f"{report.pk}/report.pdf"):
        assert client.get(f"/p/{world.programme.slug}/reports/{address}").status_code == 200
    about = str(world.residency.theme_id)
    assert press(client, world.programme, about=about).status_code == 302
    assert Report.objects.count() == 2


@pytest.mark.parametrize("role", REFUSED)
def test_these_may_not(world: World, role: str) -> None:
    report = keep_made(ask(world))
    client = world.client(role)
    for address in ("", f"{report.pk}/", f"{report.pk}/report.pdf"):
        assert client.get(f"/p/{world.programme.slug}/reports/{address}").status_code == 403
        assert client.post(f"/p/{world.programme.slug}/reports/{address}").status_code in (403, 405)
    assert Report.objects.count() == 1


def test_the_anonymous_is_asked_to_sign_in(world: World) -> None:
    report = keep_made(ask(world))
    for address in ("", f"{report.pk}/", f"{report.pk}/report.pdf"):
        answer = Client().get(f"/p/{world.programme.slug}/reports/{address}")
        assert (answer.status_code, "/accounts/" in answer["Location"]) == (302, True)


def test_another_programme_finds_nothing(world: World, other_world: World) -> None:
    """P3: by their own address, and by ours with their number."""
    report = keep_made(ask(world))
    client = other_world.client("programme_lead")
    for slug in (world.programme.slug, other_world.programme.slug):
        for address in (f"{report.pk}/", f"{report.pk}/report.pdf"):
            assert client.get(f"/p/{slug}/reports/{address}").status_code == 404
    assert "The board" not in list_page(other_world)


def test_a_theme_lead_is_offered_only_the_own_theme(world: World) -> None:
    other = Theme.objects.create(programme=world.programme, name="Theme of somebody else")
    ask(world, prepared_for="Whole Programme Canary")
    ask(world, theme=other, prepared_for="Other Theme Canary")
    mine = ask(world, theme=world.residency.theme, prepared_for="My theme")
    client = world.client("theme_lead")
    seen = list_page(world, "theme_lead")
    assert "It is about your theme, Ageing well" in seen
    assert "My theme" in seen
    assert "Canary" not in seen
    assert other.name not in seen
    press(client, world.programme, about="whole")
    assert Report.objects.latest("pk").theme == world.residency.theme
    for report in Report.objects.exclude(theme=mine.theme):
        assert client.get(report.get_absolute_url()).status_code == 404
        assert client.get(f"{report.get_absolute_url()}report.pdf").status_code == 404


def test_a_lead_of_two_themes_chooses_between_them(world: World) -> None:
    second = Theme.objects.create(programme=world.programme, name="Birth")
    join(world.people["theme_lead"], "theme_lead", world.programme, second)
    client = world.client("theme_lead")
    assert "Theme: Birth" in list_page(world, "theme_lead")
    assert "The whole programme" not in list_page(world, "theme_lead")
    assert "Select what the report is about" in press(client, world.programme).content.decode()
    press(client, world.programme, about=str(second.pk))
    assert Report.objects.get().theme == second


# once


def test_asking_writes_row_job_and_one_event(world: World) -> None:
    answer = press(world.client("programme_lead"), world.programme, prepared_for="The board")
    report = Report.objects.get()
    assert answer["Location"] == report.get_absolute_url()
    assert report.job
    assert (report.job.kind, report.job.state) == ("programme_report", "waiting")
    assert (report.prepared_for, report.made_at) == ("The board", None)
    assert Event.objects.filter(deed="report.asked").count() == 1


@pytest.mark.parametrize("same_form", [True, False])
def test_pressed_twice_is_one_report(world: World, same_form: bool) -> None:
    """Same form key; or a new form for the same while the first still waits."""
    client, key = world.client("programme_lead"), str(uuid4())
    answers = [press(client, world.programme, form_key=key if same_form else str(uuid4())) for _ in range(2)]
    assert answers[0]["Location"] == answers[1]["Location"]
    assert (Report.objects.count(), Job.objects.count()) == (1, 1)


def test_another_person_period_theme_or_reader_is_another_report(world: World) -> None:
    lead = world.client("programme_lead")
    press(lead, world.programme)
    press(lead, world.programme, period="quarter")
    press(lead, world.programme, about=str(world.residency.theme_id))
    press(lead, world.programme, prepared_for="The funder")
    press(world.client("programme_officer"), world.programme)
    assert Report.objects.count() == 5


def test_once_the_first_is_made_or_failed_the_same_can_be_asked_again(world: World) -> None:
    first = keep_made(ask(world))
    second = fail(ask(world))
    third = ask(world)
    assert len({first.pk, second.pk, third.pk}) == 3


def test_nobody_fills_the_queue_alone(world: World) -> None:
    for number in range(MOST_AT_ONCE):
        ask(world, prepared_for=f"Reader {number}")
    answer = press(world.client("programme_lead"), world.programme, prepared_for="One more")
    assert "Wait until one of your 10 reports is made" in answer.content.decode()
    assert 'value="One more"' in answer.content.decode()
    assert Report.objects.count() == MOST_AT_ONCE


# the history and the page of one that waits


def test_history_is_newest_first_with_states_in_words(world: World) -> None:
    keep_made(ask(world, prepared_for="First reader"))
    fail(ask(world, prepared_for="Second reader"))
    ask(world, prepared_for="Third reader")
    seen = list_page(world)
    assert re.findall(r"(First|Second|Third) reader", seen) == ["Third", "Second", "First"]
    for words in ("Waiting its turn", "Could not be made", "Ready", "Try again", "PDF (1\xa0KB)"):
        assert words in seen


def test_history_asks_the_same_number_of_queries_for_1_and_20(world: World) -> None:
    client = world.client("programme_lead")
    keep_made(ask(world))
    client.get(f"/p/{world.programme.slug}/reports/")
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/p/{world.programme.slug}/reports/")
        counts.append(len(asked))
        for number in range(19):
            keep_made(ask(world, theme=world.residency.theme, prepared_for=f"Reader {number}"))
    assert counts[0] == counts[1]


def test_while_it_waits_the_page_says_so_and_looks_by_itself(world: World) -> None:
    report = ask(world)
    client = world.client("programme_lead")
    seen = page(client, report)
    assert "Your report is being prepared" in seen
    assert "It is waiting its turn." in seen
    assert '<noscript><meta http-equiv="refresh" content="5"></noscript>' in seen
    assert 'hx-trigger="every 2s"' in seen
    still = client.get(f"{report.get_absolute_url()}?still=1").content.decode()
    assert "http-equiv" not in still
    assert "hx-get" not in still
    assert client.get(f"{report.get_absolute_url()}report.pdf").status_code == 404


def test_while_it_is_made_the_page_says_which_step(world: World) -> None:
    report = ask(world)
    soon = timezone.now() + datetime.timedelta(minutes=1)
    Job.objects.filter(pk=report.job_id).update(
        **{"state": "running", "lease_token": uuid4(), "lease_until": soon, "tries": 1},
        **{"step": "Setting the pages", "done_units": 2, "of_units": 3},
    )
    seen = page(world.client("programme_lead"), report)
    assert "Step 2 of 3: setting the pages." in seen
    assert '<progress class="app-progress" max="3" value="2"' in seen


def test_the_page_that_looks_by_itself_is_told_when_there_is_more_to_see(world: World) -> None:
    report = keep_made(ask(world))
    answer = world.client("programme_lead").get(report.get_absolute_url(), headers={"HX-Request": "true"})
    assert (answer["HX-Refresh"], answer.content) == ("true", b"")


def test_what_failed_says_why_and_can_be_tried_again_once(world: World) -> None:
    report = fail(ask(world), "There is no room left to keep the file.")
    client, key = world.client("programme_officer"), {"form_key": str(uuid4())}
    seen = page(client, report)
    assert "Your report could not be made" in seen
    assert "There is no room left to keep the file." in seen
    for _ in range(2):
        assert client.post(report.get_absolute_url(), key).status_code == 302
    assert Job.objects.get().state == "waiting"
    assert Event.objects.filter(deed="report.tried_again").count() == 1
    client.post(report.get_absolute_url(), {"form_key": str(uuid4())})
    assert Event.objects.filter(deed="report.tried_again").count() == 1


def test_a_made_report_is_not_made_again(world: World) -> None:
    report = keep_made(ask(world))
    world.client("programme_lead").post(report.get_absolute_url(), {"form_key": str(uuid4())})
    assert Job.objects.get().state == "done"


# reading


def test_a_download_is_an_attachment_and_is_noted_as_read(world: World) -> None:
    """P11."""
    report = keep_made(ask(world))
    answer = world.client("programme_officer").get(f"{report.get_absolute_url()}report.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith('attachment; filename="programme-report-')
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer.content == b"%PDF-1.7 a file of this test"
    event = Event.objects.get(deed="report.read")
    assert (event.who, event.details) == ("Programme officer", {"form": "pdf"})


def test_who_loses_the_role_loses_the_report_at_once(world: World) -> None:
    """P4: authorised again at every look."""
    report = keep_made(ask(world))
    client = world.client("programme_lead")
    Membership.objects.filter(person=world.people["programme_lead"]).update(end=timezone.localdate())
    for address in (report.get_absolute_url(), f"{report.get_absolute_url()}report.pdf"):
        assert client.get(address).status_code == 404


def test_a_file_that_is_lost_leads_back_to_the_page(world: World) -> None:
    report = keep_made(ask(world), b"%PDF-1.7 lost")
    assert report.pdf
    place(report.pdf.sha256).unlink()
    answer = world.client("programme_lead").get(f"{report.get_absolute_url()}report.pdf", follow=True)
    assert "The PDF cannot be read any more" in answer.content.decode()


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_the_file_can_only_be_read(world: World, method: str) -> None:
    report = keep_made(ask(world))
    client = world.client("programme_lead")
    assert getattr(client, method)(f"{report.get_absolute_url()}report.pdf").status_code == 405


def test_a_stranger_with_an_account_finds_nothing(world: World) -> None:
    report = keep_made(ask(world))
    assert client_of(make_person()).get(report.get_absolute_url()).status_code == 404
