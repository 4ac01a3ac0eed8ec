"""The addresses where a parked post is offered again, and where a form that is being filled in is kept."""

from django.urls import path

from embedded.drafts import views

app_name = "drafts"
urlpatterns = [
    path("continue/<uuid:parked_id>/", views.continue_with, name="continue"),
    path("save/", views.save, name="draft_save"),
]
