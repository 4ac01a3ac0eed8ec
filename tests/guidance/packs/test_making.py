"""The same pack is never typeset twice, whoever asks, and whatever dies meanwhile."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.db.models import F
from django.utils import timezone

from embedded.audit.models import Event
from embedded.files import disk
from embedded.files.models import MadeFile
from embedded.jobs import claiming, running, sending
from embedded.jobs.models import Job
from guidance.actions import load_library, withdraw_edition
from guidance.models import Edition, Pack
from guidance.packs import actions, build
from guidance.packs.actions import ask_ready_packs, forget_files, make_pack, print_ready_packs, request_pack
from guidance.packs.reading import newest_made, newest_parts
from guidance.packs.ready import ReadyPack
from tests.guidance.packs.binding import asked, made, parted
from tests.guidance.shelf import write
from tests.workers import at_once

pytestmark = pytest.mark.django_db(transaction=True)
TODAY = timezone.localdate
READY = ReadyPack("ours", "Ours", "everybody", "Use it now. And later.", ("a-guide", "d-guide"))


@pytest.fixture
def unprinted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Takes the typesetting's place, which takes seconds, and counts it."""
    printed: list[str] = []
    monkeypatch.setattr(build, "bundled", lambda pack, whole: b"PK" + pack.key.encode())
    monkeypatch.setattr(build.paper, "printed", lambda pack, html: _printed(printed, pack))
    return printed


def _printed(printed: list[str], pack: Pack) -> object:
    from embedded.pdf import PrintedPdf

    printed.append(pack.key)
    pdf = PrintedPdf(b"%PDF-1.7 " + pack.key.encode())
    pdf.pages = 60
    return pdf


@pytest.fixture
def one_ready(monkeypatch: pytest.MonkeyPatch) -> ReadyPack:
    for room in ("actions", "reading"):
        monkeypatch.setattr(f"guidance.packs.{room}.ready_packs", lambda: (READY,))
    return READY


def test_fifty_who_ask_at_once_get_one_pack_made_once(library: Path, unprinted: list[str]) -> None:
    parts = newest_parts(["a-guide", "b-guide"])
    packs = at_once(*[lambda: request_pack(parts=parts, by=None, on=TODAY())] * 50)
    assert len({pack.pk for pack in packs}) == Pack.objects.count() == 1
    jobs = list(Job.objects.filter(kind=actions.KIND))
    assert len(jobs) == 1
    at_once(*[lambda: running.run(jobs[0].pk)] * 8)
    assert len(unprinted) == 1
    assert Pack.objects.get().pages == 60
    at_once(*[lambda: request_pack(parts=parts, by=None, on=TODAY())] * 10)
    assert Job.objects.filter(kind=actions.KIND).count() == 1
    assert MadeFile.objects.filter(name__endswith=".zip").count() == 1


def test_eight_who_press_again_at_once_set_one_worker_to_work(library: Path, unprinted: list[str]) -> None:
    pack = made(asked("a-guide"))
    Pack.objects.update(begun_on=TODAY() - timedelta(days=99), asked_on=TODAY() - timedelta(days=40))
    forget_files(on=TODAY())
    at_once(*[lambda: make_pack(pack=pack, by=None, on=TODAY())] * 8)
    assert Job.objects.filter(kind=actions.KIND).count() == 2


def test_order_parts_and_place_make_another_pack(library: Path) -> None:
    there = {
        asked("a-guide", "b-guide").address,
        asked("b-guide", "a-guide").address,
        asked("a-guide").address,
        request_pack(parts=parted("a-guide", "begin"), by=None, on=TODAY()).address,
        asked("a-guide", private_to="p/x/r/y").address,
    }
    assert len(there) == 5
    assert asked("a-guide", "b-guide").address in there


def test_worker_that_dies_is_followed_by_another(library: Path, unprinted: list[str]) -> None:
    """It held the job and is not heard of again: the sweeper sends it once more when its lease is over."""
    pack = asked("a-guide")
    assert pack.job
    assert claiming.claim(pack.job.pk)
    assert make_pack(pack=pack, by=None, on=TODAY()).job == pack.job  # whoever comes now waits for the same
    running.run(pack.job.pk)
    assert unprinted == []
    Job.objects.update(lease_until=F("lease_until") - timedelta(hours=1), sent_at=None)
    assert sending.sweep() >= 1
    made(pack)
    assert len(unprinted) == 1
    assert Job.objects.get(pk=pack.job.pk).tries == 2


def test_what_cannot_be_made_says_why_and_can_be_tried_again(
    library: Path, unprinted: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    pack = asked("a-guide")
    assert pack.job
    with monkeypatch.context() as without:
        without.setattr(disk, "_write_whole", _no_room)
        running.run(pack.job.pk)
    failed = Job.objects.get(pk=pack.job.pk)
    assert failed.state == "failed"
    assert "There is no room left" in failed.error
    again = make_pack(pack=pack, by=None, on=TODAY())
    assert again.job != failed
    assert made(again).pages == 60


def _no_room(*_: object) -> None:
    raise OSError(28, "No space left on device")


def test_lost_file_is_made_again_under_the_same_address(library: Path, unprinted: list[str]) -> None:
    pack = made(asked("a-guide"))
    assert pack.pdf
    disk.place(pack.pdf.sha256).write_bytes(b"something else")
    again = made(asked("a-guide"))
    assert (again.pk, again.address) == (pack.pk, pack.address)
    assert len(unprinted) == 2
    assert not MadeFile.objects.filter(pk=pack.pdf.pk).exists()


def test_forgotten_after_thirty_days_without_being_asked_for(library: Path, unprinted: list[str]) -> None:
    pack, other = made(asked("a-guide")), made(asked("b-guide"))
    Pack.objects.filter(pk=pack.pk).update(
        begun_on=TODAY() - timedelta(days=99), asked_on=TODAY() - timedelta(days=30)
    )
    Pack.objects.filter(pk=other.pk).update(
        begun_on=TODAY() - timedelta(days=99), asked_on=TODAY() - timedelta(days=29)
    )
    assert forget_files(on=TODAY()) == 1
    assert not Pack.objects.get(pk=pack.pk).pdf
    assert Pack.objects.get(pk=other.pk).pdf
    again = made(asked("a-guide"))
    assert again.address == pack.address
    assert again.asked_on == TODAY()


def test_too_much_in_all_goes_the_longest_unasked_first(
    library: Path, unprinted: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = made(asked("a-guide")), made(asked("b-guide"))
    Pack.objects.filter(pk=old.pk).update(
        begun_on=TODAY() - timedelta(days=9), asked_on=TODAY() - timedelta(days=9)
    )
    assert old.pdf and old.bundle
    monkeypatch.setattr(actions, "MOST_KEPT", 2 * (old.pdf.size + old.bundle.size))
    assert forget_files(on=TODAY()) == 0
    monkeypatch.setattr(actions, "MOST_KEPT", 2 * (old.pdf.size + old.bundle.size) - 1)
    assert forget_files(on=TODAY()) == 1
    assert list(Pack.objects.filter(pdf__isnull=False)) == [new]


def test_private_pack_goes_altogether_when_nobody_asks_for_it(library: Path, unprinted: list[str]) -> None:
    pack = made(asked("a-guide", private_to="p/x/r/y", names=[("Host", "A trust")]))
    Pack.objects.update(begun_on=TODAY() - timedelta(days=99), asked_on=TODAY() - timedelta(days=30))
    assert forget_files(on=TODAY()) == 1
    assert not Pack.objects.filter(pk=pack.pk).exists()
    assert not MadeFile.objects.exists()


def test_pack_with_a_withdrawn_edition_loses_its_file_and_is_not_made_again(
    library: Path, unprinted: list[str]
) -> None:
    pack = made(asked("a-guide", "b-guide"))
    withdraw_edition(edition=Edition.objects.get(document__slug="b-guide"), by=None, on=TODAY())
    assert forget_files(on=TODAY()) == 1
    again = make_pack(pack=pack, by=None, on=TODAY())
    assert again.job
    running.run(again.job.pk)
    assert "was withdrawn" in Job.objects.get(pk=again.job.pk).error
    assert len(unprinted) == 1


def test_ready_packs_are_made_ahead_and_again_when_an_edition_appears(
    library: Path, unprinted: list[str], one_ready: ReadyPack
) -> None:
    assert len(print_ready_packs(on=TODAY())) == 1
    assert print_ready_packs(on=TODAY()) == []
    first = newest_made(one_ready)
    assert first is not None and first.title == "Ours"
    write(
        library, version="2.0.0", slug="d-guide", title="A short one", body="## New\n\nWords. [S3] {fact}\n"
    )
    load_library(library=library)
    waiting = ask_ready_packs(on=TODAY())
    assert len(waiting) == 1
    assert newest_made(one_ready) == first  # until the new one is made
    made(waiting[0])
    second = newest_made(one_ready)
    assert second is not None and second != first
    forget_files(on=TODAY() + timedelta(days=40))
    assert newest_made(one_ready) == second  # the newest stays, whoever asks


def test_ready_pack_is_made_anew_when_paper_looks_otherwise(
    library: Path, unprinted: list[str], one_ready: ReadyPack, monkeypatch: pytest.MonkeyPatch
) -> None:
    print_ready_packs(on=TODAY())
    chosen = made(asked("a-guide"))
    monkeypatch.setattr("guidance.packs.paper.LAYOUT", 99)
    assert len(print_ready_packs(on=TODAY())) == 1
    assert (
        make_pack(pack=chosen, by=None, on=TODAY()).job == chosen.job
    )  # what was chosen stays as it was made
    assert len(unprinted) == 3


def test_own_papers_are_private_or_refused(library: Path) -> None:
    with pytest.raises(ValueError, match="private"):
        asked("a-guide", names=[("Host", "A trust")])
    with pytest.raises(ValueError, match="at least one document"):
        request_pack(parts=[], by=None, on=TODAY())
    assert not Pack.objects.exists()


def test_each_deed_is_in_the_trail(library: Path, unprinted: list[str]) -> None:
    pack = made(asked("a-guide"))
    told = Event.objects.filter(place=f"guidance/packs/{pack.address}").values_list("deed", flat=True)
    assert sorted(told) == ["guidance.pack_asked", "guidance.pack_begun", "guidance.pack_made"]
