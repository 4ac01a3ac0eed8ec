"""The addresses of the job description."""

from django.urls import path

from programmes.recruitment import changing, criteria, views

AT = "p/<slug:slug>/r/<str:code>/job-description/"

urlpatterns = [
    path(AT, views.job_description, name="job_description"),
    path(f"{AT}new/", changing.new, name="job_description_new"),
    path(f"{AT}own-form/", changing.own_form, name="job_description_own_form"),
    path(f"{AT}change/<slug:page>/", changing.texts, name="job_description_page"),
    path(f"{AT}criteria/new/", criteria.criterion, {"number": 0}, name="job_description_criterion_new"),
    path(f"{AT}criteria/<int:number>/", criteria.criterion, name="job_description_criterion"),
    path(f"{AT}<int:pk>/", views.version, name="job_description_version"),
    path(f"{AT}<int:pk>/approve/", views.approve, name="job_description_approve"),
    path(f"{AT}<int:pk>/download/<slug:kind>/", views.download, name="job_description_download"),
]
