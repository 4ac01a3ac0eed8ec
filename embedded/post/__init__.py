"""The product's e-mail: every letter is a row first, and leaves from there."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from embedded.post.outbox import problem_of as problem_of
    from embedded.post.outbox import problems_of as problems_of
    from embedded.post.outbox import written as written
    from embedded.post.outbox import written_to as written_to
    from embedded.post.writing import write as write

__all__ = ["problem_of", "problems_of", "write", "written", "written_to"]

_ROOMS = {
    "problem_of": "outbox",
    "problems_of": "outbox",
    "write": "writing",
    "written": "outbox",
    "written_to": "outbox",
}


def __getattr__(name: str) -> Any:
    """Looks names up late: Django imports this package before any model may be loaded."""
    if name in _ROOMS:
        return getattr(import_module(f"embedded.post.{_ROOMS[name]}"), name)
    raise AttributeError(name)
