"""The pages that links of case studies open: the host's, and that of somebody who can be recognised."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from embedded.accounts.requests import VisitorRequest
from embedded.links.landing import landing, over
from programmes.cases import actions, consents
from programmes.cases.content import document_of
from programmes.cases.forms import AnswerForm, CheckForm
from programmes.cases.rules import Refused, answer_of


@landing
def case_host(request: VisitorRequest, token: str) -> HttpResponse:
    """The sheet, one press that agrees, and a box for what has to be changed. Reading changes nothing (P21)."""
    found = actions.case_behind(token)
    if found is None:
        return render(request, "links/over.jinja", status=410)
    form = CheckForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told: dict[str, Any] = {"name": form.cleaned_data["name"], "by": None, "at": timezone.now()}
        try:
            if form.returns:
                found = actions.host_returns(case=found, why=form.cleaned_data["why"], **told)
            else:
                found = actions.host_agrees(case=found, why=form.cleaned_data["why"], **told)
        except Refused as refused:
            form.add_error(None, str(refused))
    context = {"case": found, "document": document_of(found), "form": form}
    return render(request, "cases/host.jinja", context)


@landing
def case_consent(request: VisitorRequest, token: str) -> HttpResponse:
    """The sheet, and yes, no or taken back; the page stays theirs. Reading changes nothing (P21)."""
    one = consents.person_behind(token)
    if one is None:
        return over(request, lambda: consents.send_afresh(token, at=timezone.now()))
    form = AnswerForm(request.POST or None)
    press = request.POST.get("press", "")
    if request.method == "POST" and press in ("yes", "no", "withdrawn") and form.is_valid():
        try:
            edition = request.POST.get("seen", "")
            consents.answer(
                one=one,
                answer=press,
                edition=int(edition) if edition.isascii() and edition.isdigit() and len(edition) < 5 else 0,
                words=form.cleaned_data["words"],
                at=timezone.now(),
            )
            one.case.refresh_from_db()
        except Refused as refused:
            form.add_error(None, str(refused))
    context = {
        "one": one,
        "case": one.case,
        "document": document_of(one.case),
        "newest": answer_of(one.case, list(one.answers.all())),
        "form": form,
    }
    return render(request, "cases/consent.jinja", context)
