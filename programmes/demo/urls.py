"""The addresses of the demonstration; each is a 404 anywhere else."""

from django.urls import path

from programmes.demo import views

urlpatterns = [
    path("demo/", views.demo_people, name="demo_people"),
    path("demo/letters/", views.demo_letters, name="demo_letters"),
    path("demo/letters/<int:pk>/", views.demo_letter, name="demo_letter"),
]
