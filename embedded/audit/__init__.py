"""Who did what, when and to what: one event a deed, never changed and never deleted."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from embedded.audit.recording import events_at as events_at
    from embedded.audit.recording import record as record
    from embedded.audit.recording import record_read as record_read

__all__ = ["events_at", "record", "record_read"]


def __getattr__(name: str) -> Any:
    """Looks names up late: Django imports this package before any model may be loaded."""
    if name in __all__:
        return getattr(import_module("embedded.audit.recording"), name)
    raise AttributeError(name)
