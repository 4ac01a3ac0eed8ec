"""One page that a signed link opens, for the tests."""

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.urls import include, path

from embedded.links import find, use
from embedded.links.landing import landing


@landing
def answer(request: HttpRequest, token: str) -> HttpResponse:
    link = find("answer", token)
    if link is None:
        return HttpResponse("This link does not work any more.", status=404)
    if request.method == "POST":
        return HttpResponse("Thank you" if use(link) else "Answered already")
    hidden = f'<input type="hidden" name="csrfmiddlewaretoken" value="{get_token(request)}">'
    return HttpResponse(f'<form method="post">{hidden}<button>Answer</button></form>')


urlpatterns = [path("a/<str:token>/", answer), path("", include("embedded.urls"))]
