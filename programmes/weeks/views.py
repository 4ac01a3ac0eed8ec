"""One's own log as lists: all entries, narrowed and looked through, and the log of each post, now and before."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from embedded.accounts.requests import SignedInRequest
from programmes.access import scope_of
from programmes.entries.own import own_entries
from programmes.entries.words import with_words
from programmes.weeks import lists, reading
from programmes.weeks.finding import Filter, Start, one_line
from programmes.weeks.forms import NarrowForm, first_shown

A_PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
def log_all(request: SignedInRequest) -> HttpResponse:
    """All entries of one's own. Words to look for are sent, as an address is kept in more places than a form is."""
    asked, words = Filter.of(request.GET), one_line(request.POST.get("words", ""))
    start = Start.of(request.POST.get("before", "") or request.GET.get("before", ""))
    context = {
        "asked": asked,
        "told": lists.told(asked, request.person),
        "words": words,
        "page": lists.page_of(request.person, asked, start, words),
        "begun": start != Start(),
        "may_change": lists.may_log_in(scope_of(request)),
    }
    return render(request, "weeks/all.jinja", context)


@require_safe
def log_all_filter(request: SignedInRequest) -> HttpResponse:
    """All the ways to narrow the list; what is chosen leads back to it."""
    asked = Filter.of(request.GET)
    sent = request.GET if "apply" in request.GET else None
    form = NarrowForm(sent, choices=lists.choices_of(request.person), initial=first_shown(asked))
    if sent is not None and form.is_valid():
        return redirect(reverse("log_all") + form.chosen().query())
    return render(request, "weeks/all_filter.jinja", {"form": form, "asked": asked})


@require_safe
def held(request: SignedInRequest) -> HttpResponse:
    """The posts of the person, now and before."""
    posts = reading.posts_held(request.person)
    return render(request, "weeks/held.jinja", {"posts": posts})


@require_safe
def held_post(request: SignedInRequest, pk: int) -> HttpResponse:
    """The entries of one of them with one's own words, to be read and kept; anybody else's is a 404."""
    post = reading.post_held(request.person, pk)
    entries = own_entries(post.residency, request.person)
    page = Paginator(entries, A_PAGE).get_page(request.GET.get("page"))
    context = {"post": post, "page": page, "lines": with_words(page, request.person)}
    return render(request, "weeks/held_post.jinja", context)
