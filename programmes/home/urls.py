"""The addresses of the front pages."""

from django.urls import path

from programmes.home import views

urlpatterns = [
    path("", views.home, name="home"),
    path("p/<slug:slug>/residencies/", views.residencies, name="residencies"),
    path("p/<slug:slug>/roles/", views.roles, name="roles"),
    path("p/<slug:slug>/r/<str:code>/", views.residency, name="residency"),
]
