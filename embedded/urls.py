"""Every address of the product: the frame's own, and each room's by name."""

from django.urls import include, path

urlpatterns = [
    path("", include("embedded.health_urls")),
    path("accounts/", include("allauth.urls")),
    path("guidance/", include("guidance.urls")),
    path("", include("programmes.urls")),
]
