"""The addresses of api."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, path
from django.views.decorators.cache import never_cache

from programmes.api import views
from programmes.api.entries import api

# A program has no session: ninja's own views ask for a token in each request.
OF_THE_API = {"api_entries": "api/v1/entries/", "api_entry": "api/v1/entries/<pk>/"}
_VIEWS = {one.name: one.callback for one in api.urls[0] if isinstance(one, URLPattern)}

urlpatterns = [
    *(
        path(address, login_not_required(never_cache(_VIEWS[name])), name=name)
        for name, address in OF_THE_API.items()
    ),
    path("api/v1/openapi.json", views.api_description, name="api_description"),
    path("api/v1/<path:rest>", views.api_nothing, name="api_nothing"),
    path("log/programs/", views.api_tokens, name="api_tokens"),
    path("log/programs/new/", views.api_token_new, name="api_token_new"),
    path("log/programs/<int:pk>/end/", views.api_token_end, name="api_token_end"),
]
