"""What the tests of agreements type and press."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from embedded.jobs.models import Job
from embedded.post.models import Letter
from programmes.agreements import build
from programmes.models import Agreement, Residency, WorkingAgreement
from tests.world import World

TODAY = timezone.localdate()
NEEDED = ["supervision", "publication", "data", "termination"]
PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"


def boxes(name: str, day: datetime.date) -> dict[str, int]:
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


def typed(world: World, **fields: Any) -> dict[str, Any]:
    values: dict[str, Any] = {
        "form_key": str(uuid4()),
        "kind": "hosting_agreement",
        "parties": [str(world.host.pk), str(world.university.pk)],
        "covers": NEEDED,
        "publication": "free",
        "kept_at": "Contracts office, folder 12",
    }
    return values | boxes("signed_on", TODAY) | fields


def sign(residency: Residency, **fields: Any) -> Agreement:
    values: dict[str, Any] = {
        "kind": "hosting_agreement",
        "signed_on": TODAY,
        "covers": NEEDED,
        "publication": "free",
        "kept_at": "Teams",
    }
    return Agreement.objects.create(residency=residency, **(values | fields))


def file(content: bytes = PDF, name: str = "contract.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def word_file(parts: dict[str, bytes] | None = None) -> bytes:
    """A small Word file; `parts` are put into it beside what it needs."""
    main = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    kind = b'<Types><Override ContentType="' + main + b'"/></Types>'
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as packed:
        known = {"[Content_Types].xml": kind, "word/document.xml": b"<w/>"}
        for name, content in (known | (parts or {})).items():
            packed.writestr(name, content)
    return kept.getvalue()


def words(**fields: str) -> dict[str, Any]:
    """The form of the working agreement, filled in."""
    values = {
        "supervision": "We meet every month.",
        "days_and_places": "Three days a week.\n- A desk on ward 4\n- Fridays at the university",
        "asking": "Through the host manager.",
        "bad_news": "In person first.",
        "publishing": "30 days before.",
        "no_go": "- Covering shifts",
        "ending": "We meet.",
    }
    return {"form_key": str(uuid4())} | values | fields


def write(client: Client, world: World, version: int = 0, **fields: str) -> Any:
    """Saves a draft over what is saved now, or over `version`."""
    newest = WorkingAgreement.objects.filter(residency=world.residency).last()
    seen = version or (newest.version if newest else 0)
    return client.post(world.url("working-agreement/edit/"), words(**fields) | {"version": str(seen)})


def ask(client: Client, world: World) -> WorkingAgreement:
    """Writes a draft unless there is one, asks everybody, and has the PDF made."""
    newest = WorkingAgreement.objects.filter(residency=world.residency).last()
    if newest is None or newest.asked_at:
        write(client, world)
    client.post(world.url("working-agreement/ask/"), {"form_key": str(uuid4())})
    return newest_of(world)


def newest_of(world: World) -> WorkingAgreement:
    found = WorkingAgreement.objects.filter(residency=world.residency).last()
    assert found
    return found


def make_pdf(agreement: WorkingAgreement) -> bytes:
    """What the worker does, at once."""
    build.make(agreement, lambda step, done, of: None)
    assert agreement.pdf
    Job.objects.filter(pk=agreement.job_id).update(state="done", ended_at=timezone.now())
    from embedded.files import read

    return read(agreement.pdf)


def link_to(email: str) -> str:
    """The address in the newest letter to somebody."""
    letter = Letter.objects.filter(to=email, key__startswith="working-agreement-").latest("pk")
    found = re.search(r"http://[^/]+(/agree/\S+)", letter.text)
    assert found
    return found.group(1)


def press(client: Client, address: str, **more: Any) -> Any:
    return client.post(address, {"form_key": str(uuid4())} | more)
