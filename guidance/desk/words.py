"""The words of an edition as the desk compares, checks and publishes them, whether they are published or not."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from guidance.desk.models import Revision
from guidance.models import Edition

Notes = dict[str, dict[str, str]]


@dataclass(frozen=True)
class Words:
    """All that an editor may change. `notes` maps a source key to {"text": …, "url": …}."""

    title: str
    summary: str
    body: str
    notes: Notes
    changelog: str
    next_review: datetime.date
    readers: tuple[str, ...] = ()
    moments: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()


def words_of(found: Edition | Revision) -> Words:
    """What is written in an edition or a revision."""
    about = found if isinstance(found, Revision) else found.document
    return Words(
        title=found.title,
        summary=found.summary,
        body=found.body,
        notes=found.notes,
        changelog=found.changelog,
        next_review=about.next_review,
        readers=tuple(about.readers),
        moments=tuple(about.moments),
        topics=tuple(about.topics),
    )


def sources_as_text(notes: Notes) -> str:
    """A line a source, for comparing."""
    return "\n".join(f"[{key}] {note['text']} {note.get('url', '')}".strip() for key, note in notes.items())
