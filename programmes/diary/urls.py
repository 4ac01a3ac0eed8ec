"""The addresses of the diary, of what is shared, and of what others see of a log."""

from django.urls import URLPattern, path

from programmes.diary import views

urlpatterns: list[URLPattern] = [
    path("p/<slug:slug>/r/<str:code>/log/months/", views.log_months, name="log_months"),
    path("p/<slug:slug>/r/<str:code>/notes/", views.notes, name="notes"),
]
