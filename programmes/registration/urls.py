"""The addresses of registering."""

from django.urls import path

from programmes.registration import decision_views, views

urlpatterns = [
    path("p/<slug:slug>/register/", views.idea_new, name="idea_new"),
    path("p/<slug:slug>/adopt/", decision_views.adopt, name="adopt"),
    path("p/<slug:slug>/r/<str:code>/registration/", views.registration, name="registration"),
    path(
        "p/<slug:slug>/r/<str:code>/registration/check/", views.registration_check, name="registration_check"
    ),
    path("p/<slug:slug>/r/<str:code>/registration/sent/", views.registration_sent, name="registration_sent"),
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
    path("registration/confirm/<str:token>/", views.registration_confirm, name="registration_confirm"),
]
