"""Addresses found by their shape are the addresses that Django finds."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import override_settings
from django.urls import NoReverseMatch, path, reverse, set_script_prefix

from embedded.nhsuk.addresses import address

urlpatterns = [
    path("a/<slug:slug>/r/<str:code>/<int:pk>/", lambda request: None, name="three"),
    path("u/<uuid:key>/", lambda request: None, name="key"),
    path("plain/", lambda request: None, name="plain"),
]
KEY = "0a1b2c3d-0000-4000-8000-000000000000"


@pytest.fixture(autouse=True)
def of_these() -> Any:
    with override_settings(ROOT_URLCONF=__name__):
        yield


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("plain", ()),
        ("three", ("arc", "R-01", 7)),
        ("three", ("arc", "R-01", "7")),
        ("three", ("arc", "mark-0", 900_000_000_001)),
        ("three", ("arc", "50 %ä", 0)),
        ("key", (KEY,)),
    ],
)
def test_address_is_what_django_finds(name: str, args: tuple[Any, ...]) -> None:
    for _ in range(2):
        assert address(name, *args) == reverse(name, args=args)


def test_address_by_names_of_arguments() -> None:
    assert address("three", slug="arc", code="R-01", pk=7) == "/a/arc/r/R-01/7/"


@pytest.mark.parametrize("args", [(), ("arc", "R-01"), ("arc", "R-01", "x"), ("arc", "R-01", -1)])
def test_what_does_not_fit_has_no_address(args: tuple[Any, ...]) -> None:
    with pytest.raises(NoReverseMatch):
        address("three", *args)


def test_prefix_of_the_server_belongs_to_it() -> None:
    assert address("plain") == "/plain/"
    set_script_prefix("/below/")
    try:
        assert address("plain") == "/below/plain/"
    finally:
        set_script_prefix("/")
