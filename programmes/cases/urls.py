"""The addresses of case studies: within a residency, by link, and open to everybody."""

from django.urls import path

from programmes.cases import link_views, open_views, people_views, views

HERE = "p/<slug:slug>/r/<str:code>/cases"

urlpatterns = [
    path("cases/", open_views.open_cases, name="open_cases"),
    path("cases/<int:pk>/", open_views.open_case, name="open_case"),
    path("cases/<int:pk>/case-study.pdf", open_views.open_case_pdf, name="open_case_pdf"),
    path("case-check/<str:token>/", link_views.case_host, name="case_host"),
    path("case-consent/<str:token>/", link_views.case_consent, name="case_consent"),
    path(f"{HERE}/", views.cases, name="cases"),
    path(f"{HERE}/new/", views.case_new, name="case_new"),
    path(f"{HERE}/<int:pk>/", views.case, name="case"),
    path(f"{HERE}/<int:pk>/change/", views.case_edit, name="case_edit"),
    path(f"{HERE}/<int:pk>/send/", views.case_send, name="case_send"),
    path(f"{HERE}/<int:pk>/check/", views.case_check, name="case_check"),
    path(f"{HERE}/<int:pk>/withdraw/", views.case_withdraw, name="case_withdraw"),
    path(f"{HERE}/<int:pk>/people/add/", people_views.case_person_add, name="case_person_add"),
    path(f"{HERE}/people/<int:pk>/", people_views.case_person, name="case_person"),
    path(f"{HERE}/people/<int:pk>/said/", people_views.case_person_said, name="case_person_said"),
]
