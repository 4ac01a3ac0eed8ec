"""Work in the background: asked for once, done exactly once, whatever dies meanwhile."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from embedded.jobs.handlers import CannotBeDone, Progress, handler

if TYPE_CHECKING:
    from embedded.jobs.asking import ask as ask
    from embedded.jobs.asking import retry as retry

__all__ = ["CannotBeDone", "Progress", "ask", "handler", "retry"]


def __getattr__(name: str) -> Any:
    """Looks names up late: Django imports this package before any model may be loaded."""
    if name in ("ask", "retry"):
        return getattr(import_module("embedded.jobs.asking"), name)
    raise AttributeError(name)
