"""The addresses that machines ask about this process."""

from django.urls import path

from embedded import health, health_detail

urlpatterns = [
    path("livez", health.livez, name="livez"),
    path("readyz", health.readyz, name="readyz"),
    path("readyz/detail", health_detail.health_detail, name="health_detail"),
]
