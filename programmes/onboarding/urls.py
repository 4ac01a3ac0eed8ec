"""The addresses of getting started."""

from django.urls import path

from programmes.onboarding import answer_views, letter_views, permission_views, site_views, views

urlpatterns = [
    path("on-site/", site_views.people_everywhere, name="people_everywhere"),
    path("on-site.csv", site_views.people_everywhere_csv, name="people_everywhere_csv"),
    path("p/<slug:slug>/on-site/", site_views.people_on_site, name="people_on_site"),
    path("p/<slug:slug>/on-site.csv", site_views.people_on_site_csv, name="people_on_site_csv"),
    path("p/<slug:slug>/which-permission/", permission_views.which_permission, name="which_permission"),
    path("p/<slug:slug>/which-permission/<int:pk>/", permission_views.host_rules, name="host_rules"),
    path(
        "p/<slug:slug>/which-permission/<int:pk>/<slug:case>/", permission_views.host_rule, name="host_rule"
    ),
    path("p/<slug:slug>/r/<str:code>/appoint/", views.appoint, name="appoint"),
    path("p/<slug:slug>/r/<str:code>/accept/", views.accept, name="accept"),
    path("p/<slug:slug>/r/<str:code>/access/", views.access, name="access"),
    path("p/<slug:slug>/r/<str:code>/access/<int:pk>/", views.access_item, name="access_item"),
    path("p/<slug:slug>/r/<str:code>/access/<int:pk>/ask/", answer_views.access_ask, name="access_ask"),
    path(
        "p/<slug:slug>/r/<str:code>/access/question/<int:pk>/<int:host>/",
        permission_views.permission_question,
        name="permission_question",
    ),
    path("p/<slug:slug>/r/<str:code>/start/", views.start, name="start"),
    path("weekly-letter/", letter_views.weekly_letter, name="weekly_letter"),
    path("weekly-letter/<str:token>/", letter_views.weekly_letter_open, name="weekly_letter_open"),
    path("access/<str:token>/", answer_views.access_answer, name="access_answer"),
]
