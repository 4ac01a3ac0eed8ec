"""The addresses of registering."""

from django.urls import path

from programmes.registration import (
    adopt_views,
    confirm_views,
    decision_views,
    parties_views,
    shelf_views,
    views,
)

RESIDENCY = "p/<slug:slug>/r/<str:code>"

urlpatterns = [
    path("p/<slug:slug>/register/", views.idea_new, name="idea_new"),
    path("p/<slug:slug>/adopt/", adopt_views.adopt, name="adopt"),
    path("p/<slug:slug>/r/<str:code>/registration/", views.registration, name="registration"),
    path(
        "p/<slug:slug>/r/<str:code>/registration/check/", views.registration_check, name="registration_check"
    ),
    path(
        "p/<slug:slug>/r/<str:code>/registration/sent/",
        confirm_views.registration_sent,
        name="registration_sent",
    ),
    path(
        f"{RESIDENCY}/registration/ask-again/",
        confirm_views.registration_ask_again,
        name="registration_ask_again",
    ),
    path(
        "p/<slug:slug>/r/<str:code>/registration/<slug:page>/",
        views.registration_page,
        name="registration_page",
    ),
    path("p/<slug:slug>/r/<str:code>/copy/", views.registration_copy, name="registration_copy"),
    path("p/<slug:slug>/r/<str:code>/approval/", decision_views.approval, name="approval"),
    path(
        "p/<slug:slug>/r/<str:code>/conditions/<int:pk>/", decision_views.condition_met, name="condition_met"
    ),
    path("p/<slug:slug>/r/<str:code>/step/<slug:name>/", decision_views.step, name="step"),
    path(
        f"{RESIDENCY}/organisations/", parties_views.residency_organisations, name="residency_organisations"
    ),
    path(
        f"{RESIDENCY}/organisations/add/",
        parties_views.residency_organisation_add,
        name="residency_organisation_add",
    ),
    path(
        f"{RESIDENCY}/organisations/<int:pk>/",
        parties_views.residency_organisation,
        name="residency_organisation",
    ),
    path(f"{RESIDENCY}/direction/", parties_views.residency_direction, name="residency_direction"),
    path(f"{RESIDENCY}/shelf/", shelf_views.shelf, name="shelf"),
    path(f"{RESIDENCY}/shelf/<int:pk>/remove/", shelf_views.shelf_remove, name="shelf_remove"),
    path(
        "registration/confirm/<str:token>/", confirm_views.registration_confirm, name="registration_confirm"
    ),
]
