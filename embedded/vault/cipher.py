"""AES-256-GCM over text, bound to what it belongs to: it opens whole and in its place, or not at all."""

from __future__ import annotations

import hmac
import os
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

FORMAT: Final = b"\x01"
NONCE: Final = 12
MARK: Final = 16


class CannotBeRead(Exception):
    """The key is gone or wrong, or the bytes were changed. There is never a half-right answer."""


def new_key() -> bytes:
    """A fresh key of 32 bytes."""
    return AESGCM.generate_key(bit_length=256)


def encrypt(key: bytes, content: bytes, bound_to: str) -> bytes:
    """Format byte, nonce and ciphertext. `bound_to` says what it belongs to and is needed to open it."""
    return encrypt_with(AESGCM(key), content, bound_to)


def decrypt(key: bytes, blob: bytes | memoryview, bound_to: str) -> bytes:
    """What `encrypt` was given; CannotBeRead when anything at all differs."""
    try:
        return decrypt_with(AESGCM(key), blob, bound_to)
    except ValueError as wrong:
        raise CannotBeRead("That is no key.") from wrong


def encrypt_with(cipher: AESGCM, content: bytes, bound_to: str) -> bytes:
    """`encrypt` with a key that is set up already, for many in a row."""
    nonce = os.urandom(NONCE)
    return FORMAT + nonce + cipher.encrypt(nonce, content, FORMAT + bound_to.encode())


def decrypt_with(cipher: AESGCM, blob: bytes | memoryview, bound_to: str) -> bytes:
    """`decrypt` with a key that is set up already."""
    blob = bytes(blob)
    if blob[:1] != FORMAT:
        raise CannotBeRead("It was not sealed here.")
    nonce, ciphertext = blob[1 : 1 + NONCE], blob[1 + NONCE :]
    try:
        return cipher.decrypt(nonce, ciphertext, FORMAT + bound_to.encode())
    except (InvalidTag, ValueError) as wrong:
        raise CannotBeRead("The key does not fit, or the bytes were changed.") from wrong


def mark_with(key: bytes, text: str) -> bytes:
    """16 bytes by which the same text is known again under the same key; they tell nothing else."""
    own = hmac.digest(key, b"embedded.vault.mark", "sha256")  # a key never serves two purposes
    return hmac.digest(own, text.encode(), "sha256")[:MARK]
