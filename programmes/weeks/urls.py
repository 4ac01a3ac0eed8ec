"""The addresses of lists, weeks and months of one's own log."""

from django.urls import URLPattern, path

from programmes.weeks import month_views, picture_views, views, week_views

urlpatterns: list[URLPattern] = [
    path("log/all/", views.log_all, name="log_all"),
    path("log/all/filter/", views.log_all_filter, name="log_all_filter"),
    path("log/month/", month_views.log_month_now, name="log_month_now"),
    path("log/month/<str:month>/", month_views.log_month, name="log_month"),
    path("log/picture/", picture_views.log_picture, name="log_picture"),
    path("log/week/", week_views.log_week_now, name="log_week_now"),
    path("log/week/<str:week>/", week_views.log_week, name="log_week"),
    path("held/", views.held, name="held"),
    path("held/<int:pk>/", views.held_post, name="held_post"),
]
