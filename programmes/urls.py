"""The addresses of the work: each errand brings its own."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("programmes.agreements.urls")),
    path("", include("programmes.coproduction.urls")),
    path("", include("programmes.course.urls")),
    path("", include("programmes.dashboards.urls")),
    path("", include("programmes.demo.urls")),
    path("", include("programmes.directory.urls")),
    path("", include("programmes.evidence.urls")),
    path("", include("programmes.home.urls")),
    path("", include("programmes.intake.urls")),
    path("", include("programmes.interest.urls")),
    path("", include("programmes.logbook.urls")),
    path("", include("programmes.onboarding.urls")),
    path("", include("programmes.planning.urls")),
    path("", include("programmes.recruitment.urls")),
    path("", include("programmes.registration.urls")),
    path("", include("programmes.reports.urls")),
    path("", include("programmes.stewardship.urls")),
    path("", include("programmes.team.urls")),
]
