"""Puts the person behind the account on each request."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from embedded.accounts.models import Person


def person_of(request: HttpRequest) -> Person | None:
    """The signed-in person, or None. An account without a person gets one, so that nobody is nobody."""
    if not request.user.is_authenticated:
        return None
    try:
        return request.user.person
    except Person.DoesNotExist:
        email = request.user.get_username()
        return Person.objects.create(user=request.user, email=email, display_name=email.split("@")[0])


class PersonMiddleware:
    """Sets `request.person`: a Person, or None for somebody who is not signed in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.person = person_of(request)  # type: ignore[attr-defined]
        return self.get_response(request)
