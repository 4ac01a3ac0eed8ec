"""The bare view: session, user, and a template of ten lines. An address of the yardstick, never of the product."""

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

TEN_LINES = """<!DOCTYPE html>
<html lang="en-GB">
<head>
<title>Bare</title>
</head>
<body>
<p>{{ user.email }}</p>
<p>{{ visits }}</p>
</body>
</html>
"""
template = engines["jinja2"].from_string(TEN_LINES)


def bare(request: HttpRequest) -> HttpResponse:
    words = {"user": request.user, "visits": request.session.get("visits", 0)}
    return HttpResponse(template.render(words))


urlpatterns = [path("bench/bare/", bare)]
