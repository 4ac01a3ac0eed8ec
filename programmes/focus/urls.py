"""The addresses of focus."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
