"""The addresses that machines ask about this process."""

from django.urls import path

from embedded import health

urlpatterns = [
    path("livez", health.livez, name="livez"),
    path("readyz", health.readyz, name="readyz"),
]
