"""The addresses of the log."""

from django.urls import path

from programmes.logbook import views

urlpatterns = [
    path("p/<slug:slug>/r/<str:code>/log/", views.log, name="log"),
    path("p/<slug:slug>/r/<str:code>/log/<int:pk>/", views.log_entry, name="log_entry"),
    path("p/<slug:slug>/r/<str:code>/log/<int:pk>/remove/", views.log_remove, name="log_remove"),
    path("away/", views.away, name="away"),
]
