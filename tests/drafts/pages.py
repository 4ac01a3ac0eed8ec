"""A page with a form that needs sign-in, an open one, and a start page, for the tests."""

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.urls import include, path

from embedded.accounts.models import Person
from embedded.drafts import once


class Note(forms.Form):
    what_was_done = forms.CharField(max_length=3_000)


def _page(request: HttpRequest, said: str = "") -> HttpResponse:
    return HttpResponse(f'{said}<input name="csrfmiddlewaretoken" value="{get_token(request)}">')


def write(request: HttpRequest) -> HttpResponse:
    """Saves what is written by adding a person of that name: any table would do."""
    form = Note(request.POST or None)
    if not form.is_valid():
        return _page(request, "Say what was done" if form.is_bound else "")

    def deed() -> str:
        made = Person.objects.create(display_name=form.cleaned_data["what_was_done"][:120])
        return f"/made/{made.pk}/"

    return redirect(once(request.POST.get("form_key"), by=request.person, deed=deed))  # type: ignore[attr-defined]


@login_not_required
def open_form(request: HttpRequest) -> HttpResponse:
    return _page(request, "Thank you" if request.method == "POST" else "")


urlpatterns = [
    path("write/", write),
    path("open/", open_form),
    path("", _page),
    path("", include("embedded.urls")),
]
handler403 = "embedded.errors.permission_denied"
