"""The pages of asking by link: whoever sees to a thing is sent one, and answers without an account."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from embedded.accounts.requests import SignedInRequest
from embedded.drafts import Changed, once
from embedded.links.landing import landing, over
from programmes.access import scope_of
from programmes.lifecycle import StepRefused
from programmes.onboarding import asking, clearing, forms, item_forms, reading


@never_cache
def access_ask(request: SignedInRequest, slug: str, code: str, pk: int) -> HttpResponse:
    """Sends whoever sees to it a link with three answers, and shows the link this once, to be copied."""
    scope = scope_of(request)
    residency = scope.residency(slug, code, permission="edit_access")
    item = reading.item_of(residency, pk, scope.hosts_seen(residency, "edit_access"))
    if request.method != "POST":
        return redirect("access_item", slug, code, pk)
    form = forms.PressForm(request.POST)
    form.is_valid()
    issued: list[str] = []

    def deed() -> str:
        issued.append(asking.ask_owner(item=item, by=request.person, on=timezone.localdate()))
        return reverse("access_item", args=[slug, code, pk])

    try:
        url = once(form.cleaned_data["form_key"], by=request.person, deed=deed)
    except StepRefused as refused:
        messages.info(request, str(refused))
        return redirect("access_item", slug, code, pk)
    if not issued:
        return redirect(url)
    address = settings.BASE_URL + reverse("access_answer", args=[issued[0]])
    return render(
        request, "onboarding/asked.jinja", {"residency": residency, "item": item, "address": address}
    )


@landing
def access_answer(request: HttpRequest, token: str) -> HttpResponse:
    """Whoever sees to it answers: asked for, in place, or a problem. A link that has run out offers a new one."""
    item = asking.answered_by_link(token)
    if item is None:
        return over(request, lambda: asking.send_afresh(token, on=timezone.localdate()))
    form = item_forms.AnswerForm(request.POST or None, item=item, version=item.version)
    changed = False
    if request.method == "POST" and form.is_valid():

        def deed() -> str:
            version = form.cleaned_data["version"]
            clearing.answer(item=item, standing=form.standing(), version=version)
            return "/"  # the address of this page may hold the token, so it is not what `once` keeps

        try:
            once(form.cleaned_data["form_key"], by=None, deed=deed, content=request.POST)
            return redirect(f"{request.path}?saved=yes")
        except Changed:
            changed = True
            item.refresh_from_db()
            form.renew(item.version)
    if "saved" in request.GET:
        return render(request, "onboarding/answered.jinja", {"item": item})
    wordless = item.kind in clearing.NO_WORDS
    context = {"item": item, "form": form, "changed": changed, "wordless": wordless}
    return render(request, "onboarding/answer.jinja", context)
