"""The addresses of the first hundred days."""

from django.urls import path

from programmes.settling import views

AT = "p/<slug:slug>/r/<str:code>/settling/"

urlpatterns = [
    path(AT, views.settling, name="settling"),
    path(f"{AT}tick/", views.settling_tick, name="settling_tick"),
]
