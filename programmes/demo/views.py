"""The pages that only the demonstration has: choose whom to be, and read the letters that it keeps."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from embedded.nhsuk.forms import NhsForm
from programmes.demo import reading

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def only_in_demonstration(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Outside the demonstration these pages do not exist."""

    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.DEMONSTRATION:
            raise Http404("There is no demonstration here")
        return view(request, *args, **kwargs)

    return login_not_required(shown)


@only_in_demonstration
def demo_people(request: HttpRequest) -> HttpResponse:
    """Choose whom to be; a press signs in."""
    if request.method == "POST":
        person = reading.player(request.POST.get("person", ""))
        if person is None or person.user is None:
            raise Http404("Nobody of that name is in the demonstration")
        login(request, person.user, backend=BACKEND)
        return redirect("home")
    return render(request, "demo/people.jinja", {"players": reading.players(), "form": NhsForm()})


@only_in_demonstration
@require_safe
def demo_letters(request: HttpRequest) -> HttpResponse:
    """Every letter that the demonstration would have sent, newest first."""
    page = Paginator(reading.letters(), 25).get_page(request.GET.get("page"))
    return render(request, "demo/letters.jinja", {"page": page})


@only_in_demonstration
@require_safe
def demo_letter(request: HttpRequest, pk: int) -> HttpResponse:
    return render(request, "demo/letter.jinja", {"letter": reading.letter(pk)})
