"""What was typed and not yet saved: once-only forms, versions, drafts and parked posts."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from embedded.drafts.form_keys import led_before as led_before
    from embedded.drafts.form_keys import once as once
    from embedded.drafts.kept import Kept as Kept
    from embedded.drafts.kept import drop_draft as drop_draft
    from embedded.drafts.kept import drop_under as drop_under
    from embedded.drafts.kept import kept_under as kept_under
    from embedded.drafts.kept import load_draft as load_draft
    from embedded.drafts.kept import save_draft as save_draft
    from embedded.drafts.telling import tells as tells
    from embedded.drafts.unsaved import Fields as Fields
    from embedded.drafts.unsaved import Unsaved as Unsaved
    from embedded.drafts.unsaved import words_in as words_in
    from embedded.drafts.versions import Changed as Changed
    from embedded.drafts.versions import check_version as check_version

_HOMES = {
    "Changed": "versions",
    "Fields": "unsaved",
    "Kept": "kept",
    "Unsaved": "unsaved",
    "check_version": "versions",
    "drop_draft": "kept",
    "drop_under": "kept",
    "kept_under": "kept",
    "led_before": "form_keys",
    "load_draft": "kept",
    "once": "form_keys",
    "save_draft": "kept",
    "tells": "telling",
    "words_in": "unsaved",
}
__all__ = [
    "Changed",
    "Fields",
    "Kept",
    "Unsaved",
    "check_version",
    "drop_draft",
    "drop_under",
    "kept_under",
    "led_before",
    "load_draft",
    "once",
    "save_draft",
    "tells",
    "words_in",
]


def __getattr__(name: str) -> Any:
    """Looks names up late: Django imports this package before any model may be loaded."""
    if name in _HOMES:
        return getattr(import_module(f"embedded.drafts.{_HOMES[name]}"), name)
    raise AttributeError(name)
