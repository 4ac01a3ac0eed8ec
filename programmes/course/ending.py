"""The closing list: what is seen to before it ends, in plain words."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from embedded.accounts.requests import SignedInRequest
from embedded.drafts import Changed, once
from programmes.access import scope_of
from programmes.course import actions, explaining, forms, reading


@require_safe
def ending(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    """The list, how far it is, and the access that is still open."""
    scope = scope_of(request)
    residency = scope.residency(slug, code, permission="set_up")
    context = {
        "residency": residency,
        "tasks": reading.task_lines(residency),
        "still_open": explaining.open_access(scope, residency, timezone.localdate()),
        "may_end": scope.can("steer", residency),
    }
    return render(request, "course/ending.jinja", context)


def closing_task(request: SignedInRequest, slug: str, code: str, kind: str) -> HttpResponse:
    """Who sees to a line, by when, and whether it is done."""
    scope = scope_of(request)
    residency = scope.residency(slug, code, permission="set_up")
    line = reading.task_line(residency, kind)
    saved = {"owner_name": line.owner, "due": line.due, "done_on": line.done_on}
    form = forms.TaskForm(
        request.POST or None, initial=saved, version=line.version, today=timezone.localdate()
    )
    changed = False
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data

        def deed() -> str:
            actions.record_task(
                residency=residency,
                kind=kind,
                owner_name=typed["owner_name"],
                due=typed["due"],
                done_on=typed["done_on"],
                by=request.person,
                version=typed["version"],
            )
            messages.success(request, "Saved on the closing list")
            return reverse("ending", args=[slug, code])

        try:
            return redirect(once(typed["form_key"], by=request.person, deed=deed, content=request.POST))
        except Changed:
            changed, line = True, reading.task_line(residency, kind)
            form.renew(line.version)
    context = {"residency": residency, "line": line, "form": form, "changed": changed}
    return render(request, "course/closing_task.jinja", context)
