"""What asks once more who is there (P19): the one list of dangerous addresses, and the middleware that holds to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.reauthentication import is_reauthentication_required, suspend_request
from allauth.core.exceptions import ReauthenticationRequired
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse

from embedded.drafts.parking import park

# By what is at stake: the names of the addresses. Five minutes after a confirmation they ask again.
DANGEROUS: Final = {
    "email addresses": ("account_email",),
    "second step": (
        "mfa_activate_totp",
        "mfa_deactivate_totp",
        "mfa_view_recovery_codes",
        "mfa_download_recovery_codes",
        "mfa_generate_recovery_codes",
    ),
    "passkeys": ("mfa_add_webauthn", "mfa_edit_webauthn", "mfa_remove_webauthn"),
    "password": ("account_change_password", "account_set_password"),
    "connections elsewhere": ("sso_disconnect",),  # connecting asks by itself: embedded.sso.views
    "signing out everywhere": ("account_sign_out_elsewhere", "account_sign_in_end"),
    "people's data taken out": ("people_everywhere_csv", "people_on_site_csv"),
    "what only oneself can read": ("diary_erase",),
    "tokens of programs": ("api_token_new",),
    "programme settings": ("programme_edit",),
    "roles": ("invite", "membership_end"),
}
NAMES: Final = frozenset(name for names in DANGEROUS.values() for name in names)

# Presses that go through by themselves after the confirmation. Nothing secret is in what they send.
RESUMED: Final = frozenset(
    {"account_email", "account_sign_out_elsewhere", "account_sign_in_end", "sso_disconnect"}
    | {"mfa_deactivate_totp", "mfa_edit_webauthn", "mfa_generate_recovery_codes", "mfa_remove_webauthn"}
)


class StepUpMiddleware:
    """Stands behind sign-in and the second factor. Our forms are parked and offered again: nothing typed is lost."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        name = request.resolver_match.url_name if request.resolver_match else ""
        if name not in NAMES or not request.user.is_authenticated or not is_asked(request, name):
            return None
        ways = get_adapter().get_reauthentication_methods(request.user)
        through: str = ways[0]["url"]
        if request.method == "POST":
            if name in RESUMED:
                return suspend_request(request, through)
            if parked := park(request, through):
                return parked
        return redirect_to_login(request.get_full_path(), through)


def is_asked(request: HttpRequest, name: str) -> bool:
    """Whether this browser has to confirm first; the made-up people of the demonstration have no passwords to give."""
    if settings.DEMONSTRATION and getattr(request.user, "is_demonstration", False):
        return False
    try:
        app = "allauth.mfa" if name.startswith("mfa_") else "allauth.account"
        return bool(is_reauthentication_required(request, app=app))
    except ReauthenticationRequired:  # whoever is proved elsewhere is asked there
        return True
