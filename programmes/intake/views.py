"""The pages of residencies by file: upload, how far it is, what was found, and the files to take away."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from embedded.accounts.requests import SignedInRequest
from embedded.audit import record_read
from embedded.drafts import once
from embedded.files import NoRoom
from programmes.access import scope_of
from programmes.intake import actions, handing_out, present, reading
from programmes.intake.columns import VOCABULARY
from programmes.intake.forms import PressForm, UploadForm

FILES_A_PAGE = 20
ROWS_A_PAGE = 50


def residency_files(request: SignedInRequest, slug: str) -> HttpResponse:
    """Takes a file, and lists those that were uploaded."""
    programme = reading.programme_of(scope_of(request), slug)
    typed = request.POST or None  # reading it takes the file in, or finds it too large
    too_large = getattr(request, "upload_too_large", False)
    form = UploadForm(typed, request.FILES or None, too_large=too_large)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(_hand_in(request, programme, form))
        except (actions.TooManyWaiting, NoRoom) as problem:
            form.add_error("file", str(problem))
    page = Paginator(reading.files_in(programme), FILES_A_PAGE).get_page(request.GET.get("page"))
    lines = [(file, *present.words_of_file(file)) for file in page]
    context = {
        "programme": programme,
        "form": form,
        "page": page,
        "lines": lines,
        "columns": handing_out.dictionary(),
    }
    return render(request, "intake/files.jinja", context)


def _hand_in(request: SignedInRequest, programme: Any, form: UploadForm) -> str:
    file = form.cleaned_data["file"]

    def deed() -> str:
        return actions.hand_in(
            programme=programme, content=file.read(), name=file.name, by=request.person, at=timezone.now()
        ).get_absolute_url()

    return once(form.cleaned_data["form_key"], by=request.person, deed=deed)


def residency_file(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """One file: how far it is, or what was found in it; one press brings the good rows in."""
    programme = reading.programme_of(scope_of(request), slug)
    file = reading.file_in(programme, pk)
    if request.method == "POST":
        return _press(request, file)
    counts, state = reading.counted(file), present.state_of(file)
    context = {"programme": programme, "file": file, "counts": counts, "state": state, "form": PressForm()}
    if state == present.WAITING:
        context |= {"progress": present.progress_words(file, counts), "still": "still" in request.GET}
        answer = render(request, "intake/waiting.jinja", context)
        answer["Cache-Control"] = "no-store"
        return answer
    if request.htmx:  # type: ignore[attr-defined]
        return HttpResponse(headers={"HX-Refresh": "true"})
    if state != present.CHECKED:
        return render(request, "intake/unread.jinja", context)
    record_read(request.person, "residency_file", "Residencies by file", actions.place_of(file))
    return render(request, "intake/file.jinja", context | _found(request, file, counts))


def _found(request: SignedInRequest, file: Any, counts: reading.Counted) -> dict[str, Any]:
    """The rows of the list that is looked at."""
    tabs = present.tabs(counts)
    tab = present.chosen_tab(tabs, request.GET.get("show", ""), is_over=file.importing is not None)
    rows = reading.rows_of(file, *(tab.states if tab else ()))
    page = Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("page"))
    columns = {VOCABULARY.column_called(heading): at for at, heading in enumerate(file.head)}
    return {"tabs": tabs, "tab": tab, "page": page, "lines": present.lines(list(page), file, columns)}


def _press(request: SignedInRequest, file: Any) -> HttpResponse:
    form = PressForm(request.POST)
    form.is_valid()

    def deed() -> str:
        done = actions.ask_to_bring_in(file=file, by=request.person) or actions.check_again(file=file)
        if not done:
            messages.info(request, "There is nothing to bring in: every row that is ready is here.")
        return file.get_absolute_url()

    return redirect(once(form.cleaned_data["form_key"], by=request.person, deed=deed))


@require_safe
def residency_file_bad(request: SignedInRequest, slug: str, pk: int, kind: str) -> HttpResponseBase:
    """The rows to put right, with why, as a file of the same columns."""
    programme = reading.programme_of(scope_of(request), slug)
    file = reading.file_in(programme, pk)
    record_read(request.person, "residency_file", "Residencies by file", actions.place_of(file))
    return handing_out.bad_rows(kind, file.head, reading.rows_of(file, "bad"))


@require_safe
def residency_template(request: SignedInRequest, slug: str, kind: str) -> HttpResponseBase:
    """The file to fill in."""
    reading.programme_of(scope_of(request), slug)
    return handing_out.template(kind)


@require_safe
def residency_columns(request: SignedInRequest, slug: str, kind: str) -> HttpResponseBase:
    """What stands in each column, as a file."""
    reading.programme_of(scope_of(request), slug)
    return handing_out.columns(kind)
