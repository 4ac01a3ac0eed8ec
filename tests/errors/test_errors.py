"""Each error page: its status, the same look, a reference, no stack, and only what needs no database (P55, P24)."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest, PermissionDenied, RequestDataTooBig
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from embedded import urls as ours
from embedded.errors import Gone, TooMany

RAISED: dict[str, Exception] = {
    "400": BadRequest("secret detail"),
    "403": PermissionDenied("Only the lead of the programme approves."),
    "404": Http404("secret detail"),
    "410": Gone("The invitation was taken back."),
    "413": RequestDataTooBig("secret detail"),
    "429": TooMany("", wait=90),
    "500": ValueError("secret detail"),
    "503": OperationalError("secret detail"),
}


@login_not_required
def failing(request: HttpRequest, kind: str) -> HttpResponse:
    raise RAISED[kind]


@login_not_required
def posting(request: HttpRequest) -> HttpResponse:
    return HttpResponse(request.POST.get("a", ""))


urlpatterns = [path("fail/<kind>", failing), path("post", posting), *ours.urlpatterns]
handler400, handler403 = ours.handler400, ours.handler403
handler404, handler500 = ours.handler404, ours.handler500

pytestmark = pytest.mark.urls("tests.errors.test_errors")


@pytest.fixture
def visitor() -> Client:
    return Client(raise_request_exception=False)


def nonce_of(response: Any) -> str:
    policy = response["Content-Security-Policy"]
    assert "unsafe-" not in policy
    assert "default-src 'none'" in policy
    found = re.search(r"script-src 'self' 'nonce-([^']+)'", policy)
    assert found, policy
    return found[1]


@pytest.mark.parametrize("kind", RAISED)
def test_error_page_without_any_database(visitor: Client, kind: str) -> None:
    """No database mark: a query would fail this test."""
    response = visitor.get(f"/fail/{kind}")
    page = response.content.decode()
    assert response.status_code == int(kind)
    assert page.count("<h1") == 1
    assert '<html lang="en-GB"' in page
    assert "Traceback" not in page
    assert "secret detail" not in page
    assert response["X-Request-ID"] in page
    assert f'nonce="{nonce_of(response)}"' in page
    assert "style=" not in page
    assert re.search(r"<title>[^<]+ – Embedded</title>", page)


def test_each_answer_has_a_nonce_of_its_own(visitor: Client) -> None:
    assert len({nonce_of(visitor.get("/fail/404")) for _ in range(20)}) == 20


def test_reasons_that_a_view_gives_are_said(visitor: Client) -> None:
    assert "Only the lead of the programme approves." in visitor.get("/fail/403").content.decode()
    assert "The invitation was taken back." in visitor.get("/fail/410").content.decode()


def test_busy_pages_say_when_to_come_back(visitor: Client) -> None:
    assert visitor.get("/fail/503")["Retry-After"] == "60"
    assert visitor.get("/fail/429")["Retry-After"] == "90"


def test_form_without_its_token_gets_a_page_that_helps() -> None:
    response = Client(enforce_csrf_checks=True).post("/post", {"a": "b"})
    assert response.status_code == 403
    assert "This page was open for too long" in response.content.decode()
    nonce_of(response)


@pytest.mark.parametrize("checked", [True, False])
def test_too_large_a_form_is_413(settings: Any, checked: bool) -> None:
    """Whether it is met first by the check of the token or by the view."""
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    visitor = Client(enforce_csrf_checks=checked, raise_request_exception=False)
    visitor.cookies[settings.CSRF_COOKIE_NAME] = "a" * 32
    response = visitor.post("/post", {"a": "b" * 200})
    assert response.status_code == 413
    assert "What you sent is too big" in response.content.decode()


def test_unknown_address_is_404_for_anybody(visitor: Client) -> None:
    response = visitor.get("/no/such/page")
    assert response.status_code == 404
    assert "Page not found" in response.content.decode()
