"""The pages of a project's summary of two pages: read it, write it, take it along as PDF or Word."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from embedded import word
from embedded.accounts.requests import SignedInRequest
from embedded.drafts import Changed, Unsaved, once, words_in
from embedded.pdf import CannotPrint
from programmes.access import scope_of
from programmes.bite import actions, content, document, reading
from programmes.bite.forms import BiteForm


@require_safe
def bite(request: SignedInRequest, slug: str, code: str, pk: int) -> HttpResponse:
    """The summary as it is saved, how long it is, and what it should still say."""
    scope = scope_of(request)
    residency = scope.residency(slug, code)
    project = reading.project_of(residency, pk)
    found = reading.bite_of(project)
    texts = content.texts_of(found) if found else {}
    context = {
        "residency": residency,
        "project": project,
        "bite": found,
        "parts": content.told(found) if found else [],
        "lacks": content.lacking(texts),
        "words": content.count_words(project.title, texts),
        "most": content.MOST_WORDS,
        "unexplained": content.unexplained([project.title, *texts.values()]),
        "may_edit": scope.can("edit_projects", residency),
        "unconfirmed": reading.unconfirmed(project),
    }
    return render(request, "bite/bite.jinja", context)


def bite_edit(request: SignedInRequest, slug: str, code: str, pk: int) -> HttpResponse:
    """Eight short boxes, filled from the record the first time."""
    residency = scope_of(request).residency(slug, code, permission="edit_projects")
    project = reading.project_of(residency, pk)
    found, changed = reading.bite_of(project), False
    unsaved = Unsaved(request, f"bite/{pk}/", words_in("question", "done"))
    if unsaved.thrown_away:
        return redirect("bite_edit", slug, code, pk)
    initial = content.texts_of(found) if found else content.from_record(project)
    version = found.version if found else 0
    form = BiteForm(request.POST or None, initial=initial, version=version, project=project)
    unsaved.fill(form)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data

        def deed() -> str:
            actions.save_bite(
                project=project,
                texts=form.texts(),
                version=typed["version"] or 0,
                by=request.person,
                at=timezone.now(),
            )
            unsaved.drop(typed["form_key"])
            messages.success(request, "Saved")
            return reverse("bite", args=[slug, code, pk])

        try:
            return redirect(once(typed["form_key"], by=request.person, deed=deed, content=request.POST))
        except Changed:
            changed, found = True, reading.bite_of(project)
            form.renew(found.version if found else 0)
    context = {"residency": residency, "project": project, "form": form, "unsaved": unsaved}
    more = {"changed": changed, "most": content.MOST_WORDS, "bite": found}
    more["unconfirmed"] = reading.unconfirmed(project)
    return render(request, "bite/edit.jinja", context | more)


@require_safe
def bite_pdf(request: SignedInRequest, slug: str, code: str, pk: int) -> HttpResponse:
    """Two pages at the most, so it is printed on the spot and not kept."""
    project = reading.project_of(scope_of(request).residency(slug, code), pk)
    try:
        made = document.printed(reading.saved_bite(project))
    except CannotPrint as problem:
        messages.error(request, f"There is no PDF. {problem} The Word file can be printed instead.")
        return redirect("bite", slug, code, pk)
    return _file(bytes(made), f"{code}-project-{pk}-in-two-pages.pdf", "application/pdf")


@require_safe
def bite_word(request: SignedInRequest, slug: str, code: str, pk: int) -> HttpResponse:
    """The same to be edited."""
    project = reading.project_of(scope_of(request).residency(slug, code), pk)
    made = document.written(reading.saved_bite(project))
    return _file(made, f"{code}-project-{pk}-in-two-pages.docx", word.MEDIA_TYPE)


def _file(content_of: bytes, name: str, media_type: str) -> HttpResponse:
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "no-store, private",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(content_of, content_type=media_type, headers=headers)
