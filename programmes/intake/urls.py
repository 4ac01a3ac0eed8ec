"""The addresses of residencies by file."""

from django.urls import path

from programmes.intake import views

HERE = "p/<slug:slug>/residencies/file/"

urlpatterns = [
    path(HERE, views.residency_files, name="residency_files"),
    path(f"{HERE}template.<slug:kind>", views.residency_template, name="residency_template"),
    path(f"{HERE}columns.<slug:kind>", views.residency_columns, name="residency_columns"),
    path(f"{HERE}<int:pk>/", views.residency_file, name="residency_file"),
    path(f"{HERE}<int:pk>/to-put-right.<slug:kind>", views.residency_file_bad, name="residency_file_bad"),
]
