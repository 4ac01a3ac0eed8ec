"""The pages on which a job description is begun and its texts are changed, and on which HR's own form is handed in."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
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
from programmes.recruitment import actions, offering, reading
from programmes.recruitment.asking import PAGES, Page
from programmes.recruitment.content import MOST_LINES, Content, lines_of
from programmes.recruitment.forms import (
    BeginForm,
    OwnFormForm,
    TextsForm,
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
    """One page of texts of the newest version; a line that is offered and pressed is put in, to be saved with them."""
    scope = scope_of(request)
    residency = scope.residency(slug, code, permission=WRITE)
    if page not in PAGES:
        raise Http404("No such page")
    asked, newest = PAGES[page], reading.written_newest_of(residency)
    content = Content.from_json(newest.content)
    shelves = offering.on_page(asked, residency, newest, may_see_plan=scope.can("see_plan", residency))
    form = TextsForm(
        request.POST or None, page=asked, initial=saved_texts(asked, content), version=newest.version
    )
    added, changed = _pressed(request, shelves), False
    if added:
        form = form.with_line(*added)
    elif request.method == "POST" and form.is_valid():
        try:
            return redirect(save(request, newest, form, form.applied_to, f"Saved: {asked.title.lower()}"))
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
        "offered": {
            name: offering.left(found, lines_of(form[name].value() or "")) for name, found in shelves.items()
        },
        "added": added[0] if added else "",
        "added_words": added[1] if added else "",
        "lines": len(content.duties),
        "most_lines": MOST_LINES,
    }
    return render(request, "recruitment/texts.jinja", context)


def _pressed(request: SignedInRequest, shelves: Mapping[str, list[offering.Shelf]]) -> tuple[str, str] | None:
    """The name of a text and the line of a shelf that is to be put into it, if that was pressed."""
    value = request.POST.get("add", "")
    for name, found in shelves.items():
        if offer := offering.find(found, value):
            return name, offer.words
    return None


def save(
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
