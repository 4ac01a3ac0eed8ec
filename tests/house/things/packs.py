"""A pack of the library that is made and open to everybody."""

from __future__ import annotations

import hashlib
import io
import zipfile
from typing import Any

from django.utils import timezone

from embedded.files import keep
from guidance.models import Document, Edition, Pack
from programmes.models import OwnPack
from tests.house.registry import thing, worded

READY = "setting-one-up"
SLUG = "readiness-check"  # a document of that pack


@thing("guidance_pack")
def guidance_pack(things: Any) -> Pack:
    """With files and without parts: what it says is nobody's."""
    key = hashlib.sha256(f"pack {Pack.objects.count()}".encode()).hexdigest()
    today = timezone.localdate()
    return Pack.objects.create(
        key=key,
        address=key[:24],
        title="Guidance pack",
        begun_on=today,
        asked_on=today,
        pdf=keep(b"%PDF-1.7", "pack.pdf", "application/pdf"),
        bundle=keep(_zip(), "pack.zip", "application/zip"),
        pages=1,
        made_from=key,
        made_at=timezone.now(),
    )


@thing("own_pack")
def own_pack(things: Any) -> OwnPack:
    """One of the residency's, whose file was put away."""
    key = hashlib.sha256(f"own pack {Pack.objects.count()}".encode()).hexdigest()
    residency, today = things.world.residency, timezone.localdate()
    pack = Pack.objects.create(
        key=key,
        address=key[:24],
        title=f"{things.canary} pack",
        private_to=f"residency:{residency.pk}",
        begun_on=today,
        asked_on=today,
    )
    return OwnPack.objects.create(
        pack=pack,
        residency=residency,
        papers={"names": key},
        made_by=things.world.people["researcher"],
        made_at=timezone.now(),
    )


def _zip() -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as zipped:
        zipped.writestr("contents.txt", "Guidance pack")
    return written.getvalue()


@worded("guidance_pack")
def its_address(things: Any) -> dict[str, str]:
    return {"address": things.more["guidance_pack"].address}


@worded("guidance_pack_file")
def its_file(things: Any) -> dict[str, str]:
    return {"address": things.more["guidance_pack"].address, "form": "pdf"}


@worded("guidance_ready_pack")
def ready_name(things: Any) -> dict[str, str]:
    return {"name": READY}


def shelved(slug: str = SLUG) -> Edition:
    """A small edition to choose, where the library was not taken in."""
    today = timezone.localdate()
    document, _ = Document.objects.get_or_create(
        slug=slug,
        defaults={
            "title": "Readiness check",
            "audience": "researcher",
            "summary": "What to check.",
            "review_owner": "Editors",
            "next_review": today,
            "licence": "CC BY 4.0",
        },
    )
    edition: Edition = Edition.objects.get_or_create(
        document=document,
        major=1,
        minor=0,
        patch=0,
        defaults={
            "title": "Readiness check",
            "summary": "What to check.",
            "body": "## Check\n\nThis.\n",
            "changelog": "First edition.",
            "reading_minutes": 1,
            "published_on": today,
            "state": "published",
        },
    )[0]
    return edition
