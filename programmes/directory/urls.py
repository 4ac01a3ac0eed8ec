"""The addresses of the directory of organisations."""

from django.urls import path

from programmes.directory import views

urlpatterns = [
    path("organisations/", views.organisations, name="organisations"),
    path("organisations/add/", views.organisation_add, name="organisation_add"),
    path("organisations/<slug:scheme>/<slug:code>/", views.organisation, name="organisation"),
]
