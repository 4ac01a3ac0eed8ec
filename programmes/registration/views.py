"""The pages on which something is registered: an idea, its task list, each page, check answers, copied."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from embedded.accounts.requests import SignedInRequest
from embedded.drafts import Changed, once
from programmes import founding
from programmes.access import scope_of
from programmes.lifecycle import StepRefused
from programmes.registers.field import learn_from
from programmes.registration import actions, confirming, forms, missing, pages, permissions, present
from programmes.registration.lead_host import Means, what_it_means
from programmes.registration.reading import registration_of, saved_last_by
from programmes.registration.sections import task_sections


def idea_new(request: SignedInRequest, slug: str) -> HttpResponse:
    """A title and a host, nothing else."""
    scope = scope_of(request)
    programme = scope.programme(slug, "register")
    if not pages.may_register(scope, programme):
        raise PermissionDenied("Ask the programme lead to make you a manager of the host, then register it.")
    hosts, themes = pages.hosts_offered(scope, programme), pages.themes_offered(scope, programme)
    form = forms.IdeaForm(request.POST or None, hosts=hosts)
    if request.method == "POST" and form.is_valid():

        def deed() -> str:
            residency = founding.save_idea(
                programme=programme,
                title=form.cleaned_data["title"],
                site=form.cleaned_data["site"],
                host=form.host(),
                theme=next(iter(themes), None),
                by=request.person,
                on=timezone.localdate(),
            )
            learn_from(form, by=request.person)
            messages.success(request, f"Saved: {residency.title}, {residency.code}")
            return reverse("registration", args=[slug, residency.code])

        return redirect(
            once(form.cleaned_data["form_key"], by=request.person, deed=deed, content=request.POST)
        )
    context = {"form": form, "programme": programme, "host": hosts[0] if len(hosts) == 1 else None}
    return render(request, "registration/idea.jinja", context)


@require_safe
def registration(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    """The task list with what is still missing; later what was decided, its conditions and the next steps."""
    scope, today = scope_of(request), timezone.localdate()
    residency = scope.residency(slug, code)
    changes = list(residency.stage_changes.select_related("by", "on_behalf_of"))
    may_edit, seen = scope.can("edit_registration", residency), permissions.access_seen(scope, residency)
    context = {
        "residency": residency,
        "task_sections": task_sections(scope, residency, seen)
        if may_edit and pages.is_changeable(residency)
        else [],
        "lacks": missing.before_sending(residency),
        "may_edit": may_edit,
        "may_approve": scope.can("approve", residency),
        "waiting": confirming.waiting(residency) if scope.can("submit", residency) else None,
        "ask": forms.ConfirmForm(),
        "changes": changes,
        "returned": present.last_return(changes),
        "conditions": residency.conditions.select_related("met_by"),
        "sections": present.answers(residency, change=False, today=today)
        + permissions.access_section(residency, seen),
        "steps": present.next_steps(scope, residency),
        "deciders": present.deciders(residency) if residency.stage == "scoping" else "",
        "end_changes": residency.end_changes.select_related("by"),
        "today": today,
    }
    return render(request, "registration/registration.jinja", context)


def registration_page(request: SignedInRequest, slug: str, code: str, page: str) -> HttpResponse:
    """One page of the registration; what is typed is saved at once, and it can be left half filled in."""
    scope = scope_of(request)
    residency = scope.residency(slug, code, permission="edit_registration")
    asked = pages.page_called(residency.programme, page)
    if asked is None:
        raise Http404("No such page")
    if not pages.is_open(asked, residency):
        if request.method != "POST" and (name := pages.elsewhere(asked, residency)):
            return redirect(name, slug, code)
        raise PermissionDenied("This can no longer be changed here. Open the registration to see where.")
    hosts = pages.hosts_offered(scope, residency.programme)
    manager = request.person if "host_manager" in scope.roles_in(residency) else None
    form: Any = pages.form_of(asked, residency, hosts, request.POST or None, manager)
    differences = means = None
    if request.method == "POST" and form.is_valid():
        means = _means(request, residency, form)
    if request.method == "POST" and form.is_valid() and means is None:
        try:
            return redirect(_save_page(request, residency, asked, form))
        except founding.InBothParts as refused:  # V-4
            residency = registration_of(residency)
            named = {"idea": "host", "people": "academic_home"}.get(asked.name)
            form.add_error(named if named in form.fields else None, str(refused))
        except StepRefused as refused:  # it has ended while this was typed
            raise PermissionDenied(str(refused)) from refused
        except Changed:
            residency = registration_of(residency)
            differences = present.compared(asked, residency, form)
            form = pages.form_of(asked, residency, hosts, _renewed(request, residency.version))
    context = {
        "form": form,
        "residency": residency,
        "page": asked,
        "differences": differences,
        "means": means,
        "saved_by": saved_last_by(residency) if differences is not None else "",
    }
    context["then"] = request.GET.get("then", "")
    return render(request, "registration/page.jinja", context)


def registration_check(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    """Check answers, then send it for approval."""
    residency = scope_of(request).residency(slug, code, permission="submit")
    today = timezone.localdate()
    form = forms.ConfirmForm(request.POST or None, version=residency.version)
    problem = ""
    if residency.stage != "idea":
        return redirect("registration_sent" if request.method == "POST" else "registration", slug, code)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(_submit(request, residency, form))
        except StepRefused as refused:
            problem = str(refused)
        except Changed:
            problem = "Somebody changed this since you opened it. Read it again before you send it."
            residency = registration_of(residency)
            form = forms.ConfirmForm(version=residency.version)
    context = {
        "residency": residency,
        "form": form,
        "problem": problem,
        "sections": present.answers(residency, change=True, today=today)
        + permissions.access_section(residency, permissions.access_seen(scope_of(request), residency)),
        "lacks": missing.before_sending(residency),
        "deciders": present.deciders(residency),
        "asks_manager": residency.host_manager_email and not actions.is_manager(residency, request.person),
    }
    return render(request, "registration/check.jinja", context)


def registration_copy(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    """A second one like this: only what differs is asked."""
    scope = scope_of(request)
    earlier = scope.residency(slug, code, permission="register")
    hosts = pages.hosts_offered(scope, earlier.programme)
    initial: dict[str, Any] = {"title": earlier.title, "site": earlier.site}
    initial["host"] = str(earlier.lead_host.pk) if earlier.lead_host in hosts else earlier.lead_host
    form = forms.CopyForm(request.POST or None, hosts=hosts, initial=initial)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data

        def deed() -> str:
            residency = actions.copy_residency(
                earlier=earlier,
                title=typed["title"],
                host=form.host(),
                by=request.person,
                on=timezone.localdate(),
                answers={name: typed[name] for name in forms.CopyForm.KEPT},
            )
            learn_from(form, by=request.person)
            messages.success(request, f"Copied: {residency.title}, {residency.code}")
            if residency.title.casefold() == earlier.title.casefold():
                words = f"It has the same title as {earlier.code}. Change it if the two could be mixed up"
                messages.warning(request, words)
            return reverse("registration", args=[slug, residency.code])

        try:
            return redirect(once(typed["form_key"], by=request.person, deed=deed, content=request.POST))
        except founding.InBothParts as refused:  # V-4
            form.add_error("host" if "host" in form.fields else None, str(refused))
    context = {"form": form, "residency": earlier, "host": hosts[0] if len(hosts) == 1 else None}
    return render(request, "registration/copy.jinja", context)


def _submit(request: SignedInRequest, residency: Any, form: forms.ConfirmForm) -> str:
    def deed() -> str:
        actions.submit(
            residency=residency,
            by=request.person,
            on=timezone.localdate(),
            at=timezone.now(),
            version=form.cleaned_data["version"],
        )
        return reverse("registration_sent", args=[residency.programme.slug, residency.code])

    return once(form.cleaned_data["form_key"], by=request.person, deed=deed)


def _save_page(request: SignedInRequest, residency: Any, page: pages.Page, form: Any) -> str:
    slug, code = residency.programme.slug, residency.code

    def deed() -> str:
        actions.save_page(
            residency=residency,
            page=page.name,
            answers=pages.answers_of(page, form),
            version=form.cleaned_data["version"],
            by=request.person,
            on_behalf_of=actions.acting_for_named(residency, request.person),
            on=timezone.localdate(),
        )
        learn_from(form, by=request.person)
        if request.GET.get("then") == "check" and residency.stage == "idea":
            return reverse("registration_check", args=[slug, code])
        after = pages.page_after(residency.programme, page)
        if "later" in request.POST or residency.stage != "idea":
            messages.success(request, f"Saved: {page.title}")
            return reverse("registration", args=[slug, code])
        if after is None:
            return reverse("registration_check", args=[slug, code])
        return reverse("registration_page", args=[slug, code, after.name])

    return once(form.cleaned_data["form_key"], by=request.person, deed=deed, content=request.POST)


def _means(request: SignedInRequest, residency: Any, form: Any) -> Means | None:
    """What another lead host means for people who hold a post, until that was shown to whoever presses."""
    if not isinstance(form, forms.IdeaForm):
        return None
    means = what_it_means(residency, form.host(), timezone.localdate())
    return None if means and request.POST.get("host_seen") == str(means.host.pk) else means


def _renewed(request: SignedInRequest, version: int) -> Any:
    """What was typed, with the version that is saved now and a key of its own, so that it can be sent again."""
    data = request.POST.copy()
    data["version"], data["form_key"] = str(version), str(uuid4())
    return data
