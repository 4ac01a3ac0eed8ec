"""The address where a parked post is offered again."""

from django.urls import path

from embedded.drafts import views

app_name = "drafts"
urlpatterns = [path("continue/<uuid:parked_id>/", views.continue_with, name="continue")]
