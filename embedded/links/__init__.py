"""Signed links: whoever holds one may see or answer one thing, for a while, without an account."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from embedded.links.issuing import end_all as end_all
    from embedded.links.issuing import find as find
    from embedded.links.issuing import issue as issue
    from embedded.links.issuing import lapsed as lapsed
    from embedded.links.issuing import number_in as number_in
    from embedded.links.issuing import opens as opens
    from embedded.links.issuing import renew as renew
    from embedded.links.issuing import revoke as revoke
    from embedded.links.issuing import subject_for as subject_for
    from embedded.links.issuing import use as use

__all__ = [
    "end_all",
    "find",
    "issue",
    "lapsed",
    "number_in",
    "opens",
    "renew",
    "revoke",
    "subject_for",
    "use",
]


def __getattr__(name: str) -> Any:
    """Looks names up late: Django imports this package before any model may be loaded."""
    if name in __all__:
        return getattr(import_module("embedded.links.issuing"), name)
    raise AttributeError(name)
