"""The week grid: only the rows that are used, seven days, saved all at once."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from embedded.accounts.requests import SignedInRequest
from embedded.drafts import Changed, Fields, Unsaved, led_before, once, tells
from embedded.nhsuk.rendering import macro, summary_lines
from embedded.nhsuk.words import counted
from programmes.access import scope_of
from programmes.entries.away import days_away
from programmes.entries.days import LATE_AFTER
from programmes.weeks import actions
from programmes.weeks.boxes import Row
from programmes.weeks.calendar import Week
from programmes.weeks.copying import fill_in
from programmes.weeks.grid import grid_of
from programmes.weeks.sent import Sent, read
from programmes.weeks.telling import in_one_line, told_of_week
from programmes.weeks.week_forms import WeekForm
from programmes.weeks.week_reading import Kept, kept_in


@require_safe
def log_week_now(request: SignedInRequest) -> HttpResponse:
    """Leads to the week that today is in."""
    return redirect("log_week", Week.of(timezone.localdate()).name)


@require_http_methods(["GET", "HEAD", "POST"])
def log_week(request: SignedInRequest, week: str) -> HttpResponse:
    """One week of one's own. Sent, it is saved, or comes back with everything that was typed."""
    found = Week.named(week)
    if found is None:
        raise Http404("The calendar has no such week")
    kept = kept_in(found, scope_of(request))
    late = found.monday < timezone.localdate() - LATE_AFTER
    form = WeekForm(request.POST or None, places=kept.places, late=late)
    unsaved = Unsaved(request, f"week/{week}/", partial(in_one_line, kept))
    if unsaved.thrown_away:
        return redirect("log_week", week)
    if request.method != "POST":
        unsaved.fill(form)
        return _page(request, kept, form, _taken_up(kept, unsaved), unsaved)
    if not kept.places.residencies:
        raise Http404("There is nowhere to log")
    if led := led_before(request.POST.get("form_key"), by=request.person, content=request.POST):
        return redirect(led)
    sent = read(request.POST.dict(), kept)
    if "copy" in request.POST:
        return _page(request, kept, form, _copied(request, kept, sent), unsaved)
    if {"add", "others"} & request.POST.keys():
        added = form.row() if "add" in request.POST and form.is_valid() else None
        return _page(request, kept, form, sent, unsaved, added=added)
    if not form.is_valid() or not _all_said(request, form, sent):
        return _page(request, kept, form, sent, unsaved)
    try:
        return redirect(_saved(request, kept, form, sent, unsaved))
    except Changed:
        kept = kept_in(found, scope_of(request))
        return _page(request, kept, form, read(request.POST.dict(), kept), unsaved)


@tells("log_week")
def _told(request: HttpRequest, fields: Fields, week: str) -> list[tuple[str, str]]:
    """What a sign-in that ran out parked of a week."""
    found = Week.named(week)
    return told_of_week(kept_in(found, scope_of(request)), fields) if found else []


def _taken_up(kept: Kept, unsaved: Unsaved) -> Sent:
    """The boxes of the draft that was chosen, beside what is kept now."""
    if unsaved.chosen is None:
        return Sent()
    return read({name: values[0] for name, values in unsaved.chosen.typed.items() if values}, kept)


def _copied(request: SignedInRequest, kept: Kept, sent: Sent) -> Sent:
    """What was sent, with the week before in the boxes that are empty; nothing is saved by it."""
    away = days_away(request.person, kept.week.monday, kept.week.after.monday)
    filled = fill_in(sent, kept, kept_in(kept.week.before, scope_of(request)), away)
    said = f"Filled in from the week before: {counted(filled, 'box', 'boxes')}. Put right what differs, then save"
    messages.info(request, said if filled else "The week before has nothing that is not here already")
    return sent


def _all_said(request: SignedInRequest, form: WeekForm, sent: Sent) -> bool:
    """Nothing is wrong, and what is to be taken out was said twice."""
    if sent.asks_late_reason(timezone.localdate()) and not form.cleaned_data.get("late_reason"):
        form.add_error("late_reason", "Select why it is entered more than 31 days late")
    confirmed = request.POST.getlist("remove")
    return form.is_valid() and sent.fits and {str(one.pk) for one in sent.removed} <= set(confirmed)


def _saved(request: SignedInRequest, kept: Kept, form: WeekForm, sent: Sent, unsaved: Unsaved) -> str:
    def deed() -> str:
        unsaved.drop(form.cleaned_data["form_key"])
        actions.save_week(
            sent=sent,
            places=kept.places,
            late_reason=form.cleaned_data.get("late_reason", ""),
            today=timezone.localdate(),
            by=request.person,
        )
        messages.success(request, _said(sent))
        return reverse("log_week", args=[kept.week.name])

    return once(form.cleaned_data["form_key"], by=request.person, deed=deed, content=request.POST)


def _said(sent: Sent) -> str:
    counts = [(len(sent.new), "new"), (len(sent.changed), "changed"), (len(sent.removed), "removed")]
    told = ", ".join(f"{count} {word}" for count, word in counts if count)
    return f"Saved: {told}" if told else "Nothing had changed"


def _page(
    request: SignedInRequest,
    kept: Kept,
    form: WeekForm,
    sent: Sent,
    unsaved: Unsaved,
    added: Row | None = None,
) -> HttpResponse:
    today = timezone.localdate()
    grid = grid_of(kept, sent, added, today, others="others" in request.POST)
    wrong = grid.problems + summary_lines(form)
    confirmed = set(request.POST.getlist("remove"))
    is_asked = sent.fits and not {str(one.pk) for one in sent.removed} <= confirmed
    context = {
        "week": kept.week,
        "this_week": Week.of(today),
        "grid": grid,
        "form": form,
        "unsaved": unsaved,
        "summary": macro("error-summary", {"titleText": "There is a problem", "errorList": wrong})
        if wrong
        else "",
        "asked": sent.removed if is_asked else [],
        "halves": any(one.programme.half_days_only for one in kept.places.residencies.values()),
        "has_errors": bool(wrong or is_asked or grid.is_changed_elsewhere),
    }
    return render(request, "weeks/week.jinja", context)
