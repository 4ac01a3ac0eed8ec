"""The pages that links of case studies open: the host's, and that of somebody who can be recognised."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from embedded.accounts.requests import VisitorRequest
from embedded.links.landing import landing, over
from programmes.cases import actions, consents
from programmes.cases.content import document_of
from programmes.cases.forms import AnswerForm, CheckForm
from programmes.cases.reading import is_held_back
from programmes.cases.rules import Refused, answer_of


@landing
def case_host(request: VisitorRequest, token: str) -> HttpResponse:
    """The sheet, one press that agrees, and a box for what has to be changed. Reading changes nothing (P21)."""
    found = actions.case_behind(token)
    if found is None:
        return render(request, "links/over.jinja", status=410)
    form = CheckForm(request.POST or None, version=found.edition)
    if request.method == "POST" and form.is_valid():
        does = actions.host_returns if form.returns else actions.host_agrees
        name, now = form.cleaned_data["name"], timezone.now()
        try:
            found = does(case=found, **form.said(), name=name, by=None, at=now)
        except Refused as refused:
            form.add_error(None, str(refused))
            form.renew(found.edition)
    context = {"case": found, "document": document_of(found), "form": form, "held_back": is_held_back(found)}
    return render(request, "cases/host.jinja", context)


@landing
def case_consent(request: VisitorRequest, token: str) -> HttpResponse:
    """The sheet, and yes, no or taken back; the page stays theirs. Reading changes nothing (P21)."""
    one = consents.person_behind(token)
    if one is None:
        return over(request, lambda: consents.send_afresh(token, at=timezone.now()))
    form = AnswerForm(request.POST or None, version=one.case.edition)
    press = request.POST.get("press", "")
    if request.method == "POST" and press in ("yes", "no", "withdrawn") and form.is_valid():
        try:
            consents.answer(
                one=one,
                answer=press,
                edition=form.cleaned_data["version"],
                words=form.cleaned_data["words"],
                at=timezone.now(),
            )
            one.case.refresh_from_db()
        except Refused as refused:
            one.case.refresh_from_db()
            form.add_error(None, str(refused))
            form.renew(one.case.edition)
    context = {
        "one": one,
        "case": one.case,
        "document": document_of(one.case),
        "newest": answer_of(one.case, list(one.answers.all())),
        "form": form,
        "held_back": is_held_back(one.case),
    }
    return render(request, "cases/consent.jinja", context)
