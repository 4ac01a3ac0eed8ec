"""allauth's second step in our words, its secrets encrypted where they lie, and kept by those who need it."""

from __future__ import annotations

import base64
import hashlib

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings

from embedded.accounts.second_factor import needed_by


class SecondStepAdapter(DefaultMFAAdapter):
    """Named by MFA_ADAPTER."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "Enter the code that the app shows now; this one is not right, or has been used or run out",
        "cannot_delete_authenticator": (
            "You cannot switch off two-step sign in, because you can see other people’s information. "
            "To move to a new telephone, ask us to reset it."
        ),
    }

    def encrypt(self, text: str) -> str:
        return cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return cipher().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Only whoever may do without a second step may take the app away."""
        if authenticator.type != Authenticator.Type.TOTP:
            return True
        return not needed_by(authenticator.user, getattr(authenticator.user, "person", None))


def cipher() -> MultiFernet:
    """Encrypts with a key made from SECRET_KEY; reads what SECRET_KEY_FALLBACKS wrote too."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    keys = [hashlib.sha256(b"second step:" + str(secret).encode()).digest() for secret in secrets]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in keys])
