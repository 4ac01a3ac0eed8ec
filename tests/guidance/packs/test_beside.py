"""What goes on beside the making of a pack: other packs of the same documents, presses, editors and the sweep."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from embedded.files.models import MadeFile
from embedded.jobs import running
from embedded.jobs.models import Job
from embedded.pdf import PrintedPdf
from guidance import making
from guidance.actions import withdraw_edition
from guidance.models import Edition, Pack
from guidance.packs import actions, build
from guidance.packs.actions import forget_files, make_pack
from guidance.packs.build import is_there
from guidance.packs.reading import is_withdrawn
from tests.guidance.packs.binding import asked, made
from tests.workers import at_once

pytestmark = pytest.mark.django_db(transaction=True)
TODAY = timezone.localdate
Then = Callable[[], None]


def pdf(words: str) -> PrintedPdf:
    printed = PrintedPdf(b"%PDF-1.7 " + words.encode())
    printed.pages = 1
    return printed


@pytest.fixture
def meanwhile(monkeypatch: pytest.MonkeyPatch) -> list[Then]:
    """What is done while the file of a document is printed for a pack, once; printing itself takes no time."""
    deeds: list[Then] = []

    def printed(edition: Edition, html: str) -> PrintedPdf:
        for deed in deeds:
            deed()
        return pdf(str(edition))

    monkeypatch.setattr(making, "printed", printed)
    monkeypatch.setattr(build.paper, "printed", lambda pack, html: pdf(pack.key))
    return deeds


def impatient(deed: Then) -> Then:
    """The same on a connection of its own that waits for no lock longer than a page may."""

    def do() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '2s'")
        try:
            deed()
        finally:
            connection.close()

    return do


def test_two_packs_of_the_same_documents_in_another_order_do_not_wait_for_each_other_for_ever(
    library: Path, meanwhile: list[Then]
) -> None:
    one, other = asked("a-guide", "b-guide"), asked("b-guide", "a-guide")
    both = threading.Barrier(2, timeout=3)

    def meet() -> None:
        with suppress(threading.BrokenBarrierError):
            both.wait()

    meanwhile.append(meet)
    at_once(*[lambda job=pack.job: running.run(job.pk) for pack in (one, other)])  # type: ignore[misc]
    assert set(Job.objects.values_list("state", "tries")) == {("done", 1)}
    assert Pack.objects.made().count() == 2


def test_press_for_the_same_documents_waits_for_no_pack(library: Path, meanwhile: list[Then]) -> None:
    pack = asked("a-guide", "b-guide")
    meanwhile.append(lambda: at_once(impatient(lambda: asked("b-guide", "a-guide"))) and None)
    made(pack)
    assert Pack.objects.count() == 2


def test_editor_withdraws_while_a_pack_of_what_was_printed_before_is_made(
    library: Path, meanwhile: list[Then], monkeypatch: pytest.MonkeyPatch
) -> None:
    made(asked("a-guide"))
    pack = asked("d-guide", "a-guide")
    monkeypatch.setattr(build, "pack_filename", lambda *_: withdrawn() or "pack.pdf")
    edition = Edition.objects.get(document__slug="a-guide")

    def withdrawn() -> None:
        if edition.state != Edition.State.WITHDRAWN:
            at_once(impatient(lambda: withdraw_edition(edition=edition, by=None, on=TODAY())))
            edition.refresh_from_db()

    assert is_withdrawn(made(pack))


def files() -> list[str]:
    return list(MadeFile.objects.filter(name__startswith="guidance-pack").values_list("name", flat=True))


def test_private_pack_that_is_made_while_it_is_forgotten_leaves_no_file(
    library: Path, meanwhile: list[Then]
) -> None:
    """Whoever forgets has seen it before it was made: what it held must not stay for ever."""
    pack = asked("a-guide", private_to="p/x/r/y", names=[("Host", "A trust")])
    seen = Pack.objects.get()
    made(pack)
    actions.forget(seen)
    assert (Pack.objects.count(), files()) == (0, [])


def test_private_pack_that_is_forgotten_while_it_is_made_is_not_made_again_and_again(
    library: Path, meanwhile: list[Then]
) -> None:
    pack = asked("a-guide", private_to="p/x/r/y", names=[("Host", "A trust")])
    assert pack.job
    meanwhile.append(lambda: at_once(impatient(lambda: actions.forget(Pack.objects.get()))) and None)
    running.run(pack.job.pk)
    assert set(Job.objects.values_list("state", "tries")) == {("done", 1)}
    assert (Pack.objects.count(), files()) == (0, [])


def test_pack_that_is_asked_for_while_old_ones_are_forgotten_keeps_its_files(
    library: Path, meanwhile: list[Then], monkeypatch: pytest.MonkeyPatch
) -> None:
    pack = made(asked("a-guide"))
    long_ago = TODAY() - timedelta(days=99)
    Pack.objects.update(begun_on=long_ago, asked_on=long_ago)
    looked = actions._too_many

    def after_a_look(packs: Iterable[Pack]) -> list[Pack]:
        at_once(impatient(lambda: make_pack(pack=pack, by=None, on=TODAY())))
        return looked(packs)

    monkeypatch.setattr(actions, "_too_many", after_a_look)
    forget_files(on=TODAY())
    assert is_there(Pack.objects.select_related("pdf", "bundle").get())
    assert len(files()) == 2
