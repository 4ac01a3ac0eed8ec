"""Every address of the product, and the smallest signed-in page: full layout and navigation, no content of its own."""

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path

EMPTY_PAGE = '{% extends "layouts/page.jinja" %}{% block title %}Nothing{% endblock %}'
template = engines["jinja2"].from_string(EMPTY_PAGE)


def smallest_page(request: HttpRequest) -> HttpResponse:
    return HttpResponse(template.render({}, request))


urlpatterns = [path("bench/smallest/", smallest_page), path("", include("embedded.urls"))]
handler400 = "embedded.errors.bad_request"
handler403 = "embedded.errors.permission_denied"
handler404 = "embedded.errors.page_not_found"
handler500 = "embedded.errors.server_error"
