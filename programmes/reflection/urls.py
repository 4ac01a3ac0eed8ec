"""The addresses of reflection."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
