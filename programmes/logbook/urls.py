"""The addresses of the log."""

from django.urls import path

from programmes.logbook import earlier, views

urlpatterns = [
    path("p/<slug:slug>/r/<str:code>/log/", views.log, name="log"),
    path("p/<slug:slug>/r/<str:code>/log/<int:pk>/", views.log_entry, name="log_entry"),
    path("p/<slug:slug>/r/<str:code>/log/<int:pk>/remove/", views.log_remove, name="log_remove"),
    path("p/<slug:slug>/r/<str:code>/log/months/", views.log_months, name="log_months"),
    path("p/<slug:slug>/r/<str:code>/notes/", views.notes, name="notes"),
    path("away/", views.away, name="away"),
    path("held/", earlier.held, name="held"),
    path("held/<int:pk>/", earlier.held_post, name="held_post"),
]
