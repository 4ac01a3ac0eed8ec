"""The addresses of a log in and out by file."""

from django.urls import URLPattern, path

from programmes.interchange import taking_away, views

urlpatterns: list[URLPattern] = [
    path("log/file/", views.log_files, name="log_files"),
    path("log/file/<int:pk>/", views.log_file, name="log_file"),
    path("log/file/<int:pk>/columns/", views.log_file_columns, name="log_file_columns"),
    path("log/file/<int:pk>/to-put-right.<slug:kind>", taking_away.log_file_bad, name="log_file_bad"),
    path("log/file/<int:pk>/undo/", views.log_file_undo, name="log_file_undo"),
    path("log/template.<slug:kind>", taking_away.log_template, name="log_template"),
    path("log/export.<slug:kind>", taking_away.log_export, name="log_export"),
    path("log/dictionary.csv", taking_away.log_dictionary, name="log_dictionary"),
]
