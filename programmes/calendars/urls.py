"""The addresses of calendars in and out."""

from django.urls import URLPattern, path

from programmes.calendars import feed_views, views

urlpatterns: list[URLPattern] = [
    path("calendar/<str:token>.ics", feed_views.calendar_feed, name="calendar_feed"),
    path("log/calendar/", views.calendar, name="calendar"),
    path("log/calendar/<int:pk>/", views.calendar_file, name="calendar_file"),
    path("log/calendar/feed/", feed_views.calendar_address, name="calendar_address"),
    path("log/calendar/ticks/", views.calendar_ticks, name="calendar_ticks"),
]
