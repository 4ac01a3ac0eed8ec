"""The addresses of lists, weeks and months of one's own log."""

from django.urls import URLPattern, path

from programmes.weeks import views

urlpatterns: list[URLPattern] = [
    path("log/all/", views.log_all, name="log_all"),
    path("log/all/filter/", views.log_all_filter, name="log_all_filter"),
    path("held/", views.held, name="held"),
    path("held/<int:pk>/", views.held_post, name="held_post"),
]
