"""The addresses of signing in elsewhere. The one that ends in back/ is registered with the provider."""

from django.urls import path

from embedded.sso import views

urlpatterns = [
    path("again/", views.again, name="sso_again"),
    path("connections/<int:pk>/remove/", views.disconnect, name="sso_disconnect"),
    path("with/<slug:key>/", views.leave, name="sso_leave"),
    path("with/<slug:key>/back/", views.back, name="sso_back"),
]
