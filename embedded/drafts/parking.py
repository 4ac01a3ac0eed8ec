"""A form sent after the sign-in ran out is parked, encrypted, until its sender has signed in again."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django_htmx.http import HttpResponseClientRedirect

from embedded.drafts.models import ONE_DAY, ParkedPost
from embedded.vault.cipher import CannotBeRead, decrypt, encrypt, new_key

LARGEST: Final = 256 * 1024  # characters of what was typed
BLOCK: Final = 512  # bytes
MOST: Final = 2_000  # parked at one time; beyond, signed-out posts are only sent to sign in
NOT_SHOWN: Final = ("csrfmiddlewaretoken", "form_key", "version")


@dataclass(frozen=True)
class Typed:
    """What was sent: the values of each field by name, and the names of the fields that held files."""

    path: str
    fields: dict[str, list[str]]
    files: list[str]

    def shown(self) -> list[tuple[str, SafeString]]:
        """What was typed for people to read: a label made of each name, and its values line by line."""
        return [
            (name.replace("_", " ").strip().capitalize(), lines("\n".join(values)))
            for name, values in self.fields.items()
            if name not in NOT_SHOWN and any(values)
        ]


class ParkingMiddleware:
    """Stands just before LoginRequiredMiddleware and takes over those POSTs that carry a form key."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method == "POST" and response.status_code in (302, 303) and request.user.is_authenticated:
            forget_sent(request, response)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if request.user.is_authenticated or not getattr(view, "login_required", True):
            return None
        return park(request)


def park(request: HttpRequest, through: str = "") -> HttpResponse | None:
    """Keeps a POST that may not be done now and leads to sign-in and on to the page that offers it again.

    `through` is another address to go by, which takes what comes then as `next`.

    None when there is nothing to keep: no POST, no form key, far too much.
    """
    form_key = request.POST.get("form_key", "") if request.method == "POST" else ""
    typed = json.dumps({"fields": _fields(request), "files": list(request.FILES)}) if form_key else ""
    if not typed or len(typed) > LARGEST or ParkedPost.objects.count() >= MOST:
        return None
    key, parked = new_key(), ParkedPost(id=uuid4(), path=request.get_full_path(), form_key=form_key[:64])
    parked.ciphertext = encrypt(key, _padded(typed.encode()), _belongs_to(parked))
    parked.made_at = timezone.now()
    parked.save(force_insert=True)
    response = _onwards(request, reverse("drafts:continue", args=[parked.pk]), through)
    response.set_cookie(
        cookie_name(parked.pk),
        base64.urlsafe_b64encode(key).decode(),
        max_age=ONE_DAY,
        secure=bool(settings.SESSION_COOKIE_SECURE),
        httponly=True,
        samesite="Lax",
    )
    return response


def park_stale(request: HttpRequest) -> HttpResponse | None:
    """For the page of a failed CSRF check: parks what one of our own pages sent with a token from before the
    last sign-in (another tab signed in meanwhile). None for posts from elsewhere and for open pages.
    """
    found = request.resolver_match
    ours = request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
    if not ours or found is None or not getattr(found.func, "login_required", True):
        return None
    return park(request)


def unparked(request: HttpRequest, parked_id: UUID) -> Typed | None:
    """What this browser parked within the last day; None for every other browser, and once it was sent."""
    parked = ParkedPost.objects.kept(timezone.now()).filter(pk=parked_id).first()
    if parked is None:
        return None
    try:
        key = base64.urlsafe_b64decode(request.COOKIES.get(cookie_name(parked_id), ""))
        typed = json.loads(decrypt(key, parked.ciphertext, _belongs_to(parked)))
    except (CannotBeRead, binascii.Error, ValueError):
        return None
    return Typed(path=parked.path, **typed)


def forget(parked_id: UUID, response: HttpResponse) -> None:
    """Deletes what was parked, here and in the browser."""
    ParkedPost.objects.filter(pk=parked_id).delete()
    response.delete_cookie(cookie_name(parked_id), samesite="Lax")


def cookie_name(parked_id: UUID) -> str:
    """A cookie for each parked post, so that two tabs do not forget each other's."""
    return f"{'__Host-' if settings.SESSION_COOKIE_SECURE else ''}parked-{parked_id.hex}"


def forget_sent(request: HttpRequest, response: HttpResponse) -> None:
    """Once a form has gone through, its parked copy in this browser is done with."""
    own = [parked_id for name in request.COOKIES if (parked_id := _parked_id(name))]
    if own:
        form_key = request.POST.get("form_key", "")[:64]
        for parked in ParkedPost.objects.filter(pk__in=own, form_key=form_key):
            forget(parked.pk, response)


def _parked_id(cookie: str) -> UUID | None:
    try:
        return UUID(cookie.removeprefix("__Host-").removeprefix("parked-"))
    except ValueError:
        return None


def _fields(request: HttpRequest) -> dict[str, list[str]]:
    """All that was typed but passwords."""
    return {
        name: values
        for name, values in request.POST.lists()
        if name != "csrfmiddlewaretoken" and "password" not in name.lower()
    }


def lines(text: str) -> SafeString:
    """A text with its breaks kept."""
    line_break = mark_safe("<br>")  # our own
    return format_html_join(line_break, "{}", ([line] for line in text.splitlines()))


def _padded(typed: bytes) -> bytes:
    """With blanks to the next full block: how long an answer was, the ciphertext would tell."""
    return typed.ljust(-(-len(typed) // BLOCK) * BLOCK)


def _belongs_to(parked: ParkedPost) -> str:
    return f"post {parked.pk} to {parked.path}"


def _onwards(request: HttpRequest, then: str, through: str) -> HttpResponse:
    if through:
        response = redirect_to_login(then, through)
    else:
        response = redirect(then) if request.user.is_authenticated else redirect_to_login(then)
    if request.headers.get("HX-Request"):
        return HttpResponseClientRedirect(response["Location"])
    return response
