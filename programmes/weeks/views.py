"""One's own log of each post, now and before: whoever wrote it keeps it, whatever became of the post."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from embedded.accounts.requests import SignedInRequest
from programmes.entries.own import own_entries
from programmes.entries.words import with_words
from programmes.weeks import reading

A_PAGE = 50


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
