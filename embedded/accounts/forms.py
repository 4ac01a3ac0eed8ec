"""allauth's forms in our words: the same questions, labels that say what is meant, errors that say what to do."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account import forms as account
from allauth.core import context
from allauth.mfa.base import forms as mfa
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp
from django import forms
from django.core.validators import ProhibitNullCharactersValidator
from django.http import HttpRequest

from embedded.accounts.even import A_QUARTER_SECOND, lasting, now, refusing_after
from embedded.accounts.inviting import invited_person
from embedded.accounts.throttles import CODES, NEW_PASSWORD_LETTERS, same_address, take
from embedded.errors import TooMany

EMAIL_FORMAT = "Enter an email address in the correct format, like name@example.com"
NEW_PASSWORD = (
    "12 characters or more. Three words that have nothing to do with each other are easy to remember."  # noqa: S105
)
TRIED_TOO_OFTEN = "The code was tried too often. A passkey works all the while."
CODE = "Six numbers from your authenticator app, or one of your recovery codes."


class OurWords(forms.Form):
    """Gives the fields of an allauth form our words: {name: (label, message when empty, hint)}.

    A second box for the same password is left out: a button shows what was typed (trust.md §3).
    """

    words: ClassVar[dict[str, tuple[str, str, str]]] = {}
    autocomplete: ClassVar[dict[str, str]] = {}
    use_required_attribute = False

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields.pop("password2", None)
        for name, (label, missing, hint) in self.words.items():
            field = self.fields[name]
            field.label, field.help_text = label, hint
            field.error_messages["required"] = missing
            field.error_messages["invalid"] = EMAIL_FORMAT
            for validator in field.validators:
                if isinstance(validator, ProhibitNullCharactersValidator):
                    validator.message = missing
                elif isinstance(field, forms.EmailField) and hasattr(validator, "message"):
                    validator.message = EMAIL_FORMAT
        for name, purpose in self.autocomplete.items():
            self.fields[name].widget.attrs["autocomplete"] = purpose


class SignInForm(OurWords, account.LoginForm):
    words = {
        "login": ("Email address", "Enter your email address", ""),
        "password": ("Password", "Enter your password", ""),
    }
    autocomplete = {"login": "username"}

    def clean(self) -> dict[str, Any] | None:
        """A wrong password is refused when an address that nobody has would be."""
        checked: dict[str, Any] | None = None
        with refusing_after(A_QUARTER_SECOND):
            checked = super().clean()
        return checked


class SignUpForm(OurWords, account.SignupForm):
    words = {
        "email": ("Email address", "Enter your email address", ""),
        "password1": ("Choose a password", "Enter a password", NEW_PASSWORD),
    }
    autocomplete = {"email": "username"}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        person = invited_person(context.request)
        if person is not None:
            self.fields["email"].initial = person.email


class AddEmailForm(OurWords, account.AddEmailForm):
    words = {
        "email": ("Email address", "Enter the email address to add", "We send a link to it, to confirm it.")
    }


class ChangePasswordForm(OurWords, account.ChangePasswordForm):
    words = {
        "oldpassword": ("Your password now", "Enter the password that you have now", ""),
        "password1": ("New password", "Enter a new password", NEW_PASSWORD),
    }


class SetPasswordForm(OurWords, account.SetPasswordForm):
    words = {"password1": ("Choose a password", "Enter a password", NEW_PASSWORD)}


class ResetPasswordForm(OurWords, account.ResetPasswordForm):
    words = {"email": ("Email address", "Enter your email address", "")}
    autocomplete = {"email": "username"}

    def __init__(self, *args: Any, **options: Any) -> None:
        self.began = now()
        super().__init__(*args, **options)

    def save(self, request: HttpRequest, **options: Any) -> str:
        """No more than five letters a day to one address; the page says the same, and the letters sent stay good.

        Finding somebody who has an account, and writing to them, takes longer than it does for somebody who has none:
        nobody sees that.
        """
        address: str = self.cleaned_data["email"]
        with lasting(A_QUARTER_SECOND, self.began):
            if not take([(NEW_PASSWORD_LETTERS, same_address(address))]).wait:
                super().save(request, **options)
        return address


class ResetPasswordKeyForm(OurWords, account.ResetPasswordKeyForm):
    words = {"password1": ("New password", "Enter a new password", NEW_PASSWORD)}


class ReauthenticateForm(OurWords, account.ReauthenticateForm):
    words = {"password": ("Password", "Enter your password", "")}


class CountedCode(forms.Form):
    """Codes are tried at most 5 times in 5 minutes, 20 in an hour, 50 in a day; a right one is not counted (P15)."""

    user: Any

    def clean_code(self) -> str:
        taken = take((limit, str(self.user.pk)) for limit in CODES)
        if taken.wait:
            raise TooMany(TRIED_TOO_OFTEN, taken.wait)
        code: str = super().clean_code()  # type: ignore[misc]
        taken.give_back()
        return code


class SecondStepForm(CountedCode, OurWords, mfa.AuthenticateForm):
    words = {"code": ("Code", "Enter the code from your app, or a recovery code", CODE)}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        kinds = set(Authenticator.objects.filter(user=self.user).values_list("type", flat=True))
        self.has_passkey = Authenticator.Type.WEBAUTHN in kinds
        self.has_app = Authenticator.Type.TOTP in kinds
        if not self.has_app:
            self.fields["code"].label = "Recovery code"
            self.fields["code"].help_text = ""


class SecondStepAgainForm(CountedCode, OurWords, mfa.ReauthenticateForm):
    words = {"code": ("Code", "Enter the code from your app, or a recovery code", CODE)}


class SwitchOnForm(CountedCode, OurWords, totp.ActivateTOTPForm):
    words = {"code": ("Code from the app", "Enter the six numbers that the app shows", "")}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["code"].widget.attrs.update({"inputmode": "numeric", "data-width": "10"})
