"""The addresses of evidence."""

from django.urls import path

from programmes.evidence import views

urlpatterns = [
    path("confirm/<str:token>/", views.use_confirm, name="use_confirm"),
    path("p/<slug:slug>/r/<str:code>/uses/", views.uses, name="uses"),
    path("p/<slug:slug>/r/<str:code>/uses/new/", views.use_new, name="use_new"),
    path("p/<slug:slug>/r/<str:code>/uses/<int:pk>/", views.use, name="use"),
]
