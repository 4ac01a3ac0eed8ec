"""The addresses of the dashboard."""

from django.urls import path

from programmes.dashboards import views

urlpatterns = [
    path("p/<slug:slug>/", views.dashboard, name="dashboard"),
    path("p/<slug:slug>/figures/", views.figures, name="figures"),
    path("p/<slug:slug>/figures/mix.csv", views.mix_csv, name="mix_csv"),
    path("p/<slug:slug>/figures/<slug:key>.csv", views.figure_csv, name="figure_csv"),
]
