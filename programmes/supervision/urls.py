"""The addresses of supervision and of sets of peers."""

from django.urls import path

from programmes.supervision import peer_views, views

AT = "p/<slug:slug>/r/<str:code>/supervision/"
SETS = "p/<slug:slug>/peer-sets/"

urlpatterns = [
    path(AT, views.supervision, name="supervision"),
    path(f"{AT}new/", views.supervision_new, name="supervision_new"),
    path(f"{AT}<int:pk>/", views.supervision_change, name="supervision_change"),
    path(SETS, peer_views.peer_sets, name="peer_sets"),
    path(f"{SETS}new/", peer_views.peer_set_new, name="peer_set_new"),
    path(f"{SETS}<int:pk>/", peer_views.peer_set, name="peer_set"),
    path(f"{SETS}<int:pk>/members/", peer_views.peer_set_members, name="peer_set_members"),
    path(f"{SETS}<int:pk>/rules/", peer_views.peer_set_rules, name="peer_set_rules"),
    path(f"{SETS}<int:pk>/meetings/new/", peer_views.peer_meeting_new, name="peer_meeting_new"),
    path(f"{SETS}<int:pk>/meetings/<int:number>/", peer_views.peer_meeting, name="peer_meeting"),
]
