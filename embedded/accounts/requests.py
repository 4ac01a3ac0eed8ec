"""What the middleware has put on a request, for the type checker and the reader."""

from __future__ import annotations

from django.http import HttpRequest

from embedded.accounts.models import Person, User


class VisitorRequest(HttpRequest):
    """On an open page: a person, or None for somebody who is not signed in."""

    person: Person | None


class SignedInRequest(HttpRequest):
    """On every other page: sign-in has been asked for already."""

    person: Person
    user: User
