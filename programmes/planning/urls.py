"""The addresses of planning together."""

from django.urls import path

from programmes.planning import alone, answering, views

PLANNING = "p/<slug:slug>/r/<str:code>/planning/"

urlpatterns = [
    path("plan/<str:token>/", answering.planning_answer, name="planning_answer"),
    path(PLANNING, views.planning, name="planning"),
    path(PLANNING + "table/", views.planning_table, name="planning_table"),
    path(PLANNING + "movement/", views.planning_movement, name="planning_movement"),
    path(PLANNING + "ask/", alone.planning_ask, name="planning_ask"),
    path(PLANNING + "asked/<int:pk>/", alone.planning_voice, name="planning_voice"),
    path(PLANNING + "answer/<int:pk>/", answering.planning_own, name="planning_own"),
    path(PLANNING + "apart/", alone.planning_apart, name="planning_apart"),
    path(PLANNING + "apart/<int:pk>/", alone.planning_round, name="planning_round"),
]
