"""The portfolio: what is in it, what to put in, a line of it, and its two files. All of it is one person's own."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from embedded import word
from embedded.accounts.requests import SignedInRequest
from embedded.drafts import Changed, Unsaved, drop_under, led_before, once, words_in
from embedded.pdf import CannotPrint
from embedded.vault import Sealer
from programmes.access import scope_of
from programmes.portfolio import actions, document, reading
from programmes.portfolio.forms import ChooseForm, WordsForm
from programmes.portfolio.modules import MODULES
from programmes.portfolio.saying import own_words, said_in


@require_safe
def portfolio(request: SignedInRequest) -> HttpResponse:
    """The four modules with what was chosen for each."""
    sections = document.sections_of(request.person)
    context = {"sections": sections, "posts": document.posts_of(request.person)}
    is_begun = any(one.lines for one in sections)
    return render(request, "portfolio/portfolio.jinja", context | {"is_begun": is_begun})


def portfolio_module(request: SignedInRequest, module: int) -> HttpResponse:
    """What one's record offers for a module, to be ticked, and a line in own words."""
    if module not in MODULES:
        raise Http404("There are four modules")
    scope, person = scope_of(request), request.person
    key = request.POST.get("form_key")
    if key and (led := led_before(key, by=person, content=request.POST)):
        return redirect(led)  # what was ticked then is not offered any more
    unsaved = Unsaved(request, f"portfolio-module/{module}/", words_in("text"))
    if unsaved.thrown_away:
        return redirect("portfolio_module", module)
    offered = reading.offers(scope, module, Sealer(person))
    form = ChooseForm(request.POST or None, offered=offered)
    unsaved.fill(form)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data

        def deed() -> str:
            things = reading.things(scope, typed.get("things", []))
            actions.add_lines(module=module, things=things, text=typed["text"], by=person)
            unsaved.drop(typed["form_key"])
            messages.success(request, "Put into your portfolio")
            return reverse("portfolio")

        return redirect(once(typed["form_key"], by=person, deed=deed, content=request.POST))
    context = {"form": form, "module": MODULES[module], "most": reading.MOST, "unsaved": unsaved}
    return render(request, "portfolio/module.jinja", context)


def portfolio_line(request: SignedInRequest, pk: int) -> HttpResponse:
    """Words a line, moves it up or takes it out."""
    person = request.person
    if request.method == "POST" and request.POST.get("press") in ("up", "remove"):
        return redirect(_pressed(request, pk))
    line = reading.line_of(person, pk)
    unsaved = Unsaved(request, f"portfolio-line/{pk}/", words_in("text"))
    if unsaved.thrown_away:
        return redirect("portfolio_line", pk)
    opener = Sealer(person)
    initial = {"text": own_words(line, opener)}
    needed, changed = not reading.is_of_the_record(line), False
    form = WordsForm(request.POST or None, needed=needed, initial=initial, version=line.version)
    unsaved.fill(form)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(_worded(request, line, form, unsaved))
        except Changed:
            changed, line = True, reading.line_of(person, pk)
            form.renew(line.version)
    context = {"form": form, "line": line, "said": said_in(line, opener), "module": MODULES[line.module]}
    return render(request, "portfolio/line.jinja", context | {"changed": changed, "unsaved": unsaved})


def _worded(request: SignedInRequest, line: Any, form: WordsForm, unsaved: Unsaved) -> str:
    typed = form.cleaned_data

    def deed() -> str:
        actions.word_line(line=line, text=typed["text"], version=typed["version"], by=request.person)
        unsaved.drop(typed["form_key"])
        messages.success(request, "Saved")
        return reverse("portfolio")

    return once(typed["form_key"], by=request.person, deed=deed, content=request.POST)


def _pressed(request: SignedInRequest, pk: int) -> str:
    def deed() -> str:
        line = reading.line_of(request.person, pk)
        if request.POST["press"] == "up":
            actions.move_up(line=line, by=request.person)
        else:
            actions.remove_line(line=line, by=request.person)
            drop_under(request.person, f"portfolio-line/{pk}/")
            messages.success(request, "Taken out of your portfolio")
        return reverse("portfolio")

    return once(request.POST.get("form_key"), by=request.person, deed=deed, content=request.POST)


@require_safe
def portfolio_pdf(request: SignedInRequest) -> HttpResponse:
    """Made on the spot and not kept: it holds words that only one person reads."""
    sections = _begun(request)
    try:
        made = document.printed(request.person, sections, timezone.localdate())
    except CannotPrint as problem:
        messages.error(request, f"There is no PDF. {problem} The Word file can be printed instead.")
        return redirect("portfolio")
    return _file(bytes(made), "portfolio.pdf", "application/pdf")


@require_safe
def portfolio_word(request: SignedInRequest) -> HttpResponse:
    """The same to be edited."""
    made = document.written(request.person, _begun(request), timezone.localtime())
    return _file(made, "portfolio.docx", word.MEDIA_TYPE)


def _begun(request: SignedInRequest) -> list[document.Section]:
    sections = document.sections_of(request.person)
    if not any(section.lines for section in sections):
        raise Http404("Nothing is in this portfolio yet")
    return sections


def _file(content: bytes, name: str, media_type: str) -> HttpResponse:
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "no-store, private",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(content, content_type=media_type, headers=headers)
