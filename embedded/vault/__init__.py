"""Encrypts what only one person may read, each with a key of their own."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from embedded.vault.cipher import CannotBeRead as CannotBeRead
    from embedded.vault.master import key_name as key_name
    from embedded.vault.sealer import Sealer as Sealer
    from embedded.vault.sealing import destroy_key as destroy_key
    from embedded.vault.sealing import make_keys as make_keys
    from embedded.vault.sealing import open_sealed as open_sealed
    from embedded.vault.sealing import seal as seal

__all__ = ["CannotBeRead", "Sealer", "destroy_key", "key_name", "make_keys", "open_sealed", "seal"]

_ROOMS = {"CannotBeRead": "cipher", "Sealer": "sealer", "key_name": "master"}


def __getattr__(name: str) -> Any:
    """Looks names up late: Django imports this package before any model may be loaded."""
    if name in __all__:
        return getattr(import_module(f"embedded.vault.{_ROOMS.get(name, 'sealing')}"), name)
    raise AttributeError(name)
