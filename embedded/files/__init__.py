"""Files that we made: kept under the name of their content's hash, read back only if they are still the same."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from embedded.files.disk import Damaged, NoRoom

if TYPE_CHECKING:
    from embedded.files.keeping import keep as keep
    from embedded.files.keeping import read as read
    from embedded.files.responses import response as response

__all__ = ["Damaged", "NoRoom", "keep", "read", "response"]

_ROOMS = {"keep": "keeping", "read": "keeping", "response": "responses"}


def __getattr__(name: str) -> Any:
    """Looks names up late: Django imports this package before any model may be loaded."""
    if name in _ROOMS:
        return getattr(import_module(f"embedded.files.{_ROOMS[name]}"), name)
    raise AttributeError(name)
