"""The pages of packs, signed out: two presses to a ready-made one, choosing one's own, watching, sharing."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from embedded.accounts.models import Person, Tries
from embedded.audit.models import Event
from embedded.files import disk, keep
from embedded.jobs.models import Job
from guidance.actions import load_library, withdraw_edition
from guidance.models import Edition, Pack, PackCount
from guidance.packs import actions, counting, limits
from guidance.packs.ready import ReadyPack
from tests.guidance.packs.binding import asked
from tests.guidance.shelf import write
from tests.world import client_of, make_person

pytestmark = pytest.mark.django_db(transaction=True)
CHOOSE = "/guidance/packs/choose/"
READY = ReadyPack("ours", "Ours", "everybody", "Use it now. And later.", ("a-guide", "d-guide"))


def finished(pack: Pack) -> Pack:
    """With files as if a worker had made it."""
    now = timezone.now()
    Job.objects.filter(pk=pack.job_id).update(state="done", ended_at=now)
    Pack.objects.filter(pk=pack.pk).update(
        pdf=keep(b"%PDF-1.7 " + pack.key.encode(), "p.pdf", "application/pdf"),
        bundle=keep(b"PK" + pack.key.encode(), "p.zip", "application/zip"),
        pages=60,
        made_from=pack.key,
        made_at=now,
    )
    return Pack.objects.select_related("pdf", "bundle", "job").get(pk=pack.pk)


def sent(client: Client, **typed: Any) -> Any:
    return client.post(CHOOSE, {name.replace("place_", "place-"): value for name, value in typed.items()})


def only_pack() -> Pack:
    return Pack.objects.get()


def held(pack: Pack) -> list[tuple[str, list[str]]]:
    return [(part.edition.document.slug, part.sections) for part in pack.parts.order_by("place")]


@pytest.fixture
def one_ready(monkeypatch: pytest.MonkeyPatch) -> ReadyPack:
    for room in ("actions", "reading", "views"):
        monkeypatch.setattr(f"guidance.packs.{room}.ready_packs", lambda: (READY,))
    monkeypatch.setattr("guidance.packs.views.ready_pack", lambda name: READY if name == "ours" else None)
    return READY


def test_ready_pack_is_two_presses_away(client: Client, library: Path, one_ready: ReadyPack) -> None:
    pack = finished(asked("a-guide", "d-guide", ready=one_ready))
    listed = client.get("/guidance/packs/").content.decode()
    assert 'href="/guidance/packs/ours/"' in listed
    page = client.get("/guidance/packs/ours/").content.decode()
    (there,) = set(re.findall(r'href="([^"]+/pack\.pdf)"', page))
    assert "PDF, 60 pages" in page.replace("\xa0", " ")
    answer = client.get(there)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    assert f'filename="ours-{timezone.localdate()}.pdf"' in answer["Content-Disposition"]
    assert answer.content.endswith(pack.key.encode())
    assert client.get(there, headers={"if-none-match": answer["ETag"]}).status_code == 304
    assert client.get(there.replace(".pdf", ".zip"))["Content-Type"] == "application/zip"


def test_ready_pack_that_is_not_made_is_made_by_a_press_and_by_no_look(
    client: Client, library: Path, one_ready: ReadyPack
) -> None:
    page = client.get("/guidance/packs/ours/").content.decode()
    assert "Put the pack together" in page
    assert not Pack.objects.exists()
    answer = client.post("/guidance/packs/ours/")
    assert answer["Location"] == only_pack().get_absolute_url()
    assert held(only_pack()) == [("a-guide", []), ("d-guide", [])]


def test_ready_pack_of_before_is_offered_until_the_new_one_is_made(
    client: Client, library: Path, one_ready: ReadyPack
) -> None:
    first = finished(asked("a-guide", "d-guide", ready=one_ready))
    write(library, slug="d-guide", version="2.0.0", title="A short one")
    load_library(library=library)
    page = client.get("/guidance/packs/ours/").content.decode()
    assert f"/guidance/packs/at/{first.address}/pack.pdf" in page
    assert "has a newer edition" in page
    listed = re.findall(r'href="/guidance/([ad]-guide)/\?version=([\d.]+)">([^\0]*?)<br>', page)
    assert [(slug, version, "2.0.0, is being put in" in line) for slug, version, line in listed] == [
        ("a-guide", "1.0.0", False),
        ("d-guide", "1.0.0", True),
    ]
    finished(asked("a-guide", "d-guide", ready=one_ready))
    page = client.get("/guidance/packs/ours/").content.decode()
    assert '/guidance/d-guide/?version=2.0.0"' in page
    assert "is being put" not in page


def test_no_pack_of_that_name_or_address(client: Client, library: Path) -> None:
    for address in (
        "/guidance/packs/nothing/",
        "/guidance/packs/at/nothing/",
        f"/guidance/packs/at/{'a' * 24}/pack.pdf",
        f"/guidance/packs/at/{'%00' * 3}/",
        f"/guidance/packs/at/{asked('a-guide').address}/pack.exe",
    ):
        assert client.get(address).status_code == 404, address


def test_choosing_whole_documents_parts_and_their_order(client: Client, library: Path) -> None:
    page = client.get(CHOOSE).content.decode()
    assert page.count('name="document"') == 4
    assert 'value="a-guide#second-part"' in page
    answer = sent(
        client,
        document=["b-guide", "c-sheet"],
        section=["a-guide#third-part", "a-guide#begin", "b-guide#begin"],
        **{"place_c-sheet": "1"},
    )
    assert answer.status_code == 302
    assert held(only_pack()) == [("c-sheet", []), ("a-guide", ["begin", "third-part"]), ("b-guide", [])]
    assert client.get(answer["Location"]).status_code == 200


def test_documents_come_by_shelf_and_the_case_sheets_last_and_folded(client: Client, library: Path) -> None:
    write(library, slug="z-case", title="A case", audience="case_study")
    write(library, slug="z-glossary", title="Words", audience="summary")
    load_library(library=library)
    page = client.get(CHOOSE).content.decode()
    ids = ["summary", "researcher", "case-study"]
    assert re.findall(r'<h2[^>]* id="([a-z-]+)"><span[^>]*>For ', page) == ids
    folded = page[page.index("Case sheets (1)") : page.rindex("Put the pack together")]
    assert re.findall(r'name="document" type="checkbox" value="([^"]+)"', folded) == ["z-case"]
    assert page.count("Put the pack together") == 2
    assert "Tick up to 25 documents" in page
    assert "<details open" not in re.sub(r' class="[^"]*"', "", page)
    page = sent(client, document="z-case", **{"place_z-case": "x"}).content.decode()
    assert re.search(r'<details class="nhsuk-details" open>\s*<summary[^>]*><span[^>]*>Case sheets', page)


def test_title_of_a_page_with_errors_says_so_once(client: Client, library: Path) -> None:
    [title] = re.findall(r"<title>(.*?)</title>", sent(client).content.decode(), re.DOTALL)
    assert title.split() == "Error: Put together your own pack – Embedded".split()


def test_files_of_two_chosen_packs_of_one_day_differ(client: Client, library: Path) -> None:
    names = set()
    for slug in ("b-guide", "d-guide"):
        answer = client.get(f"{finished(asked(slug)).get_absolute_url()}pack.pdf")
        names.add(re.findall(r'filename="([^"]+)"', answer["Content-Disposition"])[0])
    assert len(names) == 2
    assert all(re.fullmatch(rf"guidance-pack-\w{{6}}-{timezone.localdate()}\.pdf", name) for name in names)


def test_all_parts_of_a_document_are_the_document(client: Client, library: Path) -> None:
    sent(
        client,
        section=[f"a-guide#{one}" for one in ("begin", "second-part", "third-part", "who-to-write-to")],
    )
    assert held(only_pack()) == [("a-guide", [])]


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"document": ""},
        {"document": "../../etc/passwd"},
        {"document": "a-guide\0"},
        {"document": "<script>alert(1)</script>"},
        {"section": "a-guide#nothing"},
        {"section": "a-guide"},
        {"document": "a-guide", "section": "b-guide#begin' OR 1=1"},
        {"document": ["a-guide", "nothing"]},
    ],
)
def test_what_is_not_offered_is_not_taken(client: Client, library: Path, typed: dict[str, Any]) -> None:
    answer = sent(client, **typed)
    if typed == {"document": "a-guide\0"}:  # a sign that nobody types is left out
        assert answer.status_code == 302
        return
    assert answer.status_code == 200
    assert "Select at least one document or part of one" in answer.content.decode()
    assert "<script>alert" not in answer.content.decode()
    assert not Pack.objects.exists()


@pytest.mark.parametrize("place", ["0", "100", "one", "-1", "1.5"])
def test_place_that_is_none_says_what_to_enter_and_keeps_the_ticks(
    client: Client, library: Path, place: str
) -> None:
    answer = sent(client, document="a-guide", section="b-guide#begin", **{"place_a-guide": place})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Order number of “A guide” must be" in page
    assert re.search(r'value="a-guide" checked', page)
    assert re.search(r'value="b-guide#begin" checked', page)
    assert f'value="{place}"' in page


def test_too_many_documents_or_pages_says_which_and_what_to_do(
    client: Client, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    everything = ["a-guide", "b-guide", "c-sheet", "d-guide"]
    monkeypatch.setattr(limits, "MOST_DOCUMENTS", 3)
    page = sent(client, document=everything).content.decode()
    assert "Select 3 documents or fewer: take 1 off, or make two packs" in page
    monkeypatch.setattr(limits, "MOST_DOCUMENTS", 4)
    Edition.objects.update(pdf_pages=10)
    monkeypatch.setattr(limits, "MOST_PAGES", 39)
    page = sent(client, document=everything).content.decode()
    assert "this would fill about 40 pages, and a pack may have 39" in page
    monkeypatch.setattr(limits, "MOST_PAGES", 40)
    assert sent(client, document=everything).status_code == 302


def test_no_more_packs_an_hour_than_a_machine_can_make(
    client: Client, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "BY_PLACE", limits.Limit("test", 2, timedelta(hours=1)))
    for slug in ("a-guide", "b-guide"):
        assert sent(client, document=slug).status_code == 302
    for _ in range(3):  # the same pack costs nothing more
        assert sent(client, document="a-guide").status_code == 302
    answer = sent(client, document="d-guide")
    assert answer.status_code == 429
    page = answer.content.decode()
    assert "Many packs have been asked for just now. Try again in 60 minutes" in page
    assert 'value="d-guide" checked' in page
    assert Pack.objects.count() == 2
    Tries.objects.all().delete()
    monkeypatch.setattr(limits, "MOST_WAITING", 2)
    assert sent(client, document="d-guide").status_code == 429
    Job.objects.update(state="done", ended_at=timezone.now())
    assert sent(client, document="d-guide").status_code == 302


def test_page_of_a_pack_tells_how_far_it_is_without_script(client: Client, library: Path) -> None:
    pack = asked("a-guide")
    here = pack.get_absolute_url()
    page = client.get(here)
    assert page["Cache-Control"] == "no-store"
    words = page.content.decode()
    assert "It is waiting its turn." in words
    assert '<noscript><meta http-equiv="refresh" content="5"></noscript>' in words
    assert 'http-equiv="refresh"' not in client.get(f"{here}?still=1").content.decode()
    finished(pack)
    assert client.get(here, headers={"hx-request": "true"})["HX-Refresh"] == "true"
    words = client.get(here).content.decode()
    assert f"{here}pack.pdf" in words
    assert f"http://localhost:8000{here}" in words  # the link to share


def test_pack_that_failed_says_why_and_is_tried_again_by_a_press(client: Client, library: Path) -> None:
    pack = asked("a-guide")
    Job.objects.update(state="failed", ended_at=timezone.now(), error="There was no room.")
    here = pack.get_absolute_url()
    words = client.get(here).content.decode()
    assert "There was no room." in words
    assert "Try again" in words
    assert client.post(here, {"press": "make"})["Location"] == here
    assert "It is waiting its turn." in client.get(here).content.decode()


def test_pack_whose_file_was_put_away_or_lost_is_made_again_under_its_address(
    client: Client, library: Path
) -> None:
    pack = finished(asked("a-guide"))
    here = pack.get_absolute_url()
    assert pack.pdf
    disk.place(pack.pdf.sha256).unlink()
    assert client.get(f"{here}pack.pdf")["Location"] == here
    assert "Make it again" in client.get(here).content.decode()
    client.post(here, {"press": "make"})
    assert "It is waiting its turn." in client.get(here).content.decode()


def test_link_stays_true_when_a_newer_edition_appears(client: Client, library: Path) -> None:
    pack = finished(asked("b-guide", "d-guide"))
    before = client.get(f"{pack.get_absolute_url()}pack.pdf").content
    write(library, slug="d-guide", version="2.0.0", title="A short one")
    load_library(library=library)
    page = client.get(pack.get_absolute_url()).content.decode()
    assert "There is a newer edition: 2.0.0" in page
    assert client.get(f"{pack.get_absolute_url()}pack.pdf").content == before
    answer = client.post(pack.get_absolute_url(), {"press": "newest"})
    fresh = Pack.objects.exclude(pk=pack.pk).get()
    assert answer["Location"] == fresh.get_absolute_url()
    assert [part.edition.version for part in fresh.parts.order_by("place")] == ["1.0.0", "2.0.0"]
    assert "newer edition" not in client.get(fresh.get_absolute_url()).content.decode()


def test_pack_with_a_withdrawn_document_is_not_handed_out(client: Client, library: Path) -> None:
    pack = finished(asked("b-guide", "d-guide"))
    withdraw_edition(edition=Edition.objects.get(document__slug="d-guide"), by=None, on=timezone.localdate())
    assert client.get(f"{pack.get_absolute_url()}pack.pdf").status_code == 410
    assert client.get(f"{pack.get_absolute_url()}pack.zip").status_code == 410
    page = client.get(pack.get_absolute_url()).content.decode()
    assert "A document of this pack was withdrawn" in page
    assert "pack.pdf" not in page
    client.post(pack.get_absolute_url(), {"press": "newest"})
    assert held(Pack.objects.exclude(pk=pack.pk).get()) == [("b-guide", [])]


def test_pack_of_which_everything_was_withdrawn_offers_nothing_anew(client: Client, library: Path) -> None:
    pack = finished(asked("d-guide"))
    withdraw_edition(edition=Edition.objects.get(document__slug="d-guide"), by=None, on=timezone.localdate())
    answer = client.post(pack.get_absolute_url(), {"press": "newest"})
    assert answer.status_code == 200
    assert "Choose other documents" in answer.content.decode()
    assert Pack.objects.count() == 1


def test_changing_a_pack_begins_with_what_it_holds(client: Client, library: Path) -> None:
    sent(client, document="d-guide", section="a-guide#begin", **{"place_d-guide": "1"})
    page = client.get(f"{CHOOSE}?from={only_pack().address}").content.decode()
    assert re.search(r'value="d-guide" checked', page)
    assert re.search(r'value="a-guide#begin" checked', page)
    assert client.get(f"{CHOOSE}?from=nothing%00").status_code == 200


def test_same_parts_as_a_ready_pack_are_the_ready_pack(
    client: Client, library: Path, one_ready: ReadyPack
) -> None:
    pack = finished(asked("a-guide", "d-guide", ready=one_ready))
    answer = sent(client, document=["a-guide", "d-guide"])
    assert answer["Location"] == pack.get_absolute_url()


def reads(person: Person, place: str, pack: Pack) -> bool:
    """Who reads a place of this file."""
    return place == "p/ours/r/OUR-1" and person.display_name == "Ada Reader"


@pytest.fixture
def private(library: Path, settings: LazySettings) -> Pack:
    settings.PACK_READER = f"{__name__}.reads"
    extra = actions.ExtraPart("Working agreement", "<h2>Who</h2><p>canary-words</p>", "Version 3 of today")
    pack = asked(
        "a-guide", private_to="p/ours/r/OUR-1", extras=[extra], names=[("Host", "canary-trust")], title="Own"
    )
    return finished(pack)


def test_private_pack_is_there_for_its_readers_alone(client: Client, private: Pack) -> None:
    here = private.get_absolute_url()
    stranger, reader = client_of(make_person("Someone Else")), client_of(make_person("Ada Reader"))
    for address in (here, f"{here}pack.pdf", f"{here}pack.zip"):
        for nobody in (client, stranger):
            answer = nobody.get(address)
            assert answer.status_code == 404
            assert b"canary" not in answer.content
        assert reader.get(address).status_code == 200
    for nobody in (client, stranger):
        assert nobody.post(here, {"press": "make"}).status_code == 404
        assert nobody.get(f"{CHOOSE}?from={private.address}").content.count(b" checked") == 0
    assert Pack.objects.count() == 1
    file = reader.get(f"{here}pack.pdf")
    assert file["Cache-Control"] == "private, no-store"
    assert "ETag" not in file
    assert Event.objects.filter(deed="pack.read", place__startswith="p/ours/r/OUR-1/packs/").count() == 3


def test_reader_who_no_longer_reads_the_place_has_the_pack_no_longer(
    private: Pack, settings: LazySettings
) -> None:
    reader = client_of(make_person("Ada Reader"))
    assert reader.get(private.get_absolute_url()).status_code == 200
    settings.PACK_READER = "guidance.packs.reading.nobody"
    assert reader.get(private.get_absolute_url()).status_code == 404


def test_downloads_are_counted_by_kind_of_pack_and_of_reader_alone(client: Client, private: Pack) -> None:
    pack = finished(asked("b-guide"))
    for form in ("pdf", "pdf", "zip"):
        client.get(f"{pack.get_absolute_url()}pack.{form}")
    client.head(f"{pack.get_absolute_url()}pack.pdf")
    client_of(make_person("Ada Reader")).get(f"{private.get_absolute_url()}pack.pdf")
    counting.take_over()
    counts = {(one.kind, one.form, one.reader): one.downloads for one in PackCount.objects.all()}
    assert counts == {
        ("chosen", "pdf", "signed out"): 2,
        ("chosen", "zip", "signed out"): 1,
        ("own", "pdf", "no organisation"): 1,
    }
    assert {field.name for field in PackCount._meta.get_fields()} == {
        "id",
        "kind",
        "form",
        "month",
        "reader",
        "downloads",
    }


def test_download_keeps_a_pack_from_being_forgotten(client: Client, library: Path) -> None:
    pack = finished(asked("b-guide"))
    long_ago = timezone.localdate() - timedelta(days=99)
    Pack.objects.update(begun_on=long_ago, asked_on=long_ago)
    client.get(f"{pack.get_absolute_url()}pack.pdf")
    assert actions.forget_files(on=timezone.localdate()) == 0


def test_reading_packs_signed_out_leaves_no_cookie(client: Client, library: Path) -> None:
    pack = finished(asked("b-guide"))
    for address in ("/guidance/packs/", f"{pack.get_absolute_url()}pack.pdf"):
        assert not client.get(address).cookies, address
    assert reverse("guidance_packs") in client.get("/guidance/").content.decode()
