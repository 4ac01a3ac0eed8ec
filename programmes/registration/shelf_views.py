"""The pages of the shelf: its links with a form for another one, and a link taken off."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from embedded.accounts.requests import SignedInRequest
from embedded.drafts import once
from programmes.access import scope_of
from programmes.lifecycle import StepRefused
from programmes.registration.forms import ConfirmForm
from programmes.registration.reading import shelf_link_of
from programmes.registration.shelf import ShelfForm, add_link, remove_link


def shelf(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    """The links of a residency, and a form for another one."""
    residency = scope_of(request).residency(slug, code, permission="edit_projects")
    form = ShelfForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data

        def deed() -> str:
            add_link(residency=residency, title=typed["title"], address=typed["address"], by=request.person)
            messages.success(request, f"On the shelf: {typed['title']}")
            return reverse("shelf", args=[slug, code])

        try:
            return redirect(once(typed["form_key"], by=request.person, deed=deed, content=request.POST))
        except StepRefused as refused:
            form.add_error("address", str(refused))
    context = {"residency": residency, "form": form, "links": residency.shelf.select_related("added_by")}
    return render(request, "registration/shelf.jinja", context)


def shelf_remove(request: SignedInRequest, slug: str, code: str, pk: int) -> HttpResponse:
    """Asks once more, then takes a link off."""
    residency = scope_of(request).residency(slug, code, permission="edit_projects")
    form = ConfirmForm(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def deed() -> str:
            link = shelf_link_of(residency, pk)
            remove_link(link=link, by=request.person)
            messages.success(request, f"Taken off the shelf: {link.title}")
            return reverse("shelf", args=[slug, code])

        return redirect(once(form.cleaned_data["form_key"], by=request.person, deed=deed))
    context = {"residency": residency, "link": shelf_link_of(residency, pk), "form": form}
    return render(request, "registration/shelf_remove.jinja", context)
