"""Documents to put into packs, and packs made of them on the spot."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.utils import timezone

from embedded.jobs import running
from guidance.models import Pack
from guidance.packs.actions import request_pack
from guidance.packs.parts import Part
from guidance.packs.reading import newest_parts
from tests.guidance.shelf import BODY, write

LONG = BODY.replace(
    "## Who to write to",
    "Table: Two kinds\n\n| Help | Time |\n|---|---|\n| Analyst | Days |\n\n"
    "### A smaller heading\n\nRead [the second](#second-part).\n\n"
    "---\n\n## Second part\n\n::: try\nSomething. [S3] {fact}\n:::\n\n- [ ] A desk\n\n"
    "## Third part\n\nWords.\n\n## Who to write to",
)
SHEET = """## Ask first

Is it this? [S3] {fact}

## Then do

::: email
To: R&D office
Subject: Hello

Dear [name], hello.
:::
"""
SLUGS = ("a-guide", "b-guide", "c-sheet", "d-guide")


def write_library(folder: Path) -> None:
    """Two long documents with the same headings and sources, a sheet of one page, and a short one."""
    write(folder, body=LONG)
    write(folder, body=LONG, slug="b-guide", title="Second & last guide")
    write(folder, body=SHEET, slug="c-sheet", title="A sheet", one_page="true")
    write(folder, slug="d-guide", title="A short one", word="true")


def asked(*slugs: str, **more: Any) -> Pack:
    """A pack of whole documents, in the order given."""
    return request_pack(parts=newest_parts(slugs or SLUGS), by=None, on=timezone.localdate(), **more)


def parted(slug: str, *sections: str) -> list[Part]:
    return [Part(newest_parts([slug])[0].edition, sections)]


def made(pack: Pack) -> Pack:
    """The pack with its files, made as a worker makes them."""
    assert pack.job is not None
    running.run(pack.job.pk)
    fresh: Pack = Pack.objects.select_related("pdf", "bundle", "job").get(pk=pack.pk)
    assert fresh.pdf is not None, fresh.job and fresh.job.error
    return fresh
