"""The addresses of a clear line of work."""

from django.urls import path

from programmes.focus import views

AT = "p/<slug:slug>/r/<str:code>/focus/"

urlpatterns = [
    path(AT, views.focus, name="focus"),
    path(f"{AT}requests/new/", views.request_new, name="request_new"),
    path(f"{AT}requests/<int:pk>/", views.request_change, name="request_change"),
    path(f"{AT}requests/<int:pk>/answer/", views.request_answer, name="request_answer"),
    path(f"{AT}requests/<int:pk>/remove/", views.request_remove, name="request_remove"),
    path(f"{AT}scope/new/", views.scope_change_new, name="scope_change_new"),
    path(f"{AT}time/", views.agreed_shares, name="agreed_shares"),
]
