"""When a sign-in ends by itself (P17), and the list of the browsers in which an account is signed in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from allauth.account.signals import authentication_step_completed
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.signals import user_logged_in
from django.contrib.sessions.models import Session
from django.dispatch import Signal
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from embedded.accounts.devices import in_words
from embedded.accounts.middleware import person_of
from embedded.accounts.models import SignIn, User
from embedded.accounts.second_factor import needed_by

# sent with the user whose every sign-in ends, and `by` (None for whoever runs the service): what else opens the account
# ends with them
ended_everywhere = Signal()

BEGAN: Final = "sign_in_began"  # seconds since 1970, both
SEEN: Final = "sign_in_seen"
LISTED: Final = "sign_in_listed"  # the session key under which this sign-in is on the list
SEEN_EVERY: Final = 60  # seconds: so much sooner may a sign-in end, so much rarer is it written
TOO_LONG: Final = "You were signed out because you signed in 12 hours ago. Sign in again to go on."
TOO_QUIET: Final = "You were signed out because nothing was pressed for a while. Sign in again to go on."


class SessionClock:
    """Ends a sign-in that has lasted too long or been quiet too long, before anything else looks at it.

    What a form sends then is parked (embedded.drafts): nothing that was typed is lost (P18).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        before = request.session.session_key
        if request.user.is_authenticated:
            tick(request)
        response = self.get_response(request)
        keep_list(request, before)
        return response


def start() -> None:
    """Called once, when Django is ready."""
    user_logged_in.connect(begin, dispatch_uid="sessions.begin")
    authentication_step_completed.connect(renew, dispatch_uid="sessions.renew")


def renew(sender: object, request: HttpRequest, reauthenticated: bool = False, **rest: object) -> None:
    """A new session id once somebody has confirmed that it is them, as at sign-in."""
    if reauthenticated:
        request.session.cycle_key()


def begin(sender: object, request: HttpRequest, user: User, **rest: object) -> None:
    """Starts the clock and enters the list; called at every sign-in, whatever its way."""
    request.session[BEGAN] = request.session[SEEN] = int(timezone.now().timestamp())
    enter(request, user)


def tick(request: HttpRequest) -> None:
    """Ends the sign-in, or notes once a minute that it is in use."""
    now = int(timezone.now().timestamp())
    if BEGAN not in request.session:
        begin(None, request, request.user)  # type: ignore[arg-type]
    began, seen = request.session[BEGAN], request.session[SEEN]
    if now - began >= settings.SESSION_LONGEST.total_seconds():
        end(request, TOO_LONG)
    elif now - seen >= settings.SESSION_IDLE.total_seconds() and now - seen >= quiet_limit(request):
        end(request, TOO_QUIET)
    elif now - seen >= SEEN_EVERY:
        request.session[SEEN] = now
        SignIn.objects.filter(session_key=request.session.session_key).update(seen_at=timezone.now())


def quiet_limit(request: HttpRequest) -> float:
    """After how many quiet seconds this sign-in ends; asks the database, so asked only when it matters."""
    return idle_limit(request.user, person_of(request)).total_seconds()  # type: ignore[arg-type]


def idle_limit(user: User, person: object) -> timedelta:
    """30 minutes for whoever sees more than their own data, 8 hours for others."""
    sees_others = needed_by(user, person)  # type: ignore[arg-type]
    return settings.SESSION_IDLE if sees_others else settings.SESSION_IDLE_OWN_DATA


def end(request: HttpRequest, said: str) -> None:
    request.session.flush()
    request.user = AnonymousUser()
    messages.info(request, said)


def keep_list(request: HttpRequest, before: str | None) -> None:
    """Keeps the list in step with what this request did: signed in, got a new session key, or signed out."""
    now_key = request.session.session_key
    if not request.user.is_authenticated:
        if before and before != now_key:
            SignIn.objects.filter(session_key=before).delete()
        return
    if now_key is None or request.session.get(LISTED) == now_key:
        return
    was = request.session.get(LISTED)
    request.session[LISTED] = now_key
    if not SignIn.objects.filter(session_key=was, user=request.user).update(session_key=now_key):
        enter(request, request.user)


def enter(request: HttpRequest, user: User) -> None:
    """Puts this sign-in on the list, and takes off what has ended long ago."""
    key = request.session.session_key
    if key is None:
        return
    now = timezone.now()
    SignIn.objects.filter(user=user, began_at__lt=now - settings.SESSION_LONGEST).delete()
    device = in_words(request.headers.get("User-Agent", ""))
    values = {"user": user, "device": device, "began_at": now, "seen_at": now}
    SignIn.objects.update_or_create(session_key=key, defaults=values)
    request.session[LISTED] = key


def alive(user: User, person: object, at: datetime) -> list[SignIn]:
    """Where an account is signed in now, last seen first."""
    since = at - idle_limit(user, person)
    listed = SignIn.objects.filter(user=user, seen_at__gt=since, began_at__gt=at - settings.SESSION_LONGEST)
    there = set(
        Session.objects.filter(
            pk__in=listed.values_list("session_key", flat=True), expire_date__gt=at
        ).values_list("pk", flat=True)
    )
    return [one for one in listed.order_by("-seen_at", "-pk") if one.session_key in there]


def kill(sign_ins: list[SignIn]) -> None:
    """Ends sign-ins: their rows on the server go, so a replayed cookie is nobody's."""
    keys = [one.session_key for one in sign_ins]
    Session.objects.filter(pk__in=keys).delete()
    SignIn.objects.filter(session_key__in=keys).delete()
