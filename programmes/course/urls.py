"""The addresses of the course of a residency."""

from django.urls import path

from programmes.course import changing, correcting, ending, looking, views

urlpatterns = [
    path("p/<slug:slug>/r/<str:code>/course/", views.course, name="course"),
    path("p/<slug:slug>/r/<str:code>/history/", views.history, name="history"),
    path("p/<slug:slug>/r/<str:code>/posts/", changing.posts, name="posts"),
    path("p/<slug:slug>/r/<str:code>/posts/<int:pk>/change/", changing.post_change, name="post_change"),
    path(
        "p/<slug:slug>/r/<str:code>/posts/<int:pk>/hand-over/", changing.post_hand_over, name="post_hand_over"
    ),
    path("p/<slug:slug>/r/<str:code>/posts/<int:pk>/end/", changing.post_end, name="post_end"),
    path("p/<slug:slug>/r/<str:code>/parts/<slug:part>/", changing.part_change, name="part_change"),
    path("p/<slug:slug>/r/<str:code>/correct/", correcting.correct, name="correct"),
    path("p/<slug:slug>/r/<str:code>/ending/", ending.ending, name="ending"),
    path("p/<slug:slug>/r/<str:code>/ending/<slug:kind>/", ending.closing_task, name="closing_task"),
    path("p/<slug:slug>/r/<str:code>/looking-back/", looking.looking_back, name="looking_back"),
    path("p/<slug:slug>/r/<str:code>/looking-back/<int:months>/", looking.look_back, name="look_back"),
    path(
        "p/<slug:slug>/r/<str:code>/looking-back/<int:months>/ask/",
        looking.look_back_ask,
        name="look_back_ask",
    ),
    path("looking-back/<str:token>/", looking.look_back_answer, name="look_back_answer"),
]
