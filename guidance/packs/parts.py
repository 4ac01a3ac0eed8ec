"""What a pack is asked to hold, and the key that is the same for the same pack."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

from guidance.models import Edition

Names = Sequence[tuple[str, str]]
ADDRESS = 24  # figures of the key that stand in an address


@dataclass(frozen=True)
class Part:
    """An edition of the library; `sections` are anchors of those of its `## ` sections that were chosen, in the order
    of the document. None means all of it."""

    edition: Edition
    sections: tuple[str, ...] = ()


@dataclass(frozen=True)
class ExtraPart:
    """A paper of a residency's own. `html` is what stands in its body, with `h2` and `h3` for headings, or a whole
    document of templates/paper, of which what stands in `<main>` is taken; it comes from our own templates, which
    escape what people typed. `made_from` says in words what it was made of and when, and stands under its title."""

    title: str
    html: str
    made_from: str


def key_of(
    parts: Iterable[Part],
    *,
    ready: str = "",
    extras: Iterable[ExtraPart] = (),
    names: Names = (),
    private_to: str = "",
) -> str:
    """SHA-256 of all that makes a pack this pack."""
    told = [
        ready,
        private_to,
        [list(name) for name in names],
        [_told(part) for part in parts],
        [asdict(extra) for extra in extras],
    ]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


def _told(part: Part) -> list[object]:
    edition = part.edition
    return [
        edition.document.slug,
        edition.version,
        edition.language,
        str(edition.source),
        list(part.sections),
    ]
