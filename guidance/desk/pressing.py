"""A press whose own success ends what its page is about leads, pressed again, to where it led at first."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from embedded.accounts.requests import SignedInRequest
from embedded.drafts import led_before

Given = ParamSpec("Given")
View = Callable[Concatenate[SignedInRequest, Given], HttpResponse]


def pressed_once(view: View[Given]) -> View[Given]:
    """For views that do their deed by `once(…, content=request.POST)`. Another press may end before this one began, or
    while it looks for what is gone by then."""

    @wraps(view)
    def pressed(request: SignedInRequest, *args: Given.args, **options: Given.kwargs) -> HttpResponse:
        if led := _led(request):
            return redirect(led)
        try:
            return view(request, *args, **options)
        except Http404:
            if led := _led(request):
                return redirect(led)
            raise

    return pressed


def _led(request: SignedInRequest) -> str:
    if request.method != "POST":
        return ""
    return led_before(request.POST.get("form_key"), by=request.person, content=request.POST)
