"""The pages of sharing: a chosen part for named readers after one more question, what one shared, comments."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from embedded.accounts.requests import SignedInRequest
from embedded.drafts import Changed, once
from programmes.access import scope_of
from programmes.diary import actions, own, reading
from programmes.diary.forms import CommentForm, MonthCommentForm, PressForm, ShareForm
from programmes.diary.present import MONTHS_SHOWN
from programmes.entries import writing
from programmes.entries.circle import circle
from programmes.entries.own import own_entry
from programmes.measures.period import closed_months

WITHDRAWN = "Withdrawn: nobody else can read it any more"


def diary_share(request: SignedInRequest, slug: str, code: str, pk: int) -> HttpResponse:
    """Shares a part of what stands in the diary."""
    residency = scope_of(request).residency(slug, code, permission="log")
    return _share(request, residency, own.own_diary_entry(request.person, pk))


def log_share(request: SignedInRequest, slug: str, code: str, pk: int) -> HttpResponse:
    """Shares a part of what an entry of the log says for its writer alone."""
    residency = scope_of(request).residency(slug, code, permission="log")
    return _share(request, residency, own_entry(residency, request.person, pk))


@never_cache
def _share(request: SignedInRequest, residency: Any, source: Any) -> HttpResponse:
    """Chooses, asks once more with every reader's name, then shares."""
    person, today = request.person, timezone.localdate()
    others, text = circle(residency, person, today), own.words_in(source, person)
    given: dict[str, Any] = {"text": text, "supervisors": others.supervisors, "everyone": others.everyone}
    form = ShareForm(request.POST or None, version=source.version, **given)
    context = {"residency": residency, "form": form, "text": text, "alone": not others.everyone}
    if request.method == "POST" and form.is_valid():
        if request.POST.get("press") != "share" and form.cleaned_data["version"] == source.version:
            return render(request, "diary/share_once_more.jinja", context)

        def deed() -> str:
            actions.share_passage(
                source=source,
                version=form.cleaned_data["version"],
                residency=residency,
                words=form.words,
                on=today,
                by=person,
            )
            return reverse("diary_shared")

        try:
            url = once(form.cleaned_data["form_key"], by=person, deed=deed, content=request.POST)
        except Changed:
            form.renew(source.version)
            return render(request, "diary/share.jinja", context | {"changed": True})
        messages.success(request, "Shared")
        return redirect(url)
    return render(request, "diary/share.jinja", context)


@require_safe
@never_cache
def diary_shared(request: SignedInRequest) -> HttpResponse:
    """Everything that one has shared, who reads it and what they said to it."""
    logs = scope_of(request).residencies(permission="log").values_list("pk", flat=True)
    context = {"shared": reading.shared_by(request.person), "logs": set(logs)}
    return render(request, "diary/shared.jinja", context)


def passage_withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    """Asks once more, then takes it away from its readers."""
    passage = own.own_passage(request.person, pk)

    def deed() -> str:
        actions.withdraw_passage(passage=passage, on=timezone.localdate(), by=request.person)
        return reverse("diary_shared")

    if request.method == "POST":
        url = once(request.POST.get("form_key"), by=request.person, deed=deed)
        messages.success(request, WITHDRAWN)
        return redirect(url)
    gone = passage.withdrawn_on is not None
    context = {"residency": passage.residency, "text": passage.text, "gone": gone, "form": PressForm()}
    return render(request, "diary/withdraw.jinja", context)


def entry_withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    """The same for the words of an entry; its writer can do it when the post is over too."""
    entry = own.any_entry(request.person, pk)

    def deed() -> str:
        writing.withdraw_words(activity=entry, by=request.person)
        return reverse("diary_shared")

    if request.method == "POST":
        url = once(request.POST.get("form_key"), by=request.person, deed=deed)
        messages.success(request, WITHDRAWN)
        return redirect(url)
    context = {
        "residency": entry.residency,
        "text": entry.what,
        "gone": not entry.what,  # words that nobody else reads are sealed
        "form": PressForm(),
    }
    return render(request, "diary/withdraw.jinja", context)


def comment_passage(request: SignedInRequest, slug: str, code: str, mark: str) -> HttpResponse:
    """Says something to words that were shared out of a diary or a log."""
    residency = scope_of(request).residency(slug, code, permission="comment")
    passage = reading.passage_for(residency, request.person, mark, timezone.localdate())
    said = {"author": passage.author, "text": passage.text}
    return _comment(request, residency, CommentForm(request.POST or None), said, passage=passage)


def comment_entry(request: SignedInRequest, slug: str, code: str, mark: str) -> HttpResponse:
    """Says something to the words of an entry."""
    residency = scope_of(request).residency(slug, code, permission="comment")
    entry = reading.entry_for(residency, request.person, mark, timezone.localdate())
    said = {"author": entry.person, "text": entry.what}
    return _comment(request, residency, CommentForm(request.POST or None), said, activity=entry)


def comment_month(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    """Says something to a month that is over; read by everybody who sees the months."""
    scope = scope_of(request)
    residency = scope.residency(slug, code, permission="see_log_months")
    scope.residency(slug, code, permission="comment")
    months = reversed(closed_months(timezone.localdate(), MONTHS_SHOWN).months())
    form = MonthCommentForm(request.POST or None, months=months)
    return _comment(request, residency, form, {})


def _comment(
    request: SignedInRequest, residency: Any, form: CommentForm, said: dict[str, Any], **subject: Any
) -> HttpResponse:
    """`said` is what the comment is about, for the page; without it, a month is chosen in the form."""
    back = _back(request, residency, said)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        if "month" in typed:
            subject = {"month": datetime.date.fromisoformat(typed["month"])}

        def deed() -> str:
            actions.add_comment(
                residency=residency, text=typed["text"], on=timezone.localdate(), by=request.person, **subject
            )
            return back

        url = once(typed["form_key"], by=request.person, deed=deed, content=request.POST)
        messages.success(request, "Your comment is saved")
        return redirect(url)
    context = {"residency": residency, "form": form, "said": said, "back": back}
    return render(request, "diary/comment.jinja", context)


def _back(request: SignedInRequest, residency: Any, said: dict[str, Any]) -> str:
    """Where it was read: the months, what was shared with one, or what one shared."""
    place = [residency.programme.slug, residency.code]
    if not said:
        return reverse("log_months", args=place)
    return reverse("diary_shared") if said["author"] == request.person else reverse("notes", args=place)
