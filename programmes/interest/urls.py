"""The addresses of interest: two that are open to everybody, two for those who answer."""

from django.urls import path

from programmes.interest import views

urlpatterns = [
    path("ready/", views.ready, name="ready"),
    path("interest/<slug:slug>/", views.interest, name="interest"),
    path("p/<slug:slug>/interests/", views.interests, name="interests"),
    path("p/<slug:slug>/interests/<int:pk>/", views.interest_answer, name="interest_answer"),
]
