"""AES-256-GCM over text, bound to what it belongs to: it opens whole and in its place, or not at all."""

from __future__ import annotations

import os
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

FORMAT: Final = b"\x01"
NONCE: Final = 12


class CannotBeRead(Exception):
    """The key is gone or wrong, or the bytes were changed. There is never a half-right answer."""


def new_key() -> bytes:
    """A fresh key of 32 bytes."""
    return AESGCM.generate_key(bit_length=256)


def encrypt(key: bytes, content: bytes, bound_to: str) -> bytes:
    """Format byte, nonce and ciphertext. `bound_to` says what it belongs to and is needed to open it."""
    nonce = os.urandom(NONCE)
    return FORMAT + nonce + AESGCM(key).encrypt(nonce, content, FORMAT + bound_to.encode())


def decrypt(key: bytes, blob: bytes | memoryview, bound_to: str) -> bytes:
    """What `encrypt` was given; CannotBeRead when anything at all differs."""
    blob = bytes(blob)
    if blob[:1] != FORMAT:
        raise CannotBeRead("It was not sealed here.")
    nonce, ciphertext = blob[1 : 1 + NONCE], blob[1 + NONCE :]
    try:
        return AESGCM(key).decrypt(nonce, ciphertext, FORMAT + bound_to.encode())
    except (InvalidTag, ValueError) as wrong:
        raise CannotBeRead("The key does not fit, or the bytes were changed.") from wrong
