"""The address of a residency's own packs."""

from django.urls import path

from programmes.packs import views

urlpatterns = [path("p/<slug:slug>/r/<str:code>/pack/", views.own_pack, name="own_pack")]
