"""The addresses of agreements."""

from django.urls import path

from programmes.agreements import asking_views, views, working_views

RESIDENCY = "p/<slug:slug>/r/<str:code>"

urlpatterns = [
    path("agree/<str:token>/", asking_views.working_agreement_open, name="working_agreement_open"),
    path(f"{RESIDENCY}/agreements/", views.agreements, name="agreements"),
    path(f"{RESIDENCY}/agreements/new/", views.agreement_new, name="agreement_new"),
    path(f"{RESIDENCY}/agreements/facts.docx", views.agreement_facts, name="agreement_facts"),
    path(f"{RESIDENCY}/agreements/<int:pk>/", views.agreement, name="agreement"),
    path(f"{RESIDENCY}/agreements/<int:pk>/edit/", views.agreement_edit, name="agreement_edit"),
    path(f"{RESIDENCY}/agreements/<int:pk>/file/", views.agreement_file, name="agreement_file"),
    path(f"{RESIDENCY}/agreements/<int:pk>/download/", views.agreement_download, name="agreement_download"),
    path(f"{RESIDENCY}/working-agreement/", working_views.working_agreement, name="working_agreement"),
    path(
        f"{RESIDENCY}/working-agreement/edit/",
        working_views.working_agreement_edit,
        name="working_agreement_edit",
    ),
    path(
        f"{RESIDENCY}/working-agreement/ask/",
        asking_views.working_agreement_ask,
        name="working_agreement_ask",
    ),
    path(
        f"{RESIDENCY}/working-agreement/people/add/",
        asking_views.working_agreement_person_add,
        name="working_agreement_person_add",
    ),
    path(
        f"{RESIDENCY}/working-agreement/people/<int:pk>/",
        asking_views.working_agreement_person,
        name="working_agreement_person",
    ),
    path(
        f"{RESIDENCY}/working-agreement/<int:number>/",
        working_views.working_agreement_version,
        name="working_agreement_version",
    ),
    path(
        f"{RESIDENCY}/working-agreement/<int:number>/agreement.pdf",
        working_views.working_agreement_pdf,
        name="working_agreement_pdf",
    ),
    path(
        f"{RESIDENCY}/working-agreement/<int:number>/agreement.docx",
        working_views.working_agreement_word,
        name="working_agreement_word",
    ),
]
