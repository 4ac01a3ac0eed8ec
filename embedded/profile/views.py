"""The pages about one's own account."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from embedded.accounts.requests import SignedInRequest
from embedded.accounts.second_factor import needed_by
from embedded.accounts.sessions import alive
from embedded.drafts import once
from embedded.nhsuk.forms import NhsForm
from embedded.profile import actions
from embedded.profile.forms import DetailsForm
from embedded.sso.present import connections


@require_safe
def account(request: SignedInRequest) -> HttpResponse:
    """Name and contact, addresses, password, two-step sign in, and signing out elsewhere."""
    kinds = list(Authenticator.objects.filter(user=request.user).values_list("type", flat=True))
    page = {
        "connections": connections(request.user),
        "addresses": EmailAddress.objects.filter(user=request.user).order_by("-primary", "email"),
        "has_app": Authenticator.Type.TOTP in kinds,
        "passkeys": kinds.count(Authenticator.Type.WEBAUTHN),
        "must_have_one": needed_by(request.user, request.person),
    }
    return render(request, "profile/account.jinja", page)


def details(request: SignedInRequest) -> HttpResponse:
    """Changes name, pronouns, job title, telephone number."""
    now = {name: getattr(request.person, name) for name in actions.DETAILS}
    form = DetailsForm(request.POST or None, initial=now)
    if request.method == "POST" and form.is_valid():
        values = {name: form.cleaned_data[name] for name in actions.DETAILS}
        if actions.change_details(by=request.person, values=values):
            messages.success(request, "Your details have been changed")
        return redirect("account")
    return render(request, "profile/details.jinja", {"form": form})


@require_POST
def sign_out_elsewhere(request: SignedInRequest) -> HttpResponse:
    """Ends every other session of this account."""
    actions.end_sessions(by=request.person, user=request.user, keep=request.session.session_key)
    update_session_auth_hash(request, request.user)
    messages.success(request, "You have been signed out everywhere else")
    return redirect("account_sign_ins")


@require_safe
def sign_ins(request: SignedInRequest) -> HttpResponse:
    """Where this account is signed in: device, since when, last seen; this one marked."""
    page = {
        "sign_ins": alive(request.user, request.person, timezone.now()),
        "this_one": request.session.session_key,
        "new_form": NhsForm,  # each button is a form of its own, with a key of its own
    }
    return render(request, "profile/sign_ins.jinja", page)


@require_POST
def sign_in_end(request: SignedInRequest, pk: int) -> HttpResponse:
    """Signs out one browser; 404 for those of others."""

    def deed() -> str:
        sign_in = get_object_or_404(request.user.sign_ins.select_for_update(), pk=pk)
        actions.end_one(by=request.person, sign_in=sign_in)
        messages.success(request, f"You have been signed out there: {sign_in.device}")
        return reverse("account_sign_ins")

    return redirect(once(request.POST.get("form_key"), by=request.person, deed=deed))
