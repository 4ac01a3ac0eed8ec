"""The product's e-mail: every letter is a row first, and leaves from there."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from embedded.post.writing import write as write

__all__ = ["write"]


def __getattr__(name: str) -> Any:
    """Looks names up late: Django imports this package before any model may be loaded."""
    if name in __all__:
        return getattr(import_module("embedded.post.writing"), name)
    raise AttributeError(name)
