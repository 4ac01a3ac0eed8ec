"""The addresses of nudges."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
