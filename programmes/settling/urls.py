"""The addresses of settling."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
