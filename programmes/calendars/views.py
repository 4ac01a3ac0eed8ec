"""The pages of calendars: upload one, see how far it is, tick what belongs in the log."""

from __future__ import annotations

import datetime
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from embedded.accounts.models import Person
from embedded.accounts.requests import SignedInRequest
from embedded.drafts import Changed, Fields, Unsaved, led_before, once, tells
from embedded.files import NoRoom
from embedded.files.capping import takes_upload_of
from embedded.nhsuk.addresses import is_number
from embedded.nhsuk.words import counted
from programmes.access import scope_of
from programmes.calendars import actions, choosing, present
from programmes.calendars.forms import GONE, PressForm, TicksForm, UploadForm
from programmes.calendars.work import BOUNDS
from programmes.entries.days import check_day

DRAFTS_A_PAGE = 50


@takes_upload_of(BOUNDS.most_bytes)
def calendar(request: SignedInRequest) -> HttpResponse:
    """Takes a calendar file, and says what waits for a tick."""
    choosing.places_of(scope_of(request))
    typed = request.POST or None  # reading it takes the file in, or finds it too large
    too_large = getattr(request, "upload_too_large", False)
    form = UploadForm(typed, request.FILES or None, too_large=too_large)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(_hand_in(request, form))
        except (actions.TooManyWaiting, NoRoom) as problem:
            form.add_error("file", str(problem))
    first, end = choosing.span(timezone.localdate())
    waiting = choosing.waiting(request.person).count()
    context = {"form": form, "waiting": waiting, "first": first, "last": end - datetime.timedelta(days=1)}
    return render(request, "calendars/calendar.jinja", context)


def _hand_in(request: SignedInRequest, form: UploadForm) -> str:
    content = form.cleaned_data["file"].read()

    def deed() -> str:
        file = actions.hand_in(content=content, by=request.person, at=timezone.now())
        return reverse("calendar_file", args=[file.pk])

    return once(form.cleaned_data["form_key"], by=request.person, deed=deed)


def calendar_file(request: SignedInRequest, pk: int) -> HttpResponse:
    """How far the reading of a calendar is; once it is read, on to the ticks."""
    file = choosing.file_of(request.person, pk)
    if request.method == "POST":
        return _again(request, file)
    state = present.state_of(file)
    if state == present.READ:
        there = f"{reverse('calendar_ticks')}?file={file.pk}"
        return HttpResponse(headers={"HX-Redirect": there}) if request.htmx else redirect(there)  # type: ignore[attr-defined]
    if request.htmx and state != present.WAITING:  # type: ignore[attr-defined]
        return HttpResponse(headers={"HX-Refresh": "true"})
    context = {"file": file, "state": state, "form": PressForm(), "still": "still" in request.GET}
    answer = render(request, "calendars/file.jinja", context)
    answer["Cache-Control"] = "no-store"
    return answer


def _again(request: SignedInRequest, file: Any) -> HttpResponse:
    def deed() -> str:
        if not actions.try_again(file=file, by=request.person):
            messages.info(request, "There is nothing to try again")
        return reverse("calendar_file", args=[file.pk])

    return redirect(once(request.POST.get("form_key"), by=request.person, deed=deed))


def calendar_ticks(request: SignedInRequest) -> HttpResponse:
    """What waits, by day; what is ticked is logged, or left out."""
    places, today, person = choosing.places_of(scope_of(request)), timezone.localdate(), request.person
    to_come = request.GET.get("show") == "to-come"
    waiting = choosing.waiting(person)
    shown = waiting.filter(on__gt=today) if to_come else waiting.filter(on__lte=today).order_by("-on", "id")
    key = request.POST.get("form_key")
    if key and (led := led_before(key, by=person, content=request.POST)):
        return redirect(led)
    prefix = f"calendar-ticks/{'to-come' if to_come else 'until-today'}/"
    unsaved = Unsaved(request, prefix, partial(_in_one_line, person))
    if unsaved.thrown_away:
        return redirect(request.get_full_path())
    page = Paginator(shown, DRAFTS_A_PAGE).get_page(request.GET.get("page"))
    ticked = unsaved.chosen.typed.get("tick", []) if unsaved.chosen else request.POST.getlist("tick")
    drafts = choosing.drafts(choosing.with_ticked(list(page), shown, ticked), person)
    form = _form(request, drafts, places)
    unsaved.fill(form)
    if form.is_valid():
        return _answered(request, form, unsaved)
    context = {"form": form, "page": page, "days": present.by_day(drafts), "to_come": to_come}
    context |= {
        "unsaved": unsaved,
        "others": waiting.count() - page.paginator.count,
        "found": _found(request),
    }
    context["halves"] = any(place.residency.programme.half_days_only for place in places.values())
    return render(request, "calendars/ticks.jinja", context)


def _form(request: SignedInRequest, drafts: list[Any], places: dict[str, Any]) -> TicksForm:
    """As it was sent; by "Tick all" everything is ticked, and what was put right stays."""
    press = request.POST.get("press")
    form = TicksForm(
        None if press == "all" else request.POST or None,
        drafts=drafts,
        places=places,
        today=timezone.localdate(),
        check_day=partial(check_day, request.person),
        leave_out=press == "leave_out",
    )
    if press == "all":
        form.take_up(dict(request.POST.lists()))
        form.initial["tick"] = [str(one.planned.pk) for one in drafts]
    return form


@tells("calendar_ticks")
def _told(request: HttpRequest, fields: Fields) -> list[tuple[str, str]]:
    """What a sign-in that ran out parked of ticks."""
    scope = scope_of(request)
    drafts = choosing.drafts_in(fields, fields.get("tick", ()), scope.person)
    beside = present.told_beside_ticks(choosing.places_of(scope), fields)
    return present.told_of_ticks(drafts, fields) + beside


def _in_one_line(person: Person, typed: Fields) -> str:
    drafts = choosing.drafts_in(typed, typed.get("tick", ()), person)
    return "; ".join(f"{meeting}: {done}" for meeting, done in present.told_of_ticks(drafts, typed))


def _found(request: SignedInRequest) -> list[str]:
    """What came of the calendar that was just read."""
    number = request.GET.get("file", "")
    if not is_number(number):
        return []
    file = choosing.files_of(request.person).filter(pk=int(number)).first()
    return present.found_in(file) if file and present.state_of(file) == present.READ else []


def _answered(request: SignedInRequest, form: TicksForm, unsaved: Unsaved) -> HttpResponse:
    planned = form.planned()
    here = reverse("calendar_ticks") + ("?show=to-come" if request.GET.get("show") == "to-come" else "")

    def deed() -> str:
        unsaved.drop(form.cleaned_data["form_key"])
        if form.leave_out:
            actions.leave_out_ticked(planned=planned, by=request.person)
            messages.success(request, f"Left out of your log: {counted(len(planned), 'meeting')}")
            return here
        today = timezone.localdate()
        logged = actions.log_ticked(planned=planned, ticked=form.ticked(), today=today, by=request.person)
        messages.success(request, _said(logged, len(planned) - logged))
        return here

    try:
        return redirect(
            once(form.cleaned_data["form_key"], by=request.person, deed=deed, content=request.POST)
        )
    except Changed:
        messages.warning(request, GONE)
        return redirect(here)


def _said(logged: int, waits: int) -> str:
    parts = [f"Logged: {counted(logged, 'meeting')}"] if logged else []
    if waits:
        parts.append(f"{counted(waits, 'meeting')} to come {'waits' if waits == 1 else 'wait'} in your log")
    return ". ".join(parts)
