"""The pages of a log by file: upload, what its columns mean, what was found, undo."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from embedded.accounts.requests import SignedInRequest
from embedded.drafts import Changed, once
from embedded.files import NoRoom
from embedded.files.capping import takes_upload_of
from embedded.nhsuk.words import counted
from programmes.access import scope_of
from programmes.interchange import actions, present, reading
from programmes.interchange.columns import BOUNDS, COLUMNS
from programmes.interchange.forms import ColumnsForm, PressForm, UploadForm

FILES_A_PAGE = 20
ROWS_A_PAGE = 50


@takes_upload_of(BOUNDS.most_bytes)
def log_files(request: SignedInRequest) -> HttpResponse:
    """Takes a file, and lists those that were uploaded; whoever logs no more still takes their log away."""
    may_log = scope_of(request).residencies(permission="log").exists()
    typed = request.POST or None  # reading it takes the file in, or finds it too large
    too_large = getattr(request, "upload_too_large", False)
    form = UploadForm(typed, request.FILES or None, too_large=too_large)
    if request.method == "POST" and not may_log:
        raise Http404("No residency in which this person logs")
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(_hand_in(request, form))
        except (actions.TooManyWaiting, NoRoom) as problem:
            form.add_error("file", str(problem))
    page = Paginator(reading.files_of(request.person), FILES_A_PAGE).get_page(request.GET.get("page"))
    lines = [(file, *present.WORDS[present.state_of(file)]) for file in page]
    context = {"form": form, "page": page, "lines": lines, "columns": COLUMNS, "may_log": may_log}
    return render(request, "interchange/files.jinja", context)


def _hand_in(request: SignedInRequest, form: UploadForm) -> str:
    content = form.cleaned_data["file"].read()

    def deed() -> str:
        file = actions.hand_in(content=content, by=request.person, at=timezone.now())
        return reverse("log_file", args=[file.pk])

    return once(form.cleaned_data["form_key"], by=request.person, deed=deed)


def log_file(request: SignedInRequest, pk: int) -> HttpResponse:
    """One file: how far it is, or what was found in it; one press brings the good rows in."""
    file = reading.file_of(request.person, pk)
    if request.method == "POST":
        reading.residencies_of(scope_of(request))
        return _press(request, file)
    state = present.state_of(file)
    if state == present.ASKING:
        return redirect("log_file_columns", pk)
    context = {"file": file, "state": state, "form": PressForm()}
    if state in (present.WAITING, present.COMING):
        context |= {"progress": present.progress_words(file), "still": "still" in request.GET}
        answer = render(request, "interchange/waiting.jinja", context)
        answer["Cache-Control"] = "no-store"
        return answer
    if request.htmx:  # type: ignore[attr-defined]
        return HttpResponse(headers={"HX-Refresh": "true"})
    if state in (present.FAILED, present.UNREAD):
        return render(request, "interchange/unread.jinja", context)
    return render(request, "interchange/file.jinja", context | _found(request, file))


def _found(request: SignedInRequest, file: Any) -> dict[str, Any]:
    """The rows of the list that is looked at."""
    tabs, opener = present.tabs(file), reading.Opener(request.person)
    wanted = request.GET.get("show", "made" if file.brought_in_at else "")
    tab = next((one for one in tabs if one.name == wanted), next(iter(tabs), None))
    page = Paginator(reading.rows_of(file, tab.state if tab else ""), ROWS_A_PAGE).get_page(
        request.GET.get("page")
    )
    head, at = opener.head(file), file.columns["at"]
    rows = [opener.row(row) for row in page]
    kept = reading.kept_since(file) if file.undone_at else []
    return {
        "tabs": tabs,
        "tab": tab,
        "page": page,
        "lines": [present.line(row, head, at) for row in rows],
        "faults": present.faults(rows, head, at),
        "left_out": present.left_out(head, at.values()),
        "kept": kept,
    }


def _press(request: SignedInRequest, file: Any) -> HttpResponse:
    form = PressForm(request.POST)
    form.is_valid()

    def deed() -> str:
        if not actions.ask_to_bring_in(file=file, by=request.person):
            messages.info(request, "There is nothing to bring in")
        return reverse("log_file", args=[file.pk])

    return redirect(once(form.cleaned_data["form_key"], by=request.person, deed=deed))


def log_file_columns(request: SignedInRequest, pk: int) -> HttpResponse:
    """Which column means what: guessed, or as it was said of the last file of that shape."""
    file = reading.file_of(request.person, pk)
    residencies = reading.residencies_of(scope_of(request))
    if present.state_of(file) not in (present.ASKING, present.CHECKED):
        return redirect("log_file", pk)
    head, changed = reading.Opener(request.person).head(file), False
    before = _said_of(file)
    form = ColumnsForm(
        request.POST or None,
        initial=_shown_first(file, before, residencies),
        head=head.head,
        words=head.words,
        matched=before.get("words", {}),
        residencies=residencies,
        version=file.version,
    )
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(_choose(request, file, form, head, residencies))
        except Changed:
            changed = True
            form.renew(reading.file_of(request.person, pk).version)
    left_out = present.left_out(head, form.taken())
    context = {"form": form, "file": file, "head": head, "left_out": left_out, "changed": changed}
    return render(request, "interchange/columns.jinja", context)


def _said_of(file: Any) -> dict[str, Any]:
    """What was chosen for its columns, or else guessed."""
    said: dict[str, Any] = file.columns if "at" in file.columns else file.columns.get("guess", {})
    return said


def _shown_first(file: Any, said: dict[str, Any], residencies: list[Any]) -> dict[str, Any]:
    """What the form shows at first."""
    unit = file.unit if "at" in file.columns else said.get("unit", "minutes")
    last = file.residency_id or residencies[0].pk
    shown = {f"{name}_at": str(at) for name, at in said.get("at", {}).items()}
    return shown | {
        "dates": said.get("dates", "day"),
        "unit": unit,
        "usual_kind": said.get("kind", ""),
        "residency": str(last),
        "late_reason": file.late_reason or "copied",
    }


def _choose(request: SignedInRequest, file: Any, form: ColumnsForm, head: Any, residencies: list[Any]) -> str:
    typed = form.cleaned_data

    def deed() -> str:
        actions.choose_columns(
            file=file,
            columns=form.columns(),
            head=head.head,
            unit=typed["unit"],
            late_reason=typed["late_reason"],
            residency=next(one for one in residencies if str(one.pk) == typed["residency"]),
            version=typed["version"],
            by=request.person,
        )
        return reverse("log_file", args=[file.pk])

    return once(typed["form_key"], by=request.person, deed=deed, content=request.POST)


@require_POST
def log_file_undo(request: SignedInRequest, pk: int) -> HttpResponse:
    """Takes out again what came in by a file."""
    file = reading.file_of(request.person, pk)

    def deed() -> str:
        count = actions.undo(file=file, at=timezone.now(), by=request.person)
        messages.success(request, f"Undone: {counted(count, 'entry', 'entries')} taken out of your log")
        return reverse("log_file", args=[file.pk])

    return redirect(once(request.POST.get("form_key"), by=request.person, deed=deed))
