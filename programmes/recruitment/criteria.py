"""The page of one criterion of the person specification, and of taking one from the bank of wording."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from embedded.accounts.requests import SignedInRequest
from embedded.drafts import Changed
from programmes.access import scope_of
from programmes.recruitment import offering, reading
from programmes.recruitment.changing import save
from programmes.recruitment.content import Content, Criterion
from programmes.recruitment.forms import CriterionForm, saved_criterion
from programmes.recruitment.views import WRITE

if TYPE_CHECKING:
    from programmes.models import JobDescription


def criterion(request: SignedInRequest, slug: str, code: str, number: int) -> HttpResponse:
    """One criterion of the newest version, new where the number is 0; the other button removes it."""
    residency = scope_of(request).residency(slug, code, permission=WRITE)
    newest = reading.written_newest_of(residency)
    content = Content.from_json(newest.content)
    known = _criterion_of(content, number)
    form = _criterion_form(request, newest, content, known)
    removes = known is not None and "remove" in request.POST
    shelves = [] if known else offering.criteria(residency, newest, content)
    offer = offering.find(shelves, request.POST.get("add", ""))
    changed = False
    if offer and offer.criterion and not form.is_full:
        newest, form = _take(request, newest, form, offer.criterion)
        content = Content.from_json(newest.content)
    elif request.method == "POST" and (form.is_valid() or removes):
        try:
            if removes:
                return redirect(save(request, newest, form, _without(number), "Removed: a criterion"))
            return redirect(save(request, newest, form, _with(form, number), "Saved: a criterion"))
        except Changed:
            changed, newest = True, reading.written_newest_of(residency)
            content = Content.from_json(newest.content)
            known = _criterion_of(content, number)
            form.renew(newest.version)
    context = {
        "residency": residency,
        "form": form,
        "newest": newest,
        "known": known,
        "changed": changed,
        "shelves": [] if known else offering.criteria(residency, newest, content),
    }
    return render(request, "recruitment/criterion.jinja", context)


def _criterion_form(
    request: SignedInRequest, newest: JobDescription, content: Content, known: Any
) -> CriterionForm:
    return CriterionForm(
        request.POST or None,
        content=content,
        is_new=known is None,
        initial=saved_criterion(known),
        version=newest.version,
    )


def _take(
    request: SignedInRequest, newest: JobDescription, form: CriterionForm, taken: Criterion
) -> tuple[JobDescription, CriterionForm]:
    """Saves a criterion of the bank; what was typed of another one stays on the page, not saved yet. The newest
    version and that form."""
    form.is_valid()
    form.cleaned_data["version"] = newest.version  # nothing of anybody's is written over
    save(
        request,
        newest,
        form,
        lambda content: content.with_criterion(taken),
        f"Added: “{taken.words.rstrip('.')}”",
    )
    newest = reading.written_newest_of(newest.residency)
    content = Content.from_json(newest.content)
    again = CriterionForm(content=content, is_new=True, initial=form.typed(), version=newest.version)
    return newest, again


def _criterion_of(content: Content, number: int) -> Any:
    known = content.criterion(number)
    if number and known is None:
        raise Http404("No such criterion")
    return known


def _without(number: int) -> Callable[[Content], Content]:
    return lambda content: content.without_criterion(number)


def _with(form: CriterionForm, number: int) -> Callable[[Content], Content]:
    return lambda content: content.with_criterion(form.criterion(number))
