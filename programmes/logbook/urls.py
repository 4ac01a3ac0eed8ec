"""The addresses of the log."""

from django.urls import path

from programmes.logbook import absence, again, people, to_come, views

urlpatterns = [
    path("p/<slug:slug>/r/<str:code>/log/", views.log, name="log"),
    path("p/<slug:slug>/r/<str:code>/log/<int:pk>/", views.log_entry, name="log_entry"),
    path("p/<slug:slug>/r/<str:code>/log/<int:pk>/remove/", views.log_remove, name="log_remove"),
    path("p/<slug:slug>/r/<str:code>/log/copy-week/", again.log_copy_week, name="log_copy_week"),
    path("p/<slug:slug>/r/<str:code>/log/repeat/", again.log_repeat, name="log_repeat"),
    path("p/<slug:slug>/r/<str:code>/log/waiting/<int:pk>/", to_come.log_waiting, name="log_waiting"),
    path("away/", absence.away, name="away"),
    path("keys/", again.keys, name="keys"),
    path("log/", again.log_here, name="log_here"),
    path("log/people/", people.log_people, name="log_people"),
    path("log/people/<int:pk>/", people.log_person, name="log_person"),
    path("log/people/find/", people.people_find, name="people_find"),
]
