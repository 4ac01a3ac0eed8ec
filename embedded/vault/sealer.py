"""One person's key, unwrapped once, for whoever seals or opens many texts of theirs in one piece of work."""

from __future__ import annotations

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from embedded.accounts.models import Person
from embedded.vault.cipher import decrypt_with, encrypt_with, mark_with
from embedded.vault.sealing import bound_text, data_key


class Sealer:
    """Keep it in hand for one request or one job, never longer. The key is fetched and unwrapped at the first use, and
    made at the first sealing; opening anything without one is CannotBeRead."""

    def __init__(self, person: Person, key: bytes | None = None) -> None:
        """`key` where it is in hand already, as from `make_keys`."""
        self.person = person
        self._bound = bound_text(person.pk)
        self._key = key
        self._cipher: AESGCM | None = None

    def __repr__(self) -> str:
        return f"Sealer of person {self.person.pk}"

    def seal(self, text: str) -> bytes:
        """The text encrypted with the person's key and bound to them."""
        return self.seal_bytes(text.encode())

    def open(self, blob: bytes | memoryview) -> str:
        """What was sealed for this person; CannotBeRead for anything else."""
        return self.open_bytes(blob).decode()

    def seal_bytes(self, content: bytes) -> bytes:
        return encrypt_with(self._unwrapped(make=True), content, self._bound)

    def open_bytes(self, blob: bytes | memoryview) -> bytes:
        return decrypt_with(self._unwrapped(make=False), blob, self._bound)

    def mark(self, text: str) -> bytes:
        """16 bytes that are the same for the same text of the same person, and say nothing about it."""
        self._key = self._key or data_key(self.person, make=True)
        return mark_with(self._key, text)

    def _unwrapped(self, *, make: bool) -> AESGCM:
        if self._cipher is None:
            self._key = self._key or data_key(self.person, make=make)
            self._cipher = AESGCM(self._key)
        return self._cipher
