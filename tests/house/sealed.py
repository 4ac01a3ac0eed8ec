"""Every column that is sealed with somebody's own key, a word of its own in each, and all shapes in which it could
stand somewhere in the clear."""

from __future__ import annotations

import base64
import gzip
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from django.apps import apps
from django.db import models

from embedded.drafts import load_draft, save_draft
from embedded.drafts.models import Draft
from embedded.files import keep
from embedded.vault import Sealer
from programmes.models import LogFile

# bytes that are no words: by them the same name, event or file is known again
MARKS: Final = {("Contact", "name_mark"), ("LogFile", "mark"), ("PlannedEntry", "uid_mark")}
DRAFT: Final = "quagga-draft-5150"
FILE: Final = "quagga-file-9134"
Column = tuple[type[models.Model], str, str]


def sealed_columns() -> list[Column]:
    """Each of them, with the way from its table to the person whose key it is."""
    found = []
    for model in apps.get_app_config("programmes").get_models():
        columns = [one for one in model._meta.concrete_fields if isinstance(one, models.BinaryField)]
        names = {one.name for one in model._meta.concrete_fields}
        owner = "person" if "person" in names else "file__person"
        found += [(model, one.name, owner) for one in columns if (model.__name__, one.name) not in MARKS]
    return [*found, (Draft, "payload", "person")]


def word_of(model: type[models.Model], column: str) -> str:
    """The word that `plant` puts into a column."""
    return f"quagga-{model.__name__.lower()}-{column}-6021"


def plant(things: Any) -> set[str]:
    """Puts its own word into every column that holds the canary of these things, one into a draft and one into the
    file of a log. Gives all."""
    person = things.world.people["researcher"]
    sealer, planted = Sealer(person), {DRAFT, FILE}
    content = keep(sealer.seal(FILE), "log", "application/octet-stream")
    assert LogFile.objects.filter(person=person).update(content=content)
    save_draft(person, "log", {"what": [DRAFT]})
    assert load_draft(person, "log")
    for model, column, owner in sealed_columns():
        word = word_of(model, column)
        for row in model._base_manager.filter(**{owner: person}).exclude(**{column: None}):
            text = sealer.open(getattr(row, column))
            if things.canary in text:
                planted.add(word)
                sealed = sealer.seal(text.replace(things.canary, word))
                model._base_manager.filter(pk=row.pk).update(**{column: sealed})
    return planted


def shapes(word: str) -> list[bytes]:
    """In the clear, as hexadecimal digits, and in base64 wherever in it the word begins."""
    clear = word.encode()
    found = [clear, clear.hex().encode(), clear.hex().upper().encode()]
    for before in range(3):
        packed = base64.b64encode(b"\0" * before + clear)
        # what stands at the ends depends on its neighbours
        found.append(packed[4 if before else 0 : len(packed) // 4 * 4 - 4])
    return found


def held_by(content: bytes, words: Iterable[str]) -> list[str]:
    """Those of the words that stand in it in any shape, packed or not."""
    parts = list(unpacked(content))
    return [word for word in words if any(shape in part for shape in shapes(word) for part in parts)]


def unpacked(content: bytes) -> Iterator[bytes]:
    """The content itself, and what is in it where it is packed by gzip, zlib or zip."""
    yield content
    if content.startswith(b"\x1f\x8b"):
        yield gzip.decompress(content)
    if content.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(content)) as parts:
            yield from (parts.read(name) for name in parts.namelist())
    try:
        yield zlib.decompress(content)
    except zlib.error:
        return


def every_file(folder: Path) -> Iterator[tuple[Path, bytes]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path, path.read_bytes()
