"""The pages on which an edition is checked, published, approved or sent back."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from embedded.accounts.requests import SignedInRequest
from embedded.drafts import Changed, once
from embedded.nhsuk.forms import NhsForm
from guidance.desk import actions, present, reading
from guidance.desk.checking import problems
from guidance.desk.editors import editor
from guidance.desk.forms import KindForm, ReasonForm
from guidance.desk.models import Revision
from guidance.desk.pressing import pressed_once
from guidance.desk.words import words_of


@pressed_once
def publish(request: SignedInRequest, slug: str) -> HttpResponse:
    """What has to be put right first; then what is changed, and one question: how large the change is."""
    person = editor(request)
    revision, newest = reading.in_hand(slug), reading.newest(slug)
    reasons, found = present.not_alone(revision), problems(words_of(revision), reading.setting_of(revision))
    form = KindForm(
        request.POST or None,
        numbers=present.numbers(revision, newest),
        alone=not reasons,
        version=revision.version,
    )
    if request.method == "POST" and form.is_valid() and not found:
        return _done(request, slug, form, _publishing(request, revision, form))
    page = {
        "document": revision.document,
        "revision": revision,
        "standing": present.standing(revision, person),
        "problems": found,
        "reasons": reasons,
        "comparison": present.comparison(words_of(revision.base), words_of(revision)),
        "newest": newest,
        "is_behind": newest.pk != revision.base_id,
        "form": form,
        "following": NhsForm(version=revision.version),
    }
    return render(request, "guidance/desk/publish.jinja", page)


def _publishing(request: SignedInRequest, revision: Revision, form: KindForm) -> Callable[[], str]:
    typed, slug = form.cleaned_data, revision.document.slug
    claim = {"revision": revision, "version": typed["version"], "by": request.person, "at": timezone.now()}

    def deed() -> str:
        if typed["kind"] == Revision.Kind.CORRECTION:
            edition = actions.correct(**claim, on=timezone.localdate())
            messages.success(request, f"Published: version {edition.version}")
            return reverse("guidance_document", args=[slug])
        actions.ask_for_approval(**claim, kind=typed["kind"])
        messages.success(request, "Sent: the other editors are asked to approve it")
        return reverse("guidance_desk_document", args=[slug])

    return deed


@require_POST
@pressed_once
def go_on(request: SignedInRequest, slug: str) -> HttpResponse:
    """Says that the edition that was published meanwhile was looked at."""
    person = editor(request)
    revision = reading.in_hand(slug)
    form = NhsForm(request.POST, version=revision.version)
    form.is_valid()

    def deed() -> str:
        actions.go_on_from(
            revision=revision,
            newest=reading.newest(slug),
            version=form.cleaned_data["version"],
            by=person,
        )
        return reverse("guidance_desk_publish", args=[slug])

    return _done(request, slug, form, deed)


@pressed_once
def approve(request: SignedInRequest, slug: str) -> HttpResponse:
    """What is changed, to be read by somebody who wrote nothing of it; one press publishes it."""
    person = editor(request)
    revision = reading.in_hand(slug)
    form = NhsForm(request.POST or None, version=revision.version)
    if request.method == "POST" and form.is_valid():

        def deed() -> str:
            edition = actions.approve(
                revision=revision,
                version=form.cleaned_data["version"],
                by=person,
                at=timezone.now(),
                on=timezone.localdate(),
            )
            messages.success(request, f"Published: version {edition.version}")
            return reverse("guidance_document", args=[slug])

        return _done(request, slug, form, deed)
    standing, newest = present.standing(revision, person), reading.newest(slug)
    if not standing.waits:
        return redirect("guidance_desk_document", slug)
    page = {
        "document": revision.document,
        "revision": revision,
        "standing": standing,
        "number": present.numbers(revision, newest)[revision.kind],
        "problems": problems(words_of(revision), reading.setting_of(revision)),
        "comparison": present.comparison(words_of(revision.base), words_of(revision)),
        "form": form,
    }
    return render(request, "guidance/desk/approve.jinja", page)


@pressed_once
def send_back(request: SignedInRequest, slug: str) -> HttpResponse:
    """Returns an edition to whoever asked, with the reason."""
    person = editor(request)
    revision = reading.in_hand(slug)
    form = ReasonForm(
        request.POST or None,
        label="What should be different?",
        hint="Whoever asked for approval reads this",
        version=revision.version,
    )
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data

        def deed() -> str:
            actions.send_back(
                revision=revision,
                because=typed["because"],
                version=typed["version"],
                by=person,
                at=timezone.now(),
            )
            messages.success(request, "Sent back, with your reason")
            return reverse("guidance_desk_document", args=[slug])

        return _done(request, slug, form, deed)
    if revision.state != Revision.State.ASKED:
        return redirect("guidance_desk_document", slug)
    page = {"document": revision.document, "revision": revision, "form": form}
    return render(request, "guidance/desk/send_back.jinja", page)


@pressed_once
def put_away(request: SignedInRequest, slug: str) -> HttpResponse:
    """Asks once more, then puts away what is in hand."""
    person = editor(request)
    revision = reading.in_hand(slug)
    form = NhsForm(request.POST or None, version=revision.version)
    if request.method == "POST" and form.is_valid():

        def deed() -> str:
            actions.drop(
                revision=revision, version=form.cleaned_data["version"], by=person, at=timezone.now()
            )
            messages.success(request, "Put away: what is published stays as it is")
            return reverse("guidance_desk_document", args=[slug])

        return _done(request, slug, form, deed)
    page = {"document": revision.document, "revision": revision, "form": form}
    return render(request, "guidance/desk/put_away.jinja", page)


def _done(request: SignedInRequest, slug: str, form: NhsForm, deed: Callable[[], str]) -> HttpResponse:
    """Does the deed once; who pressed on what somebody else has changed meanwhile is told to look again."""
    try:
        return redirect(
            once(form.cleaned_data["form_key"], by=request.person, deed=deed, content=request.POST)
        )
    except Changed:
        return redirect(_look_again(request, slug))
    except actions.NotNow as refused:
        messages.info(request, str(refused))
        return redirect("guidance_desk_document", slug)


def _look_again(request: SignedInRequest, slug: str) -> str:
    messages.info(request, "This was changed since you opened it. Look at it again, then decide.")
    return reverse("guidance_desk_document", args=[slug])
