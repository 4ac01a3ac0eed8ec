"""The addresses of reports."""

from django.urls import path

from programmes.reports import views

urlpatterns = [
    path("p/<slug:slug>/reports/", views.reports, name="reports"),
    path("p/<slug:slug>/reports/<int:pk>/", views.report, name="report"),
    path("p/<slug:slug>/reports/<int:pk>/report.pdf", views.report_pdf, name="report_pdf"),
]
