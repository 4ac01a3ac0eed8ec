"""Pages for when something goes wrong: the same look, the right status, a reference number, never a stack."""

from __future__ import annotations

import sys
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from psycopg import errors as postgres

from embedded.logs import request_id
from embedded.nhsuk.rendering import jinja

# Gone, busy, hung or restarting; or it ended a transaction that lay idle, or is a copy that takes no writing yet.
DATABASE_AWAY = (
    OperationalError,
    InterfaceError,
    postgres.IdleInTransactionSessionTimeout,
    postgres.TransactionTimeout,
    postgres.ReadOnlySqlTransaction,
)
WAIT_SECONDS = 60


class Gone(Http404):
    """What was asked for has ended or been taken back, and never comes again: 410. The text is shown."""


class TooMany(PermissionDenied):
    """Too many tries in a short time: 429. `wait` is in seconds."""

    def __init__(self, text: str = "", wait: int = WAIT_SECONDS) -> None:
        super().__init__(text)
        self.wait = wait


@dataclass(frozen=True)
class Problem:
    """What one page says: its status, its heading, and the template of its words."""

    status: int
    title: str
    template: str
    wait: int = 0


BAD_REQUEST = Problem(400, "Your request could not be understood", "400")
FORBIDDEN = Problem(403, "You cannot do this", "403")
CSRF = Problem(403, "This page was open for too long", "403_csrf")
NOT_FOUND = Problem(404, "Page not found", "404")
GONE = Problem(410, "This is no longer here", "410")
TOO_BIG = Problem(413, "What you sent is too big", "413")
TOO_MANY = Problem(429, "Too many tries", "429")
BROKEN = Problem(500, "Sorry, there is a problem with the service", "500")
AWAY = Problem(503, "Sorry, the service is not available for the moment", "503", WAIT_SECONDS)


def error_page(request: HttpRequest, problem: Problem, said: str = "", wait: int = 0) -> HttpResponse:
    """The page of a problem. It asks nothing of database, session or cache, for they may be the problem."""
    template = jinja().get_template(f"errors/{problem.template}.jinja")
    page = template.render(
        problem=problem,
        said=said,
        reference=request_id(),
        CSP_NONCE=str(getattr(request, "csp_nonce", "")),
        bare=True,
        here=request.path,
    )
    response = HttpResponse(page, status=problem.status, headers={"Cache-Control": "no-store"})
    if wait or problem.wait:
        response["Retry-After"] = str(wait or problem.wait)
    return response


def spoken(exception: Exception | None) -> str:
    """The sentence that a view gave with its exception; Django's own are for developers."""
    return str(exception) if isinstance(exception, (Gone, PermissionDenied)) else ""


def database_away(problem: BaseException | None) -> bool:
    """Whether this came of a database that is away, busy, hung or restarting, itself or through others."""
    while problem is not None:
        if isinstance(problem, DATABASE_AWAY):
            return True
        problem = problem.__cause__ or problem.__context__
    return False


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400; or 413 when the request was larger than we take; or 503 when the session could not be saved."""
    if database_away(exception):
        return error_page(request, AWAY)
    return error_page(request, TOO_BIG if isinstance(exception, RequestDataTooBig) else BAD_REQUEST)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403 with the reason that the view gave; or 429 for `TooMany`."""
    if isinstance(exception, TooMany):
        return error_page(request, TOO_MANY, spoken(exception), exception.wait)
    return error_page(request, FORBIDDEN, spoken(exception))


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """429 for the throttles of sign-in."""
    return error_page(request, TOO_MANY, wait=WAIT_SECONDS)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404; or 410 for `Gone`."""
    if isinstance(exception, Gone):
        return error_page(request, GONE, spoken(exception))
    return error_page(request, NOT_FOUND)


def server_error(request: HttpRequest) -> HttpResponse:
    """500; or 503 when the database is away, busy or restarting: the same press may work in a minute."""
    return error_page(request, AWAY if database_away(sys.exc_info()[1]) else BROKEN)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form that was open longer than its sign-in."""
    return error_page(request, CSRF)
