"""Job descriptions for the tests: begun, approved, handed in; what a browser types; files that somebody hands in."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import docx
from django.utils import timezone

from embedded.files.handed_in import PDF, HandedIn
from programmes.models import JobDescription
from programmes.recruitment import actions
from programmes.recruitment.content import Content
from tests.world import World

SMALL_PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def begin(world: World, variant: str = "university", seniority: str = "experienced") -> JobDescription:
    return actions.begin(
        residency=world.residency,
        variant=variant,
        seniority=seniority,
        by=world.people["host_manager"],
        at=timezone.now(),
    )


def approve(world: World, description: JobDescription) -> JobDescription:
    return actions.approve(
        description=description,
        version=description.version,
        by=world.people["programme_lead"],
        at=timezone.now(),
    )


def hand_in(world: World) -> JobDescription:
    return actions.hand_in(
        residency=world.residency,
        handed_in=HandedIn(SMALL_PDF, PDF, ".pdf"),
        by=world.people["hr"],
        at=timezone.now(),
    )


def content_of(description: JobDescription) -> Content:
    description.refresh_from_db()
    return Content.from_json(description.content)


def key() -> str:
    return str(uuid4())


@dataclass
class Sent:
    """A file as a browser sends it; it can be read any number of times."""

    content: bytes
    name: str = "form.pdf"
    content_type: str = "application/octet-stream"

    def read(self, size: int = -1) -> bytes:
        return self.content

    def __str__(self) -> str:
        return ""


def typed_texts(**words: str) -> dict[str, Any]:
    """The page of the post's details, filled in."""
    fields = "title grade hours contract employer host base accountable_to supervised_by reports_to guided_by"
    return {name: f"Some {name}" for name in fields.split()} | words


def typed_criterion(**answers: Any) -> dict[str, Any]:
    return {
        "heading": "skills",
        "words": "Explains a finding to three audiences",
        "essential": "yes",
        "duties": ["1"],
        "by": ["task"],
    } | answers


def word_file(parts: dict[str, bytes] | None = None) -> bytes:
    """A small DOCX; `parts` are put into it."""
    paper = docx.Document()
    paper.add_paragraph("Our own form")
    written = io.BytesIO()
    paper.save(written)
    with zipfile.ZipFile(written, "a", zipfile.ZIP_DEFLATED) as packed:
        for name, content in (parts or {}).items():
            packed.writestr(name, content)
    return written.getvalue()
