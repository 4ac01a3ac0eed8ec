"""The addresses of one's own account, beside allauth's."""

from django.urls import path

from embedded.profile import views

urlpatterns = [
    path("", views.account, name="account"),
    path("details/", views.details, name="account_details"),
    path("sign-out-elsewhere/", views.sign_out_elsewhere, name="account_sign_out_elsewhere"),
    path("sign-ins/", views.sign_ins, name="account_sign_ins"),
    path("sign-ins/<int:pk>/end/", views.sign_in_end, name="account_sign_in_end"),
]
