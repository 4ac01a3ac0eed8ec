"""The pages of the directory: look up, read, add; and the same search as data for the box in forms."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from embedded.drafts import led_before, once
from programmes.access import Scope, scope_of
from programmes.directory import present
from programmes.directory.adding import may_add
from programmes.directory.forms import AddForm
from programmes.registers.adding import add_by_hand
from programmes.registers.lookup import facts_of
from programmes.registers.search import search


@require_safe
@never_cache
def organisations(request: HttpRequest) -> HttpResponse:
    """Looks up by `q`; with `kind` only organisations of those kinds. A script that asks for JSON gets JSON."""
    text = request.GET.get("q", "")
    kinds = request.GET.getlist("kind") or None
    if request.accepts("text/html"):
        found = search(text, kinds, limit=present.ON_A_PAGE)
        context = {"text": text.strip(), "found": found, "may_add": may_add(scope_of(request))}
        response = render(request, "directory/organisations.jinja", context)
    else:
        response = JsonResponse({"results": [present.as_data(one) for one in search(text, kinds, limit=8)]})
    patch_vary_headers(response, ["Accept"])
    return response


@require_safe
def organisation(request: HttpRequest, scheme: str, code: str) -> HttpResponse:
    """What the register says of one organisation."""
    facts = facts_of(scheme, code)
    if facts is None:
        raise Http404("No organisation of that code")
    return render(request, "directory/organisation.jinja", {"facts": facts, "rows": present.rows(facts)})


@require_http_methods(["GET", "HEAD", "POST"])
def organisation_add(request: HttpRequest) -> HttpResponse:
    """Adds one that is in no register, after asking whether it is one that we have."""
    scope = scope_of(request)
    if not may_add(scope):
        raise PermissionDenied
    form = AddForm(request.POST or None, initial={"name": request.GET.get("name", "")[:250]})
    if request.method == "POST" and form.is_valid():
        if form.same_one:
            return redirect("organisation", *form.same_one.split(":", 1))

        def deed() -> str:
            added = add_by_hand(by=scope.person, **form.answers())
            messages.success(request, f"{added.display_name} is added")
            return reverse("organisation", args=[added.scheme, added.code])

        return redirect(once(form.cleaned_data["form_key"], by=scope.person, deed=deed, content=request.POST))
    if before := _sent_before(request, scope):
        return redirect(before)
    return render(request, "directory/add.jinja", {"form": form})


def _sent_before(request: HttpRequest, scope: Scope) -> str:
    """Where a second press of the same form leads: the organisation that it added would now be alike."""
    if request.method != "POST":
        return ""
    return led_before(request.POST.get("form_key"), by=scope.person, content=request.POST)
