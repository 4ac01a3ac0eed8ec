"""The addresses of the monthly three questions."""

from django.urls import path

from programmes.reflection import views

AT = "p/<slug:slug>/r/<str:code>/pulse/"

urlpatterns = [
    path(AT, views.pulse, name="pulse"),
    path(f"{AT}shared/", views.pulse_shared, name="pulse_shared"),
    path(f"{AT}<str:month>/", views.pulse_month, name="pulse_month"),
]
