"""The addresses of the team."""

from django.urls import path

from programmes.team import joining, views

urlpatterns = [
    path("invitation/<str:token>/", joining.invitation_open, name="invitation_open"),
    path("invitations/<int:pk>/accept/", joining.invitation_accept, name="invitation_accept"),
    path("start/<str:token>/", joining.first_lead_open, name="first_lead_open"),
    path("programmes/new/", views.programme_new, name="programme_new"),
    path("p/<slug:slug>/settings/", views.programme_edit, name="programme_edit"),
    path("p/<slug:slug>/team/", views.team, name="team"),
    path("p/<slug:slug>/team/<int:pk>/end/", views.membership_end, name="membership_end"),
    path("p/<slug:slug>/team/invite/", views.invite, name="invite"),
    path("p/<slug:slug>/team/invitations/<int:pk>/", views.invitation, name="invitation"),
]
