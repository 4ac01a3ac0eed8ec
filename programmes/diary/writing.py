"""The pages of one's own diary: write, read on, look for words, change, remove, and what it promises."""

from __future__ import annotations

import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from embedded.accounts.requests import SignedInRequest
from embedded.drafts import Changed, drop_draft, once
from programmes.access import scope_of
from programmes.diary import actions, drafting, erasing, own
from programmes.diary.forms import DiaryForm, EraseForm, FindForm, PressForm


@never_cache
def diary(request: SignedInRequest) -> HttpResponse:
    """A box to write into, and beneath it everything that only this person reads."""
    person, today, prefix = request.person, timezone.localdate(), drafting.draft_prefix()
    if drafting.thrown_away(person, request.POST, prefix):
        return redirect("diary")
    left = drafting.left_unsaved(person, prefix) if request.method != "POST" else []
    initial = {"on": today} | drafting.values_of(drafting.chosen(left, request.GET.get("draft")))
    form = DiaryForm(request.POST or None, initial=initial, today=today)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data

        def deed() -> str:
            drop_draft(person, f"{prefix}{typed['form_key']}")
            actions.write_entry(text=typed["text"], on=typed["on"], today=today, by=person)
            return reverse("diary")

        url = once(typed["form_key"], by=person, deed=deed, content=request.POST)
        messages.success(request, "Saved in your diary")
        return redirect(url)
    lines, earlier = own.page_of(person, _day_in(request.GET.get("before", "")))
    context = {
        "form": form,
        "lines": lines,
        "earlier": earlier,
        "left": left,
        "draft": prefix,
        "places": _places(request),
    }
    return render(request, "diary/diary.jinja", context)


@never_cache
def diary_find(request: SignedInRequest) -> HttpResponse:
    """Lines that hold the words that were sent."""
    form = FindForm(request.POST or None)
    looked = request.method == "POST" and form.is_valid()
    lines = own.find(request.person, form.cleaned_data["words"]) if looked else []
    context = {"form": form, "lines": lines, "looked": looked, "places": _places(request)}
    return render(request, "diary/find.jinja", context)


@never_cache
def diary_entry(request: SignedInRequest, pk: int) -> HttpResponse:
    """Changes one that stands in the diary alone."""
    person, today = request.person, timezone.localdate()
    entry = own.own_diary_entry(person, pk)
    prefix, kept = drafting.draft_prefix(entry), ""
    if drafting.thrown_away(person, request.POST, prefix):
        return redirect("diary_entry", pk)
    left = drafting.left_unsaved(person, prefix) if request.method != "POST" else []
    draft = drafting.chosen(left, request.GET.get("draft"))
    initial = {"text": own.words_in(entry, person), "on": entry.on} | drafting.values_of(draft)
    version = drafting.version_of(draft, entry)
    form = DiaryForm(request.POST or None, initial=initial, today=today, version=version)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data

        def deed() -> str:
            drop_draft(person, f"{prefix}{typed['form_key']}")
            actions.change_entry(
                entry=entry, text=typed["text"], on=typed["on"], version=typed["version"], by=person
            )
            return reverse("diary")

        try:
            url = once(typed["form_key"], by=person, deed=deed, content=request.POST)
        except Changed:
            entry = own.own_diary_entry(person, pk)
            kept = own.words_in(entry, person)
            form.renew(entry.version)
        else:
            messages.success(request, "Saved")
            return redirect(url)
    context = {"form": form, "entry": entry, "kept": kept, "left": left, "draft": prefix}
    return render(request, "diary/entry.jinja", context)


@never_cache
def diary_remove(request: SignedInRequest, pk: int) -> HttpResponse:
    """Asks once more, then takes one out."""
    person = request.person

    def deed() -> str:
        entry = own.own_diary_entry(person, pk)
        drafting.forget_all(person, entry)
        actions.remove_entry(entry=entry, by=person)
        return reverse("diary")

    if request.method == "POST":
        url = once(request.POST.get("form_key"), by=person, deed=deed)
        messages.success(request, "Removed from your diary")
        return redirect(url)
    entry = own.own_diary_entry(person, pk)
    context = {"entry": entry, "text": own.words_in(entry, person), "form": PressForm()}
    return render(request, "diary/remove.jinja", context)


@require_safe
def diary_promise(request: SignedInRequest) -> HttpResponse:
    """What "only you" can promise, and what it cannot."""
    return render(request, "diary/promise.jinja")


@never_cache
def diary_erase(request: SignedInRequest) -> HttpResponse:
    """Destroys one's own key and all that it locked, after a confirmation of who is there (P19)."""
    form = EraseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def deed() -> str:
            erasing.erase(by=request.person)
            return reverse("diary")

        url = once(form.cleaned_data["form_key"], by=request.person, deed=deed, content=request.POST)
        messages.success(request, "Erased: nobody can read it any more")
        return redirect(url)
    return render(request, "diary/erase.jinja", {"form": form})


def _day_in(typed: str) -> datetime.date | None:
    """The day before which the page goes on; what is no day counts as none."""
    try:
        return parse_date(typed)
    except ValueError:
        return None


def _places(request: SignedInRequest) -> list[tuple[str, str, str]]:
    """Where this person can share something: slug, code and title of each residency in which they log."""
    found = scope_of(request).residencies(permission="log").select_related("programme").order_by("code")
    return [(one.programme.slug, one.code, one.title) for one in found]
