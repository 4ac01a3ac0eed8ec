"""The addresses of stewardship."""

from django.urls import path

from programmes.stewardship import views

urlpatterns = [
    path("p/<slug:slug>/r/<str:code>/steering/", views.steering, name="steering"),
]
