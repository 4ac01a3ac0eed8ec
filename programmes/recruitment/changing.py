"""The pages on which a job description is begun and changed, and on which HR's own form is handed in."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from embedded.accounts.requests import SignedInRequest
from embedded.drafts import Changed, once
from embedded.files import NoRoom
from programmes.access import scope_of
from programmes.recruitment import actions, reading
from programmes.recruitment.asking import DUTIES, PAGES, Page
from programmes.recruitment.content import MOST_LINES, Content
from programmes.recruitment.drafting import offered
from programmes.recruitment.forms import (
    BeginForm,
    CriterionForm,
    OwnFormForm,
    TextsForm,
    saved_criterion,
    saved_texts,
)
from programmes.recruitment.views import WRITE

if TYPE_CHECKING:
    from programmes.models import JobDescription, Residency


def new(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    """Two questions, then a whole draft."""
    residency = scope_of(request).residency(slug, code, permission=WRITE)
    form = BeginForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data

        def deed() -> str:
            actions.begin(
                residency=residency,
                variant=typed["variant"],
                seniority=typed["seniority"],
                by=request.person,
                at=timezone.now(),
            )
            messages.success(request, "Saved: a draft, made from what is recorded")
            return _front(residency)

        return redirect(once(typed["form_key"], by=request.person, deed=deed, content=request.POST))
    context = {"residency": residency, "form": form, "newest": reading.newest_of(residency)}
    return render(request, "recruitment/new.jinja", context)


def own_form(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    """HR's own form in place of ours, looked into and kept as the next version."""
    residency = scope_of(request).residency(slug, code, permission=WRITE)
    form = OwnFormForm(request.POST or None, files=request.FILES or None)
    if request.method == "POST" and form.is_valid():
        content = request.POST.copy()
        content["file"] = hashlib.sha256(form.handed_in.content).hexdigest()

        def deed() -> str:
            actions.hand_in(
                residency=residency, handed_in=form.handed_in, by=request.person, at=timezone.now()
            )
            messages.success(request, "Saved: HR’s own form")
            return _front(residency)

        try:
            return redirect(
                once(form.cleaned_data["form_key"], by=request.person, deed=deed, content=content)
            )
        except NoRoom as problem:
            form.add_error("file", str(problem))
    context = {"residency": residency, "form": form, "newest": reading.newest_of(residency)}
    return render(request, "recruitment/own_form.jinja", context)


def texts(request: SignedInRequest, slug: str, code: str, page: str) -> HttpResponse:
    """One page of texts of the newest version."""
    residency = scope_of(request).residency(slug, code, permission=WRITE)
    if page not in PAGES:
        raise Http404("No such page")
    asked, newest = PAGES[page], reading.written_newest_of(residency)
    content = Content.from_json(newest.content)
    form = TextsForm(
        request.POST or None, page=asked, initial=saved_texts(asked, content), version=newest.version
    )
    changed = False
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(_save(request, newest, form, form.applied_to, f"Saved: {asked.title.lower()}"))
        except Changed:
            changed, newest = True, reading.written_newest_of(residency)
            content = Content.from_json(newest.content)
            form.renew(newest.version)
    context = {
        "residency": residency,
        "form": form,
        "newest": newest,
        "page": asked,
        "changed": _saved_now(asked, content) if changed else [],
        "offered": offered(residency, newest.variant, content) if asked is DUTIES else {},
        "lines": len(content.duties),
        "most_lines": MOST_LINES,
    }
    return render(request, "recruitment/texts.jinja", context)


def criterion(request: SignedInRequest, slug: str, code: str, number: int) -> HttpResponse:
    """One criterion of the newest version, new where the number is 0; the other button removes it."""
    residency = scope_of(request).residency(slug, code, permission=WRITE)
    newest = reading.written_newest_of(residency)
    content = Content.from_json(newest.content)
    known = _criterion_of(content, number)
    form = CriterionForm(
        request.POST or None,
        content=content,
        is_new=known is None,
        initial=saved_criterion(known),
        version=newest.version,
    )
    removes = known is not None and "remove" in request.POST
    changed = False
    if request.method == "POST" and (form.is_valid() or removes):
        try:
            if removes:
                return redirect(_save(request, newest, form, _without(number), "Removed: a criterion"))
            return redirect(_save(request, newest, form, _with(form, number), "Saved: a criterion"))
        except Changed:
            changed, newest = True, reading.written_newest_of(residency)
            content = Content.from_json(newest.content)
            known = _criterion_of(content, number)
            form.renew(newest.version)
    context = {"residency": residency, "form": form, "newest": newest, "known": known, "changed": changed}
    return render(request, "recruitment/criterion.jinja", context)


def _criterion_of(content: Content, number: int) -> Any:
    known = content.criterion(number)
    if number and known is None:
        raise Http404("No such criterion")
    return known


def _without(number: int) -> Callable[[Content], Content]:
    return lambda content: content.without_criterion(number)


def _with(form: CriterionForm, number: int) -> Callable[[Content], Content]:
    return lambda content: content.with_criterion(form.criterion(number))


def _save(
    request: SignedInRequest,
    newest: JobDescription,
    form: Any,
    doing: Callable[[Content], Content],
    said: str,
) -> str:
    typed = form.cleaned_data

    def deed() -> str:
        saved = actions.change(
            description=newest, doing=doing, version=typed["version"], by=request.person, at=timezone.now()
        )
        messages.success(request, f"{said}, in version {saved.number}")
        return _front(saved.residency)

    return once(typed["form_key"], by=request.person, deed=deed, content=request.POST)


def _saved_now(page: Page, content: Content) -> list[tuple[str, str]]:
    """What stands saved, by label."""
    saved = saved_texts(page, content)
    return [(asked.label, saved[asked.name]) for asked in page.asked]


def _front(residency: Residency) -> str:
    return reverse("job_description", args=[residency.programme.slug, residency.code])
