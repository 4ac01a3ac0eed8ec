"""The addresses of co-production."""

from django.urls import path

from programmes.coproduction import views

PROJECTS = "p/<slug:slug>/r/<str:code>/projects/"
PROJECT = PROJECTS + "<int:pk>/"

urlpatterns = [
    path(PROJECTS, views.projects, name="projects"),
    path(PROJECTS + "new/", views.project_new, name="project_new"),
    path(PROJECT, views.project, name="project"),
    path(PROJECT + "edit/", views.project_edit, name="project_edit"),
    path(PROJECT + "partners/add/", views.partner_add, name="partner_add"),
    path(
        "p/<slug:slug>/r/<str:code>/contributions/<int:pk>/agreed/",
        views.contribution_agreed,
        name="contribution_agreed",
    ),
    path(PROJECT + "contributions/add/", views.contribution_add, name="contribution_add"),
]
