"""Recording a contract: what is asked for, what is kept, who may, and the file of it."""

from __future__ import annotations

import datetime
import re
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from embedded.audit.models import Event
from embedded.files.models import MadeFile
from programmes.models import Agreement
from tests.agreements.telling import PDF, TODAY, boxes, file, press, sign, typed, word_file
from tests.world import World, make_organisation

DAY = datetime.timedelta(days=1)


@pytest.fixture
def manager(world: World) -> Client:
    return world.client("host_manager")


def record(client: Client, world: World, **fields: Any) -> str:
    return client.post(world.url("agreements/new/"), typed(world, **fields), follow=True).content.decode()


def test_contract_is_recorded_with_all_that_is_said_of_it(world: World, manager: Client) -> None:
    page = record(
        manager,
        world,
        publication="notice_period",
        publication_notice_days="30",
        publication_words="The Host shall be given 30 days.",
        web_address="https://teams.example/contract",
        other_parties="Made Up Charity",
        **boxes("effective_to", TODAY + DAY),
    )
    agreement = Agreement.objects.get()
    assert [party.organisation for party in agreement.parties.all()] == [world.host, world.university]
    for words in (
        "Made Up Trust; Made Up University; Made Up Charity",
        "Yes, after telling the host 30 days beforehand",
        "The Host shall be given 30 days.",
        "https://teams.example/contract",
        "Contracts office, folder 12",
        "Supervision, publication, data, how it can be ended",
    ):
        assert words in page
    event = Event.objects.get(deed="agreement.recorded")
    assert event.details["publication"] == "notice_period"
    assert "shall" not in str(event.details) and "folder" not in str(event.details)


@pytest.mark.parametrize("kind", ["model_agreement", "job_description"])
@pytest.mark.parametrize("wishes", [True, False])
def test_a_funder_who_wishes_to_see_changes_first_is_not_forgotten(
    world: World, manager: Client, kind: str, wishes: bool
) -> None:
    """domain.md 3.5: said on the page, before a change to it is recorded, and to the contracts office."""
    first = record(manager, world, kind=kind, **({"funder_review_needed": "on"} if wishes else {}))
    agreement = Agreement.objects.get()
    assert (agreement.kind, agreement.funder_review_needed) == (kind, wishes)
    assert ("send it in good time" in first) is wishes
    amendment = manager.get(world.url(f"agreements/new/?amendment={agreement.pk}")).content.decode()
    assert ("The funder wished to see changes to it before they are signed" in amendment) is wishes
    assert (re.search(r'name="funder_review_needed"[^>]* checked', amendment) is not None) is wishes


@pytest.mark.parametrize(
    ("fields", "instruction"),
    [
        ({"kind": ""}, "Select what kind of agreement it is"),
        ({"parties": []}, "Select or enter at least two parties"),
        ({"publication": ""}, "Select what it says on publishing"),
        ({"publication": "notice_period"}, "Enter how many days beforehand"),
        ({"kept_at": ""}, "Enter where it is kept"),
        ({"web_address": "javascript:alert(1)"}, "Enter a web address in the correct format"),
        (
            boxes("effective_to", TODAY - DAY),
            "The last day must be the same as or after the day it was signed",
        ),
        (boxes("signed_on", TODAY + DAY), "The day it was signed must be today or in the past"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    world: World, manager: Client, fields: dict[str, Any], instruction: str
) -> None:
    page = record(manager, world, **({"publication_words": "As clause 7 says"} | fields))
    assert instruction in page
    assert "As clause 7 says" in page
    assert not Agreement.objects.exists()


def test_organisation_that_is_not_offered_is_no_choice(world: World, manager: Client) -> None:
    other = make_organisation("Elsewhere Trust")
    page = record(manager, world, parties=[str(world.host.pk), str(other.pk)])
    assert "Select who signed it" in page and "Elsewhere" not in page
    assert not Agreement.objects.exists()


def test_last_day_may_be_the_day_of_signing(world: World, manager: Client) -> None:
    record(manager, world, **boxes("effective_to", TODAY))
    assert Agreement.objects.get().effective_to == TODAY


def test_amendment_keeps_the_earlier_one(world: World, manager: Client) -> None:
    record(manager, world)
    first = Agreement.objects.get()
    address = world.url(f"agreements/new/?amendment={first.pk}")
    assert "stays as it is recorded" in manager.get(address).content.decode()
    manager.post(address, typed(world, covers=["indemnity"]))
    second = Agreement.objects.exclude(pk=first.pk).get()
    assert (second.follows, second.follows_as) == (first, "amendment")
    first.refresh_from_db()
    assert first.version == 1
    assert f"agreements/{second.pk}/" in manager.get(world.url(f"agreements/{first.pk}/")).content.decode()


def test_another_residencys_agreement_cannot_be_followed(world: World, other_world: World) -> None:
    theirs = sign(other_world.residency)
    manager = world.client("host_manager")
    assert manager.get(world.url(f"agreements/new/?successor={theirs.pk}")).status_code == 404
    assert manager.get(world.url(f"agreements/{theirs.pk}/")).status_code == 404
    assert manager.get(world.url(f"agreements/{theirs.pk}/download/")).status_code == 404


def test_changed_meanwhile_is_not_written_over(world: World, manager: Client) -> None:
    agreement = sign(world.residency)
    address = world.url(f"agreements/{agreement.pk}/edit/")
    manager.post(address, typed(world, version="1", kept_at="Safe"))
    page = manager.post(address, typed(world, version="1", kept_at="Cupboard")).content.decode()
    assert "Changed since you opened it" in page
    assert "Cupboard" in page and "kept at Safe" in page
    agreement.refresh_from_db()
    assert agreement.kept_at == "Safe"


@pytest.mark.parametrize(("content", "name"), [(PDF, "contract.pdf"), (word_file(), "Contract.DOCX")])
def test_file_is_kept_and_served_to_be_saved(
    world: World, manager: Client, content: bytes, name: str
) -> None:
    agreement = sign(world.residency)
    press(manager, world.url(f"agreements/{agreement.pk}/file/"), file=file(content, name))
    answer = world.client("researcher").get(world.url(f"agreements/{agreement.pk}/download/"))
    assert answer.content == content
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert name not in answer["Content-Disposition"]
    assert Event.objects.filter(deed="agreement_file.read").count() == 1
    assert Event.objects.filter(deed="agreement.file_kept").count() == 1


REFUSED = {
    "nothing": (b"", "contract.pdf", "The selected file is empty"),
    "a picture": (b"\x89PNG\r\n\x1a\n", "contract.png", "must be a PDF or DOCX"),
    "a PDF by name only": (b"<html>%PDF-", "contract.pdf", "must be a PDF or DOCX"),
    "Word by name only": (PDF, "contract.docx", "must be a PDF or DOCX"),
    "a program": (b"MZ\x90\x00" + PDF, "contract.pdf", "must be a PDF or DOCX"),
    "a PDF with a script": (
        PDF.replace(b"/Catalog", b"/Catalog /OpenAction << /S /JavaScript >>"),
        "c.pdf",
        "macros, scripts",
    ),
    "a PDF with a password": (PDF.replace(b"/Root", b"/Encrypt 5 0 R /Root"), "c.pdf", "password protected"),
    "half a PDF": (PDF.replace(b"%%EOF", b""), "c.pdf", "could not be read"),
    "macros": (word_file({"word/vbaProject.bin": b"x"}), "c.docx", "macros, scripts"),
    "a way out": (word_file({"../../etc/x": b"x"}), "c.docx", "could not be read"),
    "a workbook": (b"PK\x03\x04 not a zip", "c.docx", "could not be read"),
    "old Word": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "c.doc", "must be a PDF or DOCX"),
    "Word with a password": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        "c.docx",
        "password protected",
    ),
    "five megabytes": (PDF[:-6] + b"x" * (5 * 1024 * 1024) + b"%%EOF\n", "c.pdf", "smaller than 5MB"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_p28_file_that_is_not_what_it_says_is_refused_with_an_instruction(
    world: World, manager: Client, what: str
) -> None:
    agreement = sign(world.residency)
    content, name, instruction = REFUSED[what]
    answer = press(manager, world.url(f"agreements/{agreement.pk}/file/"), file=file(content, name))
    assert answer.status_code == 200
    assert instruction in answer.content.decode()
    assert not MadeFile.objects.exists()


def test_no_file_asks_for_one(world: World, manager: Client) -> None:
    agreement = sign(world.residency)
    page = press(manager, world.url(f"agreements/{agreement.pk}/file/")).content.decode()
    assert "Select a file" in page


def test_file_in_place_of_another(world: World, manager: Client) -> None:
    agreement = sign(world.residency)
    for content in (PDF, PDF + b"\n"):
        press(manager, world.url(f"agreements/{agreement.pk}/file/"), file=file(content))
    assert MadeFile.objects.count() == 1
    assert manager.get(world.url(f"agreements/{agreement.pk}/download/")).content == PDF + b"\n"


@pytest.mark.parametrize(
    ("role", "sees", "records"),
    [
        ("programme_lead", 200, 200),
        ("programme_officer", 200, 200),
        ("host_manager", 200, 200),
        ("rd_office", 200, 200),
        ("researcher", 200, 403),
        ("academic_supervisor", 200, 403),
        ("hr", 200, 403),
        ("ig_lead", 200, 403),
        ("exec_sponsor", 200, 403),
        ("public_partner", 403, 403),
        ("funder", 404, 404),
    ],
)
def test_who_sees_contracts_and_who_records_them(world: World, role: str, sees: int, records: int) -> None:
    agreement = sign(world.residency)
    press(world.client("host_manager"), world.url(f"agreements/{agreement.pk}/file/"), file=file())
    client = world.client(role)
    for tail in ("", f"{agreement.pk}/", f"{agreement.pk}/download/", "facts.docx"):
        assert client.get(world.url(f"agreements/{tail}")).status_code == sees
    for tail in ("new/", f"{agreement.pk}/edit/", f"{agreement.pk}/file/"):
        assert client.get(world.url(f"agreements/{tail}")).status_code == records


def test_pages_ask_no_more_with_thirty_than_with_one(
    world: World, manager: Client, django_assert_max_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    asked = []
    for _ in (1, 30):
        while Agreement.objects.count() < _:
            record(manager, world)
        manager.get(world.url("agreements/"))
        with CaptureQueriesContext(connection) as queries:
            manager.get(world.url("agreements/"))
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_residency_leads_to_the_agreements(world: World, manager: Client) -> None:
    assert world.url("agreements/") in manager.get(world.url()).content.decode()


def test_pressed_twice_is_recorded_once(world: World, manager: Client) -> None:
    same = typed(world) | {"form_key": str(uuid4())}
    for _ in range(2):
        manager.post(world.url("agreements/new/"), same)
    assert Agreement.objects.count() == 1
