"""The addresses of one's own account, beside allauth's."""

from django.urls import path

from embedded.accounts import views

urlpatterns = [
    path("", views.account, name="account"),
]
