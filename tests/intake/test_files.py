"""The import files of trust.md §4.1: no 500, nothing written but the file and its rows, less than 300 MB for each both
in the process that opens it and in the worker, and words that put it right."""

from __future__ import annotations

from dataclasses import asdict
from html import unescape
from pathlib import Path

import pytest
from django.test import Client
from structlog.testing import capture_logs

from embedded.jobs.models import Job
from embedded.tables.reading.bounds import Bounds
from embedded.tables.reading.opening import TABLES, run_child
from programmes.intake.columns import VOCABULARY
from programmes.models import Placement, Residency, ResidencyFile
from programmes.models import Programme as AnyProgramme
from tests.intake.building import address, page_of, states, table, upload
from tests.intake.files import CASES, Case, cells_within_bounds
from tests.intake.listed import SENT, SPOILT
from tests.intake.memory import before_its_first_job, more_than_before
from tests.registration.filled import key
from tests.workers import run_jobs
from tests.world import World

MOST_KIB = 300 * 1024


def test_every_file_of_the_list_is_tried_and_they_are_ninety_and_more() -> None:
    names = {case.name for case in CASES}
    assert len(names) == len(CASES) >= 90
    assert len(SPOILT) + len(SENT) >= 90
    assert not {name for tried in SPOILT.values() for name in tried} - names
    tests = "".join(one.read_text() for one in Path(__file__).parent.glob("test_*.py"))
    assert not [name for name in SENT.values() if f"def {name}(" not in tests]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_file_is_taken_or_its_owner_told_why(world: World, case: Case) -> None:
    lead, before = world.client("programme_lead"), written()
    answer = upload(lead, world, case.make(), case.called)
    if answer.status_code == 200:  # too large, or empty, to be kept at all
        assert case.says.replace("This file", "The selected file") in shown(answer.content) and not case.rows
        return
    assert answer.status_code == 302
    with capture_logs() as logs, more_than_before() as taken:
        run_jobs()
    assert before_its_first_job() + taken.kib < MOST_KIB, "the worker that asked for it took too much"
    assert all(one["peak_kib"] < MOST_KIB for one in logs if one["event"] == "table_opened")
    file = ResidencyFile.objects.get()
    page = unescape(page_of(lead, file))
    assert Job.objects.get(pk=file.job_id).state == "done"
    assert case.says in page, file.problem or [row.problems for row in file.rows.all()]
    assert tuple(states(file)) == case.rows, file.problem or [row.problems for row in file.rows.all()]
    assert bool(file.problem) is not bool(case.rows)
    assert written() == before, "something was written before anybody pressed"
    assert "\u202e" not in page and "<script>alert" not in page_of(lead, file)


def test_a_heavy_file_is_opened_and_what_it_took_is_noted(world: World) -> None:
    case = next(case for case in CASES if case.name == "50,000 empty rows at the end")
    upload(world.client("programme_lead"), world, case.make())
    with capture_logs() as logs:
        run_jobs()
    noted = [one for one in logs if one["event"] == "table_opened"]
    assert len(noted) == 1 and 1_000 < noted[0]["peak_kib"] < MOST_KIB


def test_a_file_that_needs_too_much_memory_harms_only_the_process_that_opens_it() -> None:
    """The child may not grow beyond its bound, whatever a library would like."""
    *_, said = run_child(
        TABLES, {"vocabulary": asdict(VOCABULARY)}, table(*[["x" * 9_999] * 3] * 160), Bounds()
    )
    assert said["peak_kib"] < MOST_KIB


@pytest.mark.full
def test_the_largest_file_that_may_be_opened_takes_less_than_300_mb(world: World) -> None:
    test_a_file_is_taken_or_its_owner_told_why(world, cells_within_bounds(28))


def written() -> tuple[int, int, int]:
    return Residency.objects.count(), Placement.objects.count(), AnyProgramme.objects.count()


def shown(content: bytes) -> str:
    return unescape(content.decode())


@pytest.mark.parametrize("name", ["Content-Transfer-Encoding: base64", "Content-Transfer-Encoding: BASE64"])
def test_a_large_part_in_base64_is_read_past_and_refused(world: World, name: str) -> None:
    """CVE-2026-108147: a part of that encoding must not be held whole in memory."""
    lead = world.client("programme_lead")
    part = f'Content-Disposition: form-data; name="file"; filename="a.csv"\r\n{name}\r\n\r\n'.encode()
    body = b"--b\r\n" + part + b"QUFB" * 3_000_000 + b"\r\n--b--\r\n"
    answer = lead.post(address(world), body, content_type="multipart/form-data; boundary=b")
    assert answer.status_code == 200 and "smaller than 5MB" in shown(answer.content)


def test_ten_thousand_fields_are_refused_with_a_page(world: World) -> None:
    lead = world.client("programme_lead")
    answer = lead.post(address(world), {f"f{n}": "x" for n in range(10_000)})
    assert answer.status_code == 400 and b"<h1" in answer.content


def test_an_upload_cut_at_half_leaves_nothing(world: World) -> None:
    lead = world.client("programme_lead")
    whole = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n' + table()
    answer = lead.post(address(world), whole, content_type="multipart/form-data; boundary=b")
    assert answer.status_code in (200, 302, 400)
    run_jobs()
    assert Residency.objects.count() == 1


def test_somebody_signed_out_uploads_nothing(world: World) -> None:
    answer = upload(Client(), world, table())
    assert answer.status_code == 302 and not ResidencyFile.objects.exists()


def test_six_files_at_once_are_one_too_many(world: World) -> None:
    lead = world.client("programme_lead")
    for number in range(5):
        assert upload(lead, world, table() + b"\r\n" * number).status_code == 302
    assert upload(lead, world, table()).status_code == 302  # the first again
    assert ResidencyFile.objects.count() == 5
    page = shown(upload(lead, world, table() + b",").content)
    assert "Wait until one of your files is checked" in page
    assert lead.post(address(world), {"form_key": key()}).status_code == 200
