"""The API: one's own entries read and logged. It starts from the person of the token; nobody else's are there."""

from __future__ import annotations

from typing import Annotated, Any, Final

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.urls import resolve, reverse
from django.utils import timezone
from ninja import Header, NinjaAPI, Path, Query
from ninja.errors import HttpError, ValidationError
from ninja.responses import Status

from embedded.drafts import once
from embedded.errors import TooMany
from programmes.access import scope_of
from programmes.api import fitting, present, reading, saying
from programmes.api.bearing import Bearer
from programmes.api.schemas import EntriesAsked, EntriesOut, EntryIn, EntryOut, Number, Problems
from programmes.entries.writing import log_activity

KEY: Final = r"^([0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})?$"
SAID: Final = (
    "Your own log, for your own programs. Make a token on the page “Your own programs”, and send it as "
    "`Authorization: Bearer …`. Nobody's entries are here but yours, and nothing is shared from here."
)
REFUSED: Final = dict.fromkeys((401, 413, 422, 429), Problems)

api = NinjaAPI(
    title="Embedded", version="1", description=SAID, openapi_url=None, docs_url=None, urls_namespace="api"
)


@api.get(
    "/entries/",
    auth=Bearer(),
    response={200: EntriesOut} | REFUSED,
    operation_id="read_entries",
    summary="Your entries",
    url_name="api_entries",
)
def entries(request: HttpRequest, asked: Query[EntriesAsked]) -> EntriesOut:
    """The latest first, a page at a time."""
    person = scope_of(request).person
    fitting.know_all(request.GET)
    return present.page(*reading.entries_of(person, present.asked(asked)), person)


@api.post(
    "/entries/",
    auth=Bearer(to_log=True),
    response={201: EntryOut} | REFUSED | {400: Problems, 403: Problems, 404: Problems},
    operation_id="log_entry",
    summary="Log an entry",
    url_name="api_entries",
)
def log(
    request: HttpRequest,
    response: HttpResponse,
    sent: EntryIn,
    idempotency_key: Annotated[str, Header(alias="Idempotency-Key", pattern=KEY)] = "",
) -> Status[EntryOut]:
    """Sent again as it was with the same Idempotency-Key, a UUID of your own, it is logged once and said again."""
    scope, today = scope_of(request), timezone.localdate()
    residency = fitting.residency_of(scope, sent)

    def deed() -> str:
        entry = fitting.entry_from(sent, residency, scope.person, today)
        made = log_activity(residency=residency, entry=entry, by=scope.person)
        return reverse("api_entry", args=[made.pk])

    content = QueryDict(mutable=True)
    content["sent"] = sent.model_dump_json()
    where = once(idempotency_key, by=scope.person, deed=deed, content=content)
    response["Location"] = where
    made = reading.entry_of(scope.person, int(resolve(where).kwargs["pk"]))
    return Status(201, present.entry(made, scope.person))


@api.get(
    "/entries/{pk}/",
    auth=Bearer(),
    response={200: EntryOut} | REFUSED | {404: Problems},
    operation_id="read_entry",
    summary="One of your entries",
    url_name="api_entry",
)
def entry(request: HttpRequest, pk: Annotated[Number, Path()]) -> EntryOut:
    """Somebody else's is not found."""
    person = scope_of(request).person
    return present.entry(reading.entry_of(person, pk), person)


def refuse(request: HttpRequest, status: int, *problems: tuple[str, str]) -> HttpResponse:
    """An answer that is no success."""
    said = {"problems": [{"where": where, "say": say} for where, say in problems]}
    return api.create_response(request, said, status=status)


@api.exception_handler(fitting.BrokenRules)
def broken_rule(request: HttpRequest, problem: Any) -> HttpResponse:
    return refuse(request, 422, *problem.problems)


@api.exception_handler(ValidationError)
def misshapen(request: HttpRequest, problem: Any) -> HttpResponse:
    """All that is wrong: what has the wrong shape, and of the other fields what breaks a rule."""
    told = dict(saying.problem(one) for one in problem.errors)
    if request.method == "POST" and "" not in told:  # else it is no entry at all
        told = dict(fitting.beside(request.body, told, scope_of(request), timezone.localdate())) | told
    return refuse(request, 422, *told.items())


@api.exception_handler(Http404)
def not_found(request: HttpRequest, problem: Any) -> HttpResponse:
    return refuse(request, 404, ("", str(problem) or "Nothing is here"))


@api.exception_handler(TooMany)
def too_many(request: HttpRequest, problem: Any) -> HttpResponse:
    answer = refuse(request, 429, ("", str(problem)))
    answer["Retry-After"] = str(problem.wait)
    return answer


@api.exception_handler(HttpError)
def refused(request: HttpRequest, problem: Any) -> HttpResponse:
    if problem.status_code != 401:
        return refuse(request, problem.status_code, ("", str(problem)))
    answer = refuse(request, 401, ("", "Send a token that works: Authorization: Bearer …"))
    answer["WWW-Authenticate"] = "Bearer"
    return answer
