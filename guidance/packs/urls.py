"""The addresses of packs; all are open to everybody, and those of private packs lead nowhere for strangers."""

from django.urls import path

from guidance.packs import views

urlpatterns = [
    path("", views.packs, name="guidance_packs"),
    path("choose/", views.choose, name="guidance_pack_choose"),
    path("at/<slug:address>/", views.pack, name="guidance_pack"),
    path("at/<slug:address>/pack.<slug:form>", views.pack_file, name="guidance_pack_file"),
    path("<slug:name>/", views.ready, name="guidance_ready_pack"),
]
