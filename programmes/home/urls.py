"""The addresses of the front pages."""

from django.urls import path

from programmes.home import listing, views

urlpatterns = [
    path("", views.home, name="home"),
    path("p/<slug:slug>/residencies/", listing.residencies, name="residencies"),
    path("p/<slug:slug>/residencies/filter/", listing.residencies_filter, name="residencies_filter"),
    path("p/<slug:slug>/residencies.csv", listing.residencies_csv, name="residencies_csv"),
    path("p/<slug:slug>/roles/", views.roles, name="roles"),
    path("p/<slug:slug>/r/<str:code>/", views.residency, name="residency"),
    path("p/<slug:slug>/r/<str:code>/brief/", views.brief, name="brief"),
    path("p/<slug:slug>/r/<str:code>/brief/brief.pdf", views.brief_pdf, name="brief_pdf"),
]
