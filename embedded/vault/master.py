"""The keys that wrap everybody's data keys: VAULT_KEY, and VAULT_KEY_OLD while one replaces the other."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from embedded.vault.cipher import CannotBeRead


@dataclass(frozen=True)
class MasterKey:
    """32 bytes derived from a secret of the environment, and a name for it that gives nothing away."""

    key: bytes
    version: str


def current() -> MasterKey:
    """The key that wraps from now on."""
    return _derived(settings.VAULT_KEY)


def key_name() -> str:
    """Names the present VAULT_KEY without giving anything of it away."""
    return current().version


def named(version: str) -> MasterKey:
    """The key of that version; CannotBeRead when the environment no longer (or not yet) has it."""
    for secret in (settings.VAULT_KEY, settings.VAULT_KEY_OLD):
        if secret and _derived(secret).version == version:
            return _derived(secret)
    raise CannotBeRead("The key was wrapped by a VAULT_KEY that is not in the environment.")


@lru_cache(maxsize=4)
def _derived(secret: str) -> MasterKey:
    return MasterKey(
        key=_hkdf(secret, "embedded.vault.wrapping", 32),
        version=_hkdf(secret, "embedded.vault.version", 8).hex(),
    )


def _hkdf(secret: str, purpose: str, length: int) -> bytes:
    return HKDF(algorithm=SHA256(), length=length, salt=None, info=purpose.encode()).derive(secret.encode())
