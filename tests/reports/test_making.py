"""Making a report: figures of one moment, frozen; a tagged PDF; one letter; nothing private in any of it."""

from __future__ import annotations

import datetime
import json
import resource
import threading
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.db.utils import InternalError
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pypdf import PdfReader

from embedded import pdf as printer
from embedded.audit.models import Event
from embedded.files import read
from embedded.files.models import MadeFile
from embedded.jobs.running import run
from embedded.post.models import Letter
from programmes.measures.period import Period, add_months
from programmes.models import Activity, Membership, Report, Residency, Theme, UseInDecision
from programmes.reports import actions
from programmes.reports.build import compose
from programmes.reports.chapters import MOST_ROWS
from programmes.reports.content import Content
from programmes.reports.memory import TooMuch, bounded_memory
from programmes.reports.snapshot import in_one_moment
from tests.pdf.checking import faults
from tests.pdf.papers import elements, everything_in, tags
from tests.reports.telling import (
    SECRET_ASKER,
    SECRET_NOTE,
    SECRET_WHAT,
    ask,
    keep_made,
    last_month,
    last_twelve,
    log,
    page,
    tell,
)
from tests.workers import run_jobs
from tests.world import World, make_person, make_residency

NEVER = (SECRET_WHAT, SECRET_NOTE, SECRET_ASKER, "Partner Name Canary", "Confirming Name Canary")

committed = pytest.mark.django_db(transaction=True)


def made(report: Report) -> Report:
    run_jobs()
    report.refresh_from_db()
    assert report.job
    assert report.job.state == "done", report.job.error
    return report


def figure(content: Content, key: str) -> Any:
    return next(one for one in content.figures if one.key == key)


def rows_of(content: Content, key: str) -> dict[Any, tuple[Any, ...]]:
    one = figure(content, key)
    return {row[0]: row[1:] for row in one.rows + one.foot}


# the whole way


@committed
def test_made_report_is_row_file_letter_and_event_once(world: World) -> None:
    tell(world)
    report = made(ask(world))
    run(report.job_id or 0)
    assert report.pdf
    assert MadeFile.objects.count() == 1
    assert Event.objects.filter(deed="report.made").count() == 1
    letter = Letter.objects.get()
    assert letter.to == world.people["programme_lead"].email
    assert f"http://localhost:8000{report.get_absolute_url()}" in letter.text
    assert letter.subject.startswith("Your report is ready")


@committed
def test_pdf_is_tagged_titled_and_in_its_language(world: World) -> None:
    """P33: PDF/UA, headings, header cells, an alternative for every drawing; and nothing private (P6)."""
    tell(world)
    report = made(ask(world))
    assert report.pdf
    assert (
        report.pdf.name
        == f"programme-report-{world.programme.slug}-{report.start}-to-{last_twelve().last}.pdf"
    )
    assert faults(read(report.pdf)) == []
    pdf = PdfReader(BytesIO(read(report.pdf)))
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"].value
    assert root["/Lang"] == "en-GB"
    assert pdf.metadata
    assert str(pdf.metadata.title).startswith(f"Programme report: {world.programme.name}, ")
    found = tags(pdf)
    assert found.count("/H1") == 1
    assert found.count("/H2") >= 11
    assert found.count("/Caption") >= found.count("/Table") > 12
    assert found.count("/TH") > found.count("/Table")
    drawings = [one for one in elements(pdf) if one["/S"] == "/Figure" and "/Alt" in one]
    assert len(drawings) == 4
    assert all(len(str(one["/Alt"])) > 10 for one in drawings)
    text = "\n".join(sheet.extract_text() for sheet in pdf.pages)
    for words in ("The board", "Falls briefing <b>&", "Open the clinic on Saturdays", "How this was counted"):
        assert "".join(words.split()) in "".join(text.split())
    inside = text.encode() + everything_in(pdf)
    assert not [words for words in NEVER if words.encode() in inside]


@committed
def test_page_and_paper_say_the_same(world: World) -> None:
    tell(world)
    report = made(ask(world))
    assert report.pdf
    pdf = PdfReader(BytesIO(read(report.pdf)))
    paper = "".join("".join(sheet.extract_text() for sheet in pdf.pages).split())
    content = Content.from_json(report.figures or {})
    for sentence in [one.sentence for one in content.figures] + list(content.summary):
        assert "".join(sentence.split()) in paper


@committed
def test_figures_stay_as_they_were_when_the_records_change(world: World) -> None:
    told = tell(world)
    report = made(ask(world))
    assert report.pdf
    client = world.client("programme_lead")
    before = (page(client, report).split("<main")[1], report.figures, read(report.pdf))
    Residency.objects.filter(programme=world.programme).update(stage="paused", title="Other title")
    UseInDecision.objects.update(what="Something else")
    Membership.objects.filter(role="researcher").delete()
    log(told.residencies[1], make_person(), last_month())
    type(world.programme).objects.filter(pk=world.programme.pk).update(residency_word="secondment")
    report.refresh_from_db()
    assert report.pdf
    assert (page(client, report).split("<main")[1], report.figures, read(report.pdf)) == before


@committed
def test_a_theme_leads_report_holds_the_theme_and_nothing_else(world: World) -> None:
    other = Theme.objects.create(programme=world.programme, name="Other theme")
    make_residency(world.programme, theme=other, title="Other Theme Canary", fairer_for="Other Theme Canary")
    make_residency(world.programme, title="No Theme Canary")
    report = made(ask(world, theme=world.residency.theme, by="theme_lead"))
    kept = json.dumps(report.figures)
    assert world.residency.title in kept
    assert "Canary" not in kept


@committed
@pytest.mark.parametrize("how", ["membership", "account"])
def test_who_loses_the_role_before_it_is_made_gets_a_plain_sentence(world: World, how: str) -> None:
    """P4: authorised again when it is made."""
    report = ask(world, theme=world.residency.theme, by="theme_lead")
    person = world.people["theme_lead"]
    if how == "membership":
        Membership.objects.filter(person=person).update(end=timezone.localdate())
    else:
        assert person.user
        person.user.is_active = False
        person.user.save()
    run_jobs()
    report.refresh_from_db()
    assert report.job
    assert report.job.state == "failed"
    assert report.job.error == "Theme lead may no longer ask for reports of Ageing well, so it was not made."
    assert (report.figures, report.pdf, MadeFile.objects.count()) == (None, None, 0)
    assert Letter.objects.get().subject.startswith("Your report could not be made")
    assert report.job.error in Letter.objects.get().text
    assert Event.objects.filter(deed="report.failed").count() == 1


@committed
def test_what_failed_and_is_tried_again_is_made_once(world: World) -> None:
    report = ask(world)
    membership = Membership.objects.get(person=world.people["programme_lead"])
    Membership.objects.filter(pk=membership.pk).update(end=timezone.localdate())
    run_jobs()
    Membership.objects.filter(pk=membership.pk).update(end=None)
    report.refresh_from_db()
    assert actions.try_again(report=report, by=world.people["programme_lead"])
    made(report)
    subjects = [letter.subject.split(":")[0] for letter in Letter.objects.order_by("pk")]
    assert subjects == ["Your report could not be made", "Your report is ready"]


@committed
def test_figures_are_read_at_one_moment(world: World) -> None:
    """What is written between two queries of a report is in none of them."""
    reading, written = threading.Event(), threading.Event()

    def count_twice() -> tuple[int, int]:
        before = Residency.objects.count()
        reading.set()
        assert written.wait(30)
        return before, Residency.objects.count()

    def write() -> None:
        assert reading.wait(30)
        make_residency(world.programme)
        written.set()
        connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    assert in_one_moment(count_twice) == (1, 1)
    writer.join()
    assert Residency.objects.count() == 2


@committed
def test_nothing_can_be_written_while_figures_are_read(world: World) -> None:
    with pytest.raises(InternalError, match="read-only"):
        in_one_moment(lambda: Residency.objects.update(title="Changed"))


# what it says


def test_every_figure_states_period_denominator_missing_and_time(world: World) -> None:
    tell(world)
    report = keep_made(ask(world))
    content = Content.from_json(report.figures or {})
    assert len(content.figures) == 13
    for one in content.figures:
        assert one.sentence
        assert one.period
        assert one.denominator
        assert one.missing
        assert one.computed_at == content.computed_at == report.made_at
    seen = page(world.client("programme_lead"), report)
    assert seen.count("<dt>Counted from</dt>") == seen.count("<dt>Missing</dt>") == len(content.figures)


def test_report_says_what_was_recorded(world: World) -> None:
    tell(world)
    content = compose(ask(world))
    assert [(one.number, one.note.split(" on ")[0]) for one in content.key_numbers] == [
        ("6", "of 6 known"),
        ("3.1", "6 posts"),
        ("1", "1 confirmed by the host"),
        ("1", "1 confirmed by themselves"),
    ]
    assert rows_of(content, "decisions")["Falls briefing <b>&"] == (
        "Open the clinic on Saturdays",
        f"Operations board, 1 {last_month():%B %Y}",
        "Minutes, item 4",
        "Used; confirmed by the host",
    )
    assert rows_of(content, "decisions")["Early figures"][-1] == (
        "Considered and not used; not confirmed yet by the host"
    )
    given = rows_of(content, "contributions")
    assert given["The public together"] == (1, 1, 1)
    assert given["Other partners together"] == (1, 0, 0)
    assert given["All"] == (2, 1, 1)
    assert rows_of(content, "changed")["Falls at night"][2] == "The question is about nights now"
    assert rows_of(content, "stages")["Running"] == (0, 6, "+6")
    assert rows_of(content, "steps") == {"Approved": (6,), "Started": (6,)}
    assert rows_of(content, "projects-kind")["Service evaluation or improvement"] == (1, 0, "100%")
    assert [row[2] for row in figure(content, "fairness").rows] == [f"Answer {n}" for n in range(1, 6)]
    assert rows_of(content, "access")["All"] == ("", "", 5, 6)
    assert rows_of(content, "attention")["All"] == (0, 1)


def test_nothing_private_is_in_figures_or_page(world: World) -> None:
    """P6: neither notes, nor what somebody did, nor who asked for it, nor partners' and confirmers' names."""
    tell(world)
    report = keep_made(ask(world))
    everything = json.dumps(report.figures) + page(world.client("programme_lead"), report)
    assert not [words for words in NEVER if words in everything]
    assert "Researcher 1" not in everything
    assert world.people["researcher"].email not in everything


@pytest.mark.parametrize(("people", "shown"), [(4, False), (5, True)])
def test_time_of_fewer_than_five_people_is_hidden(world: World, people: int, shown: bool) -> None:
    tell(world, people)
    mix = figure(compose(ask(world)), "mix")
    month = {row[0]: row[1:] for row in mix.rows}[f"{last_month():%B %Y}"]
    assert (month[-1] == people * 3.0) == shown
    assert ("*" in month) != shown
    assert ("too few people logged" in mix.sentence) != shown
    assert str(people * 3) not in mix.denominator or shown
    assert bool(mix.svg) == shown


def test_two_people_in_six_residencies_are_two(world: World) -> None:
    """Small numbers count people, not residencies."""
    tell(world, 6)
    Activity.objects.filter(residency__title__startswith="Running").update(person=make_person())
    assert "too few people logged" in figure(compose(ask(world)), "mix").sentence


def test_the_month_that_is_running_is_in_no_figure_of_time(world: World) -> None:
    told = tell(world)
    today = timezone.localdate()
    for residency in told.residencies:
        log(residency, make_person(), today, "academic_home")
    content = compose(ask(world, period=Period(last_month(), today + datetime.timedelta(days=1))))
    assert [row[0] for row in figure(content, "mix").rows] == [f"{last_month():%B %Y}"]
    now = Period(today.replace(day=1), today + datetime.timedelta(days=1))
    content = compose(ask(world, period=now))
    assert "No month of this period is over yet" in figure(content, "mix").sentence


def test_an_empty_programme_says_no_data_and_never_nought_per_cent(world: World) -> None:
    """domain.md 6.5."""
    long_ago = add_months(last_month(), -60)
    content = compose(ask(world, period=Period(long_ago, add_months(long_ago, 3))))
    said = " ".join(one.sentence for one in content.figures)
    for words in (
        "Nothing has been recorded as used in a decision.",
        "No project was open in the period.",
        "No post was held on",
        "There is nothing to show for",
        "no data",
    ):
        assert words in said
    assert "0%" not in said


def test_the_programmes_own_words_are_used(world: World) -> None:
    type(world.programme).objects.filter(pk=world.programme.pk).update(
        residency_word="secondment", residencies_word="secondments", researchers_word="fellows"
    )
    world.programme.refresh_from_db()
    content = compose(ask(world))
    assert "1 secondment" in content.summary[1]
    assert [chapter.title for chapter in content.chapters][2:4] == ["The secondments", "The fellows"]


def test_no_report_claims_an_effect(world: World) -> None:
    tell(world)
    words = json.dumps(compose(ask(world)).to_json()).lower()
    for claim in ("impact", "effective", "led to", "resulted in", "thanks to", "improved", "successful"):
        assert claim not in words


def test_a_table_stays_printable_and_its_sums_whole(world: World) -> None:
    """F6: 250 lines a table."""
    told = tell(world)
    again = {"residency": world.residency, "what": "More", "decision": "D", "decided_by": "B"}
    again |= {"decided_on": last_month(), "recorded_by": told.use.recorded_by, "recorded_at": timezone.now()}
    UseInDecision.objects.bulk_create(UseInDecision(**again) for _ in range(MOST_ROWS - 1))
    decisions = figure(compose(ask(world)), "decisions")
    assert len(decisions.rows) == MOST_ROWS
    assert decisions.note == "The first 250 of 251 lines are shown; sums and sentences count all of them."
    assert decisions.denominator.startswith("251 recorded")


def test_memory_is_bounded_while_it_prints_and_free_again_after() -> None:
    """P32."""
    before = resource.getrlimit(resource.RLIMIT_AS)
    with pytest.raises(TooMuch), bounded_memory(64 * 1024 * 1024):
        bytearray(1024 * 1024 * 1024)
    assert resource.getrlimit(resource.RLIMIT_AS) == before


@committed
def test_a_report_that_cannot_be_printed_says_so(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printer, "MOST_PAGES", 1)
    report = ask(world)
    run_jobs()
    report.refresh_from_db()
    assert report.job
    assert (report.job.state, report.job.tries) == ("failed", 1)
    assert "more than 1 pages" in report.job.error
    assert not MadeFile.objects.exists()


def test_kept_content_comes_back_the_same(world: World) -> None:
    tell(world)
    content = compose(ask(world))
    assert Content.from_json(json.loads(json.dumps(content.to_json()))) == content


def test_composing_asks_the_same_number_of_queries_for_2_and_12(world: World) -> None:
    counts = []
    for people in (2, 10):
        tell(world, people) if people == 2 else [
            make_residency(world.programme, world.host) for _ in range(people)
        ]
        report = Report.objects.select_related("programme", "theme", "asked_by").get(pk=ask(world).pk)
        with CaptureQueriesContext(connection) as asked:
            compose(report)
        counts.append(len(asked))
    assert counts[0] == counts[1]
