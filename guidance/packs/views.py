"""The pages of packs: the ready-made ones, choosing one's own, watching one being made, and taking it away."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from embedded.accounts.models import Person
from embedded.drafts import once
from embedded.errors import TooMany
from embedded.files import Damaged
from guidance.models import Pack, PackForm
from guidance.packs import actions, limits, present, reading
from guidance.packs.build import WITHDRAWN, is_there
from guidance.packs.downloading import download as download_pack
from guidance.packs.forms import ChooseForm, PressForm, chosen_before
from guidance.packs.ready import ready_pack, ready_packs


@login_not_required
@require_safe
def packs(request: HttpRequest) -> HttpResponse:
    """The ready-made packs, by moment."""
    shown = [(one, reading.newest_made(one)) for one in ready_packs() if reading.newest_parts(one.documents)]
    page = {"packs": shown, "pdf_words": present.pdf_words}
    return render(request, "guidance/packs/packs.jinja", page)


@login_not_required
def ready(request: HttpRequest, name: str) -> HttpResponse:
    """One ready-made pack: what is in it, and its files; a press puts it together where they are missing."""
    found = ready_pack(name)
    parts = reading.newest_parts(found.documents) if found else []
    if found is None or not parts:
        raise Http404("No pack of that name")
    if request.method == "POST":
        return redirect(
            _press(request, lambda: actions.request_pack(parts=parts, ready=found, **_asker(request)))
        )
    made = reading.newest_made(found)
    page = {
        "ready": found,
        "lines": present.lines(reading.parts_of(made), parts) if made else present.lines(parts),
        "made": made,
        "is_newest": made is not None and reading.holds(made, parts),
        "form": PressForm(),
        "words": present,
    }
    return render(request, "guidance/packs/ready.jinja", page)


@login_not_required
def choose(request: HttpRequest) -> HttpResponse:
    """Documents and parts to tick; `?from=` begins with those of another pack."""
    editions = reading.editions_to_choose()
    sent = request.POST if request.method == "POST" else None
    form = ChooseForm(sent, editions=editions, initial=_before(request))
    status = 200
    if request.method == "POST" and form.is_valid():
        found = reading.same_ready(form.chosen)
        try:
            return redirect(
                _press(
                    request,
                    lambda: actions.request_pack(
                        parts=form.chosen, ready=found, place=_place(request), **_asker(request)
                    ),
                )
            )
        except TooMany as too_many:
            form.add_error(None, _later(too_many))
            status = 429
    page = {"form": form, "shelves": present.choice_shelves(form), "limits": limits}
    return render(request, "guidance/packs/choose.jinja", page, status=status)


@login_not_required
def pack(request: HttpRequest, address: str) -> HttpResponse:
    """A pack that stays as it is: how far its making is, its files, and what has come out since."""
    found = reading.pack_at(address, _person(request))
    if request.method == "POST":
        return _pressed(request, found)
    if found.job and found.job.is_open:
        return _waiting(request, found)
    if request.htmx:  # type: ignore[attr-defined]
        return HttpResponse(headers={"HX-Refresh": "true"})
    return _shown(request, found)


@login_not_required
@require_safe
def pack_file(request: HttpRequest, address: str, form: str) -> HttpResponseBase:
    """The PDF or the ZIP of a made pack; where the file is lost, its page, which offers to make it again."""
    found = reading.pack_at(address, _person(request))
    if form not in PackForm.values:
        raise Http404("A pack is a PDF or a ZIP")
    if found.pdf is None:
        return redirect(found)
    try:
        return download_pack(request, found, form)
    except Damaged:
        return redirect(found)


def _pressed(request: HttpRequest, found: Pack) -> HttpResponse:
    """ "newest" asks for the same in its newest editions, anything else for the files."""

    def deed() -> Pack:
        asker = _asker(request) | {"place": "" if found.private_to else _place(request)}
        if request.POST.get("press") == "newest" and not found.private_to:
            return actions.request_pack(parts=reading.renewed(found), **asker)
        return actions.make_pack(pack=found, **asker)

    try:
        return redirect(_press(request, deed))
    except TooMany as too_many:
        return _shown(request, found, wrong=_later(too_many), status=429)
    except actions.NothingChosen:
        return _shown(request, found, wrong="Choose other documents: all of these were withdrawn.")


def _shown(request: HttpRequest, found: Pack, wrong: str = "", status: int = 200) -> HttpResponse:
    parts = reading.parts_of(found)
    newest = reading.newest_parts([part.edition.document.slug for part in parts])
    lines = present.lines(parts, newest)
    withdrawn = reading.is_withdrawn(found)
    page = {
        "pack": found,
        "lines": lines,
        "has_newer": any(line.newer for line in lines) or (withdrawn and bool(newest)),
        "withdrawn": WITHDRAWN if withdrawn else "",
        "is_there": not withdrawn and is_there(found),
        "address": settings.BASE_URL + found.get_absolute_url(),
        "wrong": wrong,
        "form": PressForm(),
        "words": present,
    }
    return render(request, "guidance/packs/pack.jinja", page, status=status)


def _waiting(request: HttpRequest, found: Pack) -> HttpResponse:
    """Looks again by itself, with and without JavaScript; "?still=1" switches that off (WCAG 2.2.1)."""
    page = {
        "pack": found,
        "job": found.job,
        "progress": present.progress_words(found.job),
        "still": "still" in request.GET,
    }
    answer = render(request, "guidance/packs/waiting.jinja", page)
    answer["Cache-Control"] = "no-store"
    return answer


def _press(request: HttpRequest, deed: Callable[[], Pack]) -> str:
    form = PressForm(request.POST)
    form.is_valid()
    key = form.cleaned_data["form_key"]
    return once(key, by=_person(request), deed=lambda: deed().get_absolute_url(), content=request.POST)


def _before(request: HttpRequest) -> dict[str, object]:
    """The parts of the pack that the choosing begins with; nothing for an address that leads nowhere."""
    return chosen_before(reading.begun_with(request.GET.get("from", "")))


def _asker(request: HttpRequest) -> dict[str, Any]:
    return {"by": _person(request), "on": timezone.localdate()}


def _person(request: HttpRequest) -> Person | None:
    return getattr(request, "person", None)


def _place(request: HttpRequest) -> str:
    return str(get_adapter().get_client_ip(request))


def _later(too_many: TooMany) -> str:
    minutes = math.ceil(too_many.wait / 60)
    return f"{too_many} Try again in {minutes} minute{'' if minutes == 1 else 's'}: what you chose is still here."
