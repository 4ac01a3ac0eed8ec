"""allauth's second step in our words, its secrets encrypted where they lie."""

from __future__ import annotations

import base64
import hashlib

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings


class SecondStepAdapter(DefaultMFAAdapter):
    """Named by MFA_ADAPTER."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "Enter the code that the app shows now; this one is not right, or has been used or run out",
    }

    def encrypt(self, text: str) -> str:
        return cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return cipher().decrypt(encrypted_text.encode()).decode()


def cipher() -> MultiFernet:
    """Encrypts with a key made from SECRET_KEY; reads what SECRET_KEY_FALLBACKS wrote too."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    keys = [hashlib.sha256(b"second step:" + str(secret).encode()).digest() for secret in secrets]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in keys])
