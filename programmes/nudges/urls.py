"""The addresses of reminders."""

from django.urls import URLPattern, path

from programmes.nudges import views

urlpatterns: list[URLPattern] = [
    path("log/reminders/", views.nudges, name="nudges"),
    path("log-reminder/<str:token>/", views.nudge_open, name="nudge_open"),
]
