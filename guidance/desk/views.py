"""The desk's front, one document on it, reviews, withdrawal, and newer files that came with the product."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from embedded.accounts.requests import SignedInRequest
from embedded.drafts import once
from embedded.jobs import ask as ask_job
from embedded.nhsuk.forms import NhsForm
from guidance.actions import record_review, withdraw_edition
from guidance.desk import actions, present, reading, reminding
from guidance.desk.editors import editor, editors
from guidance.desk.forms import ReasonForm, ReviewForm
from guidance.desk.pressing import pressed_once
from guidance.models import Edition

Number = tuple[int, int, int]


def desk(request: SignedInRequest) -> HttpResponse:
    """What waits for this editor, what else there is to do, then every other document; a press at its foot stops the
    letters about review dates, or has them come again."""
    person, today = editor(request), timezone.localdate()
    form = NhsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        wanted = request.POST.get("letters") == "on"

        def deed() -> str:
            reminding.set_letters(person=person, wanted=wanted, on=today)
            messages.success(request, f"Saved: letters about review dates are {'on' if wanted else 'off'}")
            return reverse("guidance_desk")

        return redirect(once(form.cleaned_data["form_key"], by=person, deed=deed, content=request.POST))
    groups: dict[str, list[present.Row]] = {"to_approve": [], "to_do": [], "quiet": []}
    for one in reading.desk(today):
        mine = one.revision is not None and present.standing(one.revision, person).may_approve
        group = "to_approve" if mine else "quiet" if one.is_quiet else "to_do"
        groups[group].append(present.row(one, today))
    page = {
        **groups,
        "editors": editors(),
        "letters_off": reminding.is_off(person),
        "form": form,
    }
    return render(request, "guidance/desk/desk.jinja", page)


@require_safe
def document(request: SignedInRequest, slug: str) -> HttpResponse:
    """One document: what is in hand, what waits, its editions, and what can be done with it."""
    person = editor(request)
    newest, today = reading.newest(slug), timezone.localdate()
    lying = reading.desk(today, slug)[0]
    page = {
        "document": newest.document,
        "newest": newest,
        "editions": reading.published(slug),
        "lying": lying,
        "row": present.row(lying, today),
        "standing": present.standing(lying.revision, person) if lying.revision else None,
        "who": present.who_approves(lying.revision) if lying.revision else "",
        "opinions": reading.opinions_on(newest.document),
        "form": NhsForm(),
    }
    return render(request, "guidance/desk/document.jinja", page)


@pressed_once
def review(request: SignedInRequest, slug: str) -> HttpResponse:
    """Notes that somebody real has read an edition; its page and its PDF say so."""
    person = editor(request)
    editions = reading.published(slug)
    document = reading.document(slug)
    form = ReviewForm(request.POST or None, editions=editions, initial={"on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data

        def deed() -> str:
            edition = form.editions[typed["edition"]]
            made = record_review(
                edition=edition, by=person, reader=typed["reader"], on=typed["on"], name=typed["name"]
            )
            _print_again(edition, f"review:{made.pk}", person.user)
            messages.success(request, "Saved: the page and the PDF say who read it")
            return reverse("guidance_desk_document", args=[slug])

        return redirect(once(typed["form_key"], by=person, deed=deed, content=request.POST))
    return render(request, "guidance/desk/review.jinja", {"document": document, "form": form})


@pressed_once
def withdraw(request: SignedInRequest, slug: str, number: Number) -> HttpResponse:
    """Takes an edition back, with a reason that everybody reads."""
    person = editor(request)
    found = [one for one in reading.published(slug) if one.number == number]
    form = ReasonForm(
        request.POST or None,
        label="Why is it withdrawn?",
        hint="Everybody who looks for it reads this",
        called="why it is withdrawn",
    )
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data

        def deed() -> str:
            if not found:
                raise Http404("No such edition, or it was withdrawn already")
            withdraw_edition(edition=found[0], by=person, on=timezone.localdate(), because=typed["because"])
            messages.success(request, f"Withdrawn: version {found[0].version}")
            return reverse("guidance_editions", args=[slug])

        return redirect(once(typed["form_key"], by=person, deed=deed, content=request.POST))
    if not found:
        raise Http404("No such edition")
    page = {"document": found[0].document, "edition": found[0], "form": form}
    return render(request, "guidance/desk/withdraw.jinja", page)


@pressed_once
def newer_file(request: SignedInRequest, slug: str) -> HttpResponse:
    """A file that came with the product over a document edited here: what differs; one press asks to take it over."""
    person = editor(request)
    if request.method == "POST":
        form = NhsForm(request.POST)
        form.is_valid()

        def deed() -> str:
            actions.take_over(
                shipped=reading.waiting_file(slug), newest=reading.newest(slug), by=person, at=timezone.now()
            )
            messages.success(request, "Sent: another editor is asked to approve it")
            return reverse("guidance_desk_document", args=[slug])

        try:
            return redirect(once(form.cleaned_data["form_key"], by=person, deed=deed, content=request.POST))
        except actions.NotNow as refused:
            messages.info(request, str(refused))
    shipped, newest = reading.waiting_file(slug), reading.newest(slug)
    page = {
        "document": newest.document,
        "shipped": shipped,
        "newest": newest,
        "comparison": present.between(newest, shipped),
        "form": NhsForm(),
    }
    return render(request, "guidance/desk/newer_file.jinja", page)


@pressed_once
def set_aside(request: SignedInRequest, slug: str) -> HttpResponse:
    """Says why a newer file is not wanted here."""
    person = editor(request)
    document = reading.document(slug)
    form = ReasonForm(
        request.POST or None,
        label="Why is it not used here?",
        hint="The other editors read this",
        called="why it is not used here",
    )
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data

        def deed() -> str:
            actions.set_aside(
                shipped=reading.waiting_file(slug), because=typed["because"], by=person, at=timezone.now()
            )
            messages.success(request, "Not used: what is published here stays")
            return reverse("guidance_desk_document", args=[slug])

        return redirect(once(typed["form_key"], by=person, deed=deed, content=request.POST))
    page = {"document": document, "shipped": reading.waiting_file(slug), "form": form}
    return render(request, "guidance/desk/set_aside.jinja", page)


def _print_again(edition: Edition, why: str, asker: object) -> None:
    ask_job(actions.PRINT, f"{actions.PRINT}:{edition.pk}:{why}", {"edition": edition.pk}, asker)  # type: ignore[arg-type]
