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
from guidance.desk.editors import editor
from guidance.desk.forms import KindForm, ReasonForm
from guidance.desk.models import Revision
from guidance.desk.pressing import pressed_once
from guidance.desk.words import words_of
from guidance.models import Edition


@pressed_once
def publish(request: SignedInRequest, slug: str) -> HttpResponse:
    """What has to be put right first; then what is changed, and one question: how large the change is."""
    editor(request)
    revision = reading.in_hand(slug)
    form = _kind_form(request, revision)
    changed = False
    if request.method == "POST" and form.is_valid() and not reading.problems_of(revision):
        if done := _done(request, slug, form, _publishing(request, revision, form)):
            return done
        changed = True
    return _publish_page(request, slug, form, changed=changed)


def _kind_form(request: SignedInRequest, revision: Revision, *, is_sent: bool = True) -> KindForm:
    return KindForm(
        (request.POST or None) if is_sent else None,
        numbers=present.numbers(revision, reading.newest(revision.document.slug)),
        alone=not present.not_alone(revision),
        version=revision.version,
    )


def _publish_page(request: SignedInRequest, slug: str, form: KindForm, *, changed: bool) -> HttpResponse:
    revision, newest = reading.in_hand(slug), reading.newest(slug)
    page = {
        "document": revision.document,
        "revision": revision,
        "standing": present.standing(revision, request.person),
        "problems": reading.problems_of(revision),
        "broken": reading.broken_of(revision),
        "reasons": present.not_alone(revision),
        "comparison": present.comparison(words_of(revision.base), words_of(revision)),
        "newest": newest,
        "is_behind": newest.pk != revision.base_id,
        "is_withdrawn": revision.base.state == Edition.State.WITHDRAWN,
        "who": present.who_approves(revision, request.person),
        "form": form,
        "following": NhsForm(version=revision.version),
        "changed": changed,
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

    if done := _done(request, slug, form, deed):
        return done
    shown = _kind_form(request, reading.in_hand(slug), is_sent=False)
    return _publish_page(request, slug, shown, changed=True)


@pressed_once
def approve(request: SignedInRequest, slug: str) -> HttpResponse:
    """What is changed, to be read by somebody who wrote nothing of it; one press publishes it."""
    person = editor(request)
    revision = reading.in_hand(slug)
    form = NhsForm(request.POST or None, version=revision.version)
    changed = False
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

        if done := _done(request, slug, form, deed):
            return done
        changed, revision = True, reading.in_hand(slug)
    standing = present.standing(revision, person)
    if not standing.waits:
        return redirect("guidance_desk_document", slug)
    page = {
        "document": revision.document,
        "revision": revision,
        "standing": standing,
        "who": present.who_approves(revision),
        "number": present.numbers(revision, reading.newest(slug))[revision.kind],
        "problems": reading.problems_of(revision),
        "broken": reading.broken_of(revision),
        "comparison": present.comparison(words_of(revision.base), words_of(revision)),
        "form": form,
        "changed": changed,
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
        called="what should be different",
        version=revision.version,
    )
    changed = False
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

        if done := _done(request, slug, form, deed):
            return done
        changed, revision = True, reading.in_hand(slug)
    if revision.state != Revision.State.ASKED:
        return redirect("guidance_desk_document", slug)
    page = {"document": revision.document, "revision": revision, "form": form, "changed": changed}
    return render(request, "guidance/desk/send_back.jinja", page)


@pressed_once
def put_away(request: SignedInRequest, slug: str) -> HttpResponse:
    """Asks once more, then puts away what is in hand."""
    person = editor(request)
    revision = reading.in_hand(slug)
    form = NhsForm(request.POST or None, version=revision.version)
    changed = False
    if request.method == "POST" and form.is_valid():

        def deed() -> str:
            actions.drop(
                revision=revision, version=form.cleaned_data["version"], by=person, at=timezone.now()
            )
            messages.success(request, "Discarded: what is published stays as it is")
            return reverse("guidance_desk_document", args=[slug])

        if done := _done(request, slug, form, deed):
            return done
        changed, revision = True, reading.in_hand(slug)
    page = {"document": revision.document, "revision": revision, "form": form, "changed": changed}
    return render(request, "guidance/desk/put_away.jinja", page)


def _done(request: SignedInRequest, slug: str, form: NhsForm, deed: Callable[[], str]) -> HttpResponse | None:
    """Does the deed once. None when somebody else changed it meanwhile: the page is shown again, and the form counts
    from then on as made from what is there now."""
    try:
        return redirect(
            once(form.cleaned_data["form_key"], by=request.person, deed=deed, content=request.POST)
        )
    except Changed:
        form.renew(reading.in_hand(slug).version)
        return None
    except actions.NotNow as refused:
        messages.info(request, str(refused))
        return redirect("guidance_desk_document", slug)
