"""The pages on which an edition is begun, written and looked at before it is published."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from embedded.accounts.requests import SignedInRequest
from embedded.drafts import Changed, Unsaved, once, words_in
from embedded.nhsuk.forms import NhsForm
from embedded.pdf import CannotPrint
from guidance.desk import actions, present, previewing, reading
from guidance.desk.editors import editor
from guidance.desk.forms import MOST_SOURCES, SPARE, WordsForm, saved_words
from guidance.desk.models import Revision
from guidance.desk.pressing import pressed_once
from guidance.desk.words import words_of
from guidance.typeset import TooLong

THEN: Final = {
    "save": "guidance_desk_edit",
    "preview": "guidance_desk_preview",
    "publish": "guidance_desk_publish",
}


@require_POST
@pressed_once
def begin(request: SignedInRequest, slug: str) -> HttpResponse:
    """A new edition that starts as the newest is."""
    person = editor(request)

    def deed() -> str:
        actions.begin(base=reading.newest(slug), by=person, at=timezone.now())
        return reverse("guidance_desk_edit", args=[slug])

    form = NhsForm(request.POST)
    form.is_valid()
    return redirect(once(form.cleaned_data["form_key"], by=person, deed=deed, content=request.POST))


@pressed_once
def edit(request: SignedInRequest, slug: str) -> HttpResponse:
    """The text in a large box. Every press but "add" saves first; a second editor who saves meanwhile is told."""
    person = editor(request)
    revision = reading.in_hand(slug)
    unsaved = Unsaved(request, f"edition/{slug}/{revision.pk}/", words_in("title"))
    if unsaved.thrown_away:
        return redirect("guidance_desk_edit", slug)
    form, theirs = _form(request, revision), None
    if request.method == "POST" and request.POST.get("press") == "add":
        form = _with_more_rows(form, revision)
    elif request.method == "POST" and form.is_valid():
        try:
            return redirect(_save(request, revision, form, unsaved))
        except Changed:
            theirs = reading.in_hand(slug)
            form.renew(theirs.version)
        except actions.NotNow as refused:
            messages.info(request, str(refused))
            return redirect("guidance_desk_document", slug)
    unsaved.fill(form)
    page = {
        "document": revision.document,
        "revision": revision,
        "standing": present.standing(revision, person),
        "form": form,
        "unsaved": unsaved,
        "theirs": theirs,
        "comparison": present.comparison(words_of(theirs), form.words()) if theirs else None,
        "problems": reading.problems_of(revision) if _is_checking(request) else (),
        "may_add": form.rows < MOST_SOURCES,
    }
    return render(request, "guidance/desk/edit.jinja", page)


def _is_checking(request: SignedInRequest) -> bool:
    """Whether the editor came from the list of what has to be put right, and wants it beside the text."""
    return request.method == "GET" and "check" in request.GET


def _form(request: SignedInRequest, revision: Revision) -> WordsForm:
    rows = len(revision.notes) + SPARE
    typed = request.POST.get("rows", "")
    if typed.isascii() and typed.isdigit() and len(typed) < 4:
        rows = max(rows, int(typed))
    initial = saved_words(words_of(revision))
    return WordsForm(request.POST or None, rows=rows, initial=initial, version=revision.version)


def _with_more_rows(form: WordsForm, revision: Revision) -> WordsForm:
    """What was typed, not looked at yet, with more rows for sources."""
    form.is_valid()
    typed = {name: form[name].value() for name in form.fields}
    return WordsForm(rows=form.rows + SPARE, initial=typed, version=form.cleaned_data["version"])


def _save(request: SignedInRequest, revision: Revision, form: WordsForm, unsaved: Unsaved) -> str:
    typed, then = form.cleaned_data, THEN.get(request.POST.get("press", ""), THEN["save"])

    def deed() -> str:
        actions.write(
            revision=revision,
            words=form.words(),
            version=typed["version"],
            by=request.person,
            at=timezone.now(),
        )
        unsaved.drop(typed["form_key"])
        messages.success(request, "Saved. Nobody but editors reads it yet")
        return reverse(then, args=[revision.document.slug])

    return once(typed["form_key"], by=request.person, deed=deed, content=request.POST)


@require_safe
def preview(request: SignedInRequest, slug: str) -> HttpResponse:
    """The page as readers would see it."""
    editor(request)
    revision = reading.in_hand(slug)
    try:
        text = previewing.text_of(revision)
    except TooLong as error:
        messages.info(request, str(error))
        return redirect("guidance_desk_edit", slug)
    page = {"document": revision.document, "revision": revision, "text": text}
    return render(request, "guidance/desk/preview.jinja", page)


@require_safe
def preview_pdf(request: SignedInRequest, slug: str) -> HttpResponse:
    """The PDF as it would be printed; it is kept nowhere."""
    editor(request)
    revision = reading.in_hand(slug)
    try:
        made = previewing.pdf_of(revision, timezone.localdate())
    except (CannotPrint, TooLong) as error:
        messages.info(request, str(error))
        return redirect("guidance_desk_preview", slug)
    answer = HttpResponse(bytes(made), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{slug}-preview.pdf"'
    answer["Cache-Control"] = "private, no-store"
    return answer
