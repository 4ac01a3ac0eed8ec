"""What was typed into the diary and never saved: where it is kept, and how the form takes it up again."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict

from embedded.accounts.models import Person
from embedded.drafts import Kept, drop_draft, drop_under, kept_under
from embedded.nhsuk.dates import PARTS, Typed
from embedded.nhsuk.forms import VersionField
from programmes.models import DiaryEntry


def draft_prefix(entry: DiaryEntry | None = None) -> str:
    """Where drafts of a new entry are kept, or of one entry; each form's key comes after it: two tabs keep two."""
    return f"diary-entry/{entry.pk}/" if entry else "diary/"


def left_unsaved(person: Person, prefix: str) -> list[Kept]:
    """What was typed and never sent, where there are words in it."""
    return [kept for kept in kept_under(person, prefix) if _first(kept, "text").strip()]


def thrown_away(person: Person, sent: QueryDict, prefix: str) -> bool:
    """Forgets the one whose button was pressed; False when none was."""
    if "throw_away" not in sent:
        return False
    drop_draft(person, prefix + str(sent["throw_away"])[:80])
    return True


def forget_all(person: Person, entry: DiaryEntry) -> None:
    """Forgets those of an entry that is removed."""
    drop_under(person, draft_prefix(entry))


def chosen(left: list[Kept], key: str | None) -> Kept | None:
    """The one that the address asks for."""
    return next((kept for kept in left if kept.key == key), None)


def values_of(kept: Kept | None) -> dict[str, Any]:
    """What the form shows of it, the day as the boxes had it; nothing of nothing."""
    if kept is None:
        return {}
    boxes = [_first(kept, f"on_{part}") for part in PARTS]
    values = {"form_key": kept.key, "text": _first(kept, "text")}
    return values | ({"on": Typed(*boxes)} if any(boxes) else {})


def version_of(kept: Kept | None, entry: DiaryEntry) -> int:
    """The version from which it was begun, or today's."""
    return VersionField().clean(_first(kept, "version") or entry.version) if kept else entry.version


def _first(kept: Kept, name: str) -> str:
    return "".join(kept.typed.get(name, ())[:1])
