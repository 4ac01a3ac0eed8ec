"""The ready-made packs, as library/packs.yaml says them: which documents, in which order, for whom and when."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from guidance.catalogue import LIBRARY, NotAnEdition

FILE = "packs.yaml"
NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
KEYS = ("title", "whom", "when", "documents")


@dataclass(frozen=True)
class ReadyPack:
    """One of them. `name` stands in its address; `documents` are slugs, in order."""

    name: str
    title: str
    whom: str
    when: str
    documents: tuple[str, ...]


@lru_cache(maxsize=4)
def ready_packs(library: Path = LIBRARY) -> tuple[ReadyPack, ...]:
    """All of them, in the order of the file; none where there is no such file. Raises NotAnEdition."""
    path = library / FILE
    if not path.is_file():
        return ()
    try:
        told = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise NotAnEdition(f"{path}: this is not YAML: {error}") from error
    if not isinstance(told, dict) or not isinstance(told.get("packs"), dict):
        raise NotAnEdition(f"{path}: write the packs as lines of `name:` below `packs:`.")
    known = {folder.name for folder in library.iterdir() if folder.is_dir()}
    allowed = known | {str(slug) for slug in told.get("awaited") or ()}
    return tuple(_pack(path, str(name), one, allowed) for name, one in told["packs"].items())


def ready_pack(name: str) -> ReadyPack | None:
    """The one of that name."""
    return next((pack for pack in ready_packs() if pack.name == name), None)


def _pack(path: Path, name: str, told: Any, allowed: set[str]) -> ReadyPack:
    if not NAME.fullmatch(name) or len(name) > 40:
        raise NotAnEdition(f"{path}: name the pack {name!r} by small letters and hyphens, 40 at the most.")
    if not isinstance(told, dict) or set(told) != set(KEYS):
        raise NotAnEdition(f"{path}: give the pack {name} the keys {', '.join(KEYS)} and no others.")
    slugs = tuple(str(slug) for slug in told["documents"] or ())
    unknown = [slug for slug in slugs if slug not in allowed]
    if not slugs or len(set(slugs)) < len(slugs):
        raise NotAnEdition(f"{path}: name each document of the pack {name} once, and at least one.")
    if unknown:
        raise NotAnEdition(
            f"{path}: the pack {name} names {', '.join(unknown)}, which the library does not hold."
        )
    title, whom, when = (" ".join(str(told[key]).split()) for key in ("title", "whom", "when"))
    if not (title and whom and when):
        raise NotAnEdition(f"{path}: give the pack {name} a title, say for whom it is, and when to use it.")
    return ReadyPack(name, title, whom, when, slugs)
