"""Passkeys: allauth's forms in our words. What a browser sends here is never believed to have the right shape."""

from __future__ import annotations

from typing import Any, Final

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import forms as webauthn
from allauth.mfa.webauthn.internal import auth
from django import forms
from django.core.exceptions import ValidationError

from embedded.accounts.forms import OurWords

NAME: Final = (
    "Name of this passkey",
    "Enter a name for this passkey",
    "So that you know it again, such as “Work laptop” or “My telephone”.",
)
NOT_MADE: Final = (
    "The passkey was not saved. Press the button again, and confirm with your face, finger or PIN"
)
NOT_TAKEN: Final = "That passkey was not accepted. Try again, or sign in with your password"
NOT_TAKEN_HERE: Final = "That passkey was not accepted. Try again, or use a code or your password instead"
# What fido2 and the reading of JSON raise at things that are no answer of a browser.
MISSHAPEN: Final = (
    TypeError,
    ValueError,
    KeyError,
    AttributeError,
    IndexError,
    OverflowError,
    RecursionError,
)
LONGEST_NAME: Final = 60


class AnswerField(forms.JSONField):
    """What the browser's script fills in; whatever is wrong with it is said in one sentence."""

    def __init__(self, said: str) -> None:
        super().__init__(widget=forms.HiddenInput, error_messages={"required": said, "invalid": said})

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except RecursionError:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None

    def bound_data(self, data: Any, initial: Any) -> str:
        """An answer is good once: a page shown again starts without."""
        return ""

    def prepare_value(self, value: Any) -> str:
        return ""


class AddPasskeyForm(OurWords, webauthn.AddWebAuthnForm):
    """Every passkey of ours proves its owner by itself (face, finger, PIN), so each can stand for password and code."""

    words = {"name": NAME}
    credential = AnswerField(NOT_MADE)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields.pop("passwordless", None)

    def clean_name(self) -> str:
        return super().clean_name()[:LONGEST_NAME]

    def clean(self) -> dict[str, Any]:
        self.cleaned_data["passwordless"] = True
        try:
            cleaned: dict[str, Any] = super().clean() or {}
        except ValidationError:
            raise ValidationError(NOT_MADE) from None
        except MISSHAPEN:
            raise ValidationError(NOT_MADE) from None
        return cleaned


class NamePasskeyForm(OurWords, webauthn.EditWebAuthnForm):
    words = {"name": NAME}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["name"] = forms.CharField(
            label=NAME[0],
            help_text=NAME[2],
            max_length=LONGEST_NAME,
            error_messages={
                "required": NAME[1],
                "max_length": f"Name must be {LONGEST_NAME} characters or fewer",
            },
        )


class PasskeyAnswer:
    """Reads the answer of a passkey; one sentence for whatever is wrong with it (P14).

    No tries are counted: there is nothing to guess, and a count would let somebody else lock the owner out (P15).
    """

    not_taken = NOT_TAKEN
    user: Any
    cleaned_data: dict[str, Any]

    def clean_credential(self) -> Authenticator:
        credential = self.cleaned_data["credential"]
        try:
            auth.parse_authentication_response(credential)
            user = self.user or auth.extract_user_from_response(credential)
            return auth.complete_authentication(user, credential)
        except ValidationError:
            raise ValidationError(self.not_taken) from None
        except MISSHAPEN:
            raise ValidationError(self.not_taken) from None


class SignInByPasskeyForm(PasskeyAnswer, webauthn.LoginWebAuthnForm):
    credential = AnswerField(NOT_TAKEN)


class SecondStepByPasskeyForm(PasskeyAnswer, webauthn.AuthenticateWebAuthnForm):
    not_taken = NOT_TAKEN_HERE
    credential = AnswerField(NOT_TAKEN_HERE)


class AgainByPasskeyForm(PasskeyAnswer, webauthn.ReauthenticateWebAuthnForm):
    not_taken = NOT_TAKEN_HERE
    credential = AnswerField(NOT_TAKEN_HERE)
