"""The pages on permissions: which one is usual, what each host says, the question whether one covers the work."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from embedded.accounts.requests import SignedInRequest
from embedded.drafts import Changed, once
from embedded.nhsuk.addresses import is_number
from programmes import clearance, questions
from programmes.access import scope_of
from programmes.onboarding import deciding, permissions, ruling
from programmes.onboarding.permission_forms import QuestionForm, RuleForm, WhichForm


@require_safe
def which_permission(request: SignedInRequest, slug: str) -> HttpResponse:
    """Five questions, and which permission is usual, why, by which source; a host's own rule comes first. The answers
    stand in the address and nowhere else."""
    scope = scope_of(request)
    programme = scope.programme(slug, "see_access")
    host = _host(request, programme)
    asked = "answered" in request.GET or all(name in request.GET for name in deciding.QUESTIONS)
    form = WhichForm(request.GET if asked else None, initial=request.GET.dict())
    rows = deciding.rows_for(form.answers()) if asked and form.is_valid() else []
    hosts = permissions.hosts_in(scope, programme)
    context = {
        "programme": programme,
        "form": form,
        "rows": rows,
        "host": host,
        "hosts": hosts,
        "said": questions.rules_of(programme, [host]).get(host.pk, {}) if host else {},
    }
    return render(request, "onboarding/which.jinja", context)


@require_safe
def host_rules(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """What one host says, case by case, beside our table."""
    scope = scope_of(request)
    programme = scope.programme(slug, "see_access")
    host = permissions.host_in(scope, programme, pk)
    mine = permissions.hosts_in(scope, programme, "state_rule")
    context = {
        "programme": programme,
        "host": host,
        "table": clearance.TABLE,
        "said": questions.rules_of(programme, [host])[host.pk],
        "may_state": any(one.pk == host.pk for one in mine),
    }
    return render(request, "onboarding/host_rules.jinja", context)


def host_rule(request: SignedInRequest, slug: str, pk: int, case: str) -> HttpResponse:
    """Puts the host's own rule for one case in."""
    scope = scope_of(request)
    programme = scope.programme(slug, "state_rule")
    host = permissions.host_in(scope, programme, pk, "state_rule")
    row = next((one for one in clearance.TABLE if one.case == case), None)
    if row is None:
        raise Http404("No such case")
    rule = questions.rules_of(programme, [host])[host.pk].get(row.case)
    initial = {name: getattr(rule, name) for name in ("words", "asks", "said_by_name")} if rule else {}
    version = rule.version if rule else 0
    form = RuleForm(request.POST or None, case=row.case, initial=initial, version=version)
    changed = False
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(_state(request, programme, host, row.case, form))
        except Changed:
            changed = True
            rule = questions.rules_of(programme, [host])[host.pk].get(row.case)
            form.renew(rule.version if rule else 0)
    context = {
        "programme": programme,
        "host": host,
        "row": row,
        "rule": rule,
        "form": form,
        "changed": changed,
    }
    return render(request, "onboarding/host_rule.jinja", context)


def permission_question(request: SignedInRequest, slug: str, code: str, pk: int, host: int) -> HttpResponse:
    """The host answers in one line whether what somebody holds covers their work; that closes it for the post."""
    scope, today = scope_of(request), timezone.localdate()
    residency = scope.residency(slug, code, permission="state_rule")
    placement, at = permissions.post_and_host(scope, residency, pk, host)
    rules = questions.rules_of(residency.programme, [at])
    answers = questions.answers_in(residency)
    found = questions.open_questions(residency, [placement], [at], rules, answers, today)
    question, answer = found.get((placement.pk, at.pk)), answers.get((placement.pk, at.pk))
    form = QuestionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def deed() -> str:
            words = form.cleaned_data["words"]
            ruling.answer_question(placement=placement, host=at, words=words, by=request.person, on=today)
            messages.success(request, "Saved: the question is closed for this post")
            return reverse("access", args=[slug, code])

        url = once(form.cleaned_data["form_key"], by=request.person, deed=deed, content=request.POST)
        return redirect(url)
    context = {"residency": residency, "placement": placement, "host": at, "question": question}
    return render(request, "onboarding/question.jinja", context | {"answer": answer, "form": form})


def _host(request: SignedInRequest, programme: Any) -> Any:
    """The host named in the address; None where none is; 404 for one out of reach."""
    number = request.GET.get("at", "")
    if not number:
        return None
    if not is_number(number):
        raise Http404("No such host in reach")
    return permissions.host_in(scope_of(request), programme, int(number))


def _state(request: SignedInRequest, programme: Any, host: Any, case: Any, form: RuleForm) -> str:
    def deed() -> str:
        ruling.state_rule(
            programme=programme,
            host=host,
            case=case,
            words=form.rule(),
            version=form.cleaned_data["version"],
            by=request.person,
            on=timezone.localdate(),
        )
        messages.success(request, f"Saved: this is what {host} asks for now")
        return reverse("host_rules", args=[programme.slug, host.pk])

    return once(form.cleaned_data["form_key"], by=request.person, deed=deed, content=request.POST)
